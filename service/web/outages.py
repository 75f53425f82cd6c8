"""Words for a database that takes nothing or does not answer: what it means for whoever sent something, and who can help."""

from service.domain.errors import MandatError
from service.web.i18n import gettext

Words = tuple[str, str, str]
"""A headline, what happened, and what to do."""


def told(error: MandatError | None) -> Words | None:
    """The words for such an error; None for any other."""
    of = type(error).__name__
    if of == "DatabaseGone":
        return (
            gettext("The database does not answer"),
            gettext("What you sent was not kept. What was kept before is unharmed."),
            gettext("Try again in a few minutes. If it lasts, tell whoever runs the service."),
        )
    titles = {
        "DiskFull": gettext("The disk is full"),
        "DatabaseReadOnly": gettext("Nothing can be kept just now"),
        "DiskFailing": gettext("The disk answers with an error"),
    }
    whats = {
        "DiskFull": gettext(
            "The service's disk has no more room, so what you sent was not kept. What was kept before is unharmed, and can be read."
        ),
        "DatabaseReadOnly": gettext(
            "The database can be read, but takes nothing new, so what you sent was not kept. What was kept before is unharmed."
        ),
        "DiskFailing": gettext(
            "The service's disk did not take what you sent: it may be full or broken. What you sent was not kept."
        ),
    }
    if of not in titles:
        return None
    return (
        titles[of],
        whats[of],
        gettext("Tell whoever runs the service: trying again does not help until it is mended."),
    )
