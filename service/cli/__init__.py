"""The command `mandat`: each subcommand is a command or a query, and its words."""

import click

from service.cli import (
    accounts,
    backups,
    bundles,
    database,
    deciding,
    demonstration,
    diagrams,
    dossiers,
    due,
    erasures,
    history,
    log,
    messages,
    migrating,
    replaying,
    serving,
    verifying,
    webhooks,
    witnesses,
    worker,
)
from service.cli.wiring import Errors, Wiring

__all__ = ["Wiring", "main"]


@click.group(cls=Errors, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Workflow and case management for public bodies that decide together."""


for part in (
    serving,
    demonstration,
    database,
    backups,
    erasures,
    log,
    verifying,
    replaying,
    dossiers,
    bundles,
    migrating,
    diagrams,
    deciding,
    accounts,
    webhooks,
    witnesses,
    messages,
    due,
    history,
    worker,
):
    for command in part.COMMANDS:
        main.add_command(command)
