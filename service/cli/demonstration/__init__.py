"""`mandat demo`, and the data that `mandat serve --demo` begins with."""

from service.cli.demonstration.beginning import begin
from service.cli.demonstration.command import COMMANDS
from service.cli.demonstration.seeding import seed

__all__ = ["COMMANDS", "begin", "seed"]
