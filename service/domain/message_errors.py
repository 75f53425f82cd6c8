"""What can be refused about messages and signals."""

from service.domain.errors import Conflict, NotAllowed, NotFound, Refused


class MessageUnknown(Refused):
    """No process in force takes a message “{name}”."""


class MessageNotYours(NotAllowed):
    """Who sends “{name}” holds the role of the event that takes it, or owns processes."""


class MessageKeysUnknown(Refused):
    """No event that takes “{name}” is found by {given}. Such events wait with {known}."""


class MessageAmbiguous(Refused):
    """{count} cases wait for “{name}” with the same correlation values, and a message is for one. Give values that say which
    is meant."""


class MessageIdReused(Refused):
    """You have sent another message under the id “{id}”."""


class MessageExpiryRefused(Refused):
    """A message expires later than now, and within {days} days."""


class SignalUnheard(Conflict):
    """No case of this workspace waits for the signal “{name}”."""


class ReplyLinkUnknown(NotFound):
    """This link leads nowhere, or its time is over."""


class ReplyGiven(Conflict):
    """The answer has been given already."""


class ReplyNotOutside(Refused):
    """This task asks nobody outside who could answer by a link."""
