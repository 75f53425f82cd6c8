"""For whoever runs the service: a line in the log and a count for every request, under the id that it is traced by."""

from service.watching.logs import begin
from service.watching.requests import install

__all__ = ["begin", "install"]
