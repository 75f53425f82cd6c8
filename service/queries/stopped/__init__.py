"""Cases that stand still: the list of incidents, and one with all that is known of it, for those who may mend it."""

from service.queries.stopped.listing import View, listed, matching, number
from service.queries.stopped.telling import Told, one

__all__ = ["Told", "View", "listed", "matching", "number", "one"]
