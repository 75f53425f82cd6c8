"""Words for what could not be sent: what it was, why it did not arrive, and why it is never sent after all."""

from service.web.i18n import gettext, ngettext


def what(about: str | None) -> str:
    """What a message is: its letter, or the kind of its event."""
    letters = {
        "task": gettext("Mail on a new task"),
        "assignment": gettext("Mail on a task that was handed over"),
        "daily": gettext("Daily mail"),
        "written": gettext("Mail from a process"),
        "checkpoint": gettext("Checkpoint for a witness of the log"),
    }
    return letters.get(about or "") or gettext("Event %(kind)s", kind=about)


def waits(kind: str, count: int) -> str:
    """So many messages of a kind."""
    return {
        "mail": ngettext("%(num)s mail", "%(num)s mails", count),
        "webhook": ngettext("%(num)s event", "%(num)s events", count),
        "file": ngettext("%(num)s checkpoint", "%(num)s checkpoints", count),
    }[kind]


def why(error: str | None) -> str:
    """Why it did not arrive, and what helps."""
    kind, _, told = (error or "").partition(":")
    if kind == "":
        return gettext("It has not been tried yet.")
    if kind == "unreachable":
        return _silence(told)
    if told:
        return {
            "answer": gettext("The receiver answered with status %(status)s.", status=told),
            "recipient": gettext(
                "The mail server does not take this person's address: it answered %(status)s. She can change the address on her"
                " page.",
                status=told,
            ),
            "refused": gettext("The mail server did not take it: it answered %(status)s.", status=told),
        }[kind]
    return {
        "address": gettext(
            "The receiver's address lies in a network that this service may not call. Only the operator can allow it."
        ),
        "redirect": gettext("The receiver has moved to another address. Add it with that one."),
        "recipient": gettext("The mail server does not know this person's address. She can change it on her page."),
        "refused": gettext("The mail server did not take it."),
        "no-address": gettext("The person has no mail address any more."),
        "gone": gettext("The receiver was removed."),
        "folder": gettext("The operator has not allowed that folder."),
        "fault": gettext("It could not be written. The operator sees why in the service's log."),
    }.get(kind, gettext("It did not arrive."))


def _silence(told: str) -> str:
    return {
        "timeout": gettext("The server did not answer in time."),
        "refused": gettext(
            "Nobody answers at the server's address: the server is not running, or a firewall is in the way."
        ),
        "name": gettext("The server's name leads nowhere."),
        "certificate": gettext("The server's certificate is not valid."),
        "lacks": gettext(
            "The mail server does not offer the encryption or the sign-in that this service's settings ask for."
        ),
        "broken": gettext("The server broke off, or answered something else than was expected."),
    }.get(told, gettext("The server did not answer."))


def reason(key: str) -> str:
    """Why a message is discarded."""
    return {
        "told-otherwise": gettext("They were told in another way"),
        "no-longer-matters": gettext("It no longer matters"),
        "wrong-recipient": gettext("It was for somebody else"),
        "receiver-gone": gettext("The receiver is gone"),
    }[key]


def address(why: str) -> str:
    """What is wrong with the address of a receiver."""
    return {
        "private": gettext("Address: it lies in a network that is not public. Only the operator can allow it."),
        "plain": gettext("Address: write one that begins with https://, or let the operator allow it."),
        "scheme": gettext("Address: write one that begins with https://."),
    }.get(why, gettext("Address: this is none that could be called."))
