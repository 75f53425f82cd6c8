"""What can be refused about mail and webhooks."""

from service.domain.errors import NotFound, Refused


class MessageNotFound(NotFound):
    """There is no such message that waits for help."""


class WebhookNotFound(NotFound):
    """There is no such webhook."""


class AddressRefused(Refused):
    """“{url}” may not be called: {reason}."""


class EventKindUnknown(Refused):
    """There are no events of the kind “{kind}”. The kinds are {known}."""


class DiscardReasonUnknown(Refused):
    """A message is discarded for one of these reasons: {known}."""


class MailAddressRefused(Refused):
    """“{address}” is no mail address."""


class MailWishUnknown(Refused):
    """Mail comes {known}, in one of the languages {languages}."""
