"""Where people's mail goes, when they want it, and the daily one."""

from collections.abc import Sequence
from datetime import datetime

from service.domain.errors import PersonNotFound
from service.domain.mail import TONGUES, WISHES, is_address
from service.domain.outgoing_errors import MailAddressRefused, MailWishUnknown
from service.domain.outgoing_facts import MailboxChanged
from service.runtime import mail
from service.runtime.command import Answer, Work, command
from service.runtime.workspaces import owner
from service.store import mailboxes as store
from service.store import people
from service.store.tables import Mailbox


@command
def choose(
    work: Work, address: str, wish: str = "daily", language: str | None = None, account: str | None = None
) -> Answer:
    """Send a person's mail to that address, as often as she wishes, and speak that language to her from now on.

    The person is the actor herself, or by the name of her account somebody else, for who administers the workspace. An
    empty address ends her mail, and her language stays hers; None leaves it what it is. Raises `MailAddressRefused`, `MailWishUnknown`, `PersonNotFound`.
    """
    workspace, person_id = owner(work), _person(work, account)
    row = store.mailbox(work.session, work.workspace_id, person_id)
    if wish not in WISHES or (language and language not in TONGUES):
        raise MailWishUnknown(known=", ".join(WISHES), languages=", ".join(TONGUES))
    if not address:
        if row is not None:
            work.session.delete(row)
    elif not is_address(address):
        raise MailAddressRefused(address=address[:100])
    else:
        if row is None:
            row = Mailbox(workspace_id=work.workspace_id, person_id=person_id, told_until=work.now)
            work.session.add(row)
        row.address, row.wish = address, wish
    person = people.person(work.session, work.workspace_id, person_id)
    if person is not None and language:
        person.language = language
    work.record(workspace, [MailboxChanged(person=person_id)])
    return {"person": person_id}


@command
def write_daily(work: Work, person_id: str, due: datetime, new: Sequence[str], soon: Sequence[str]) -> Answer:
    """Write the daily mail that was due at that moment, of tasks that are new and of others that are due soon.

    Once: nothing happens where she has had it since.
    """
    workspace = owner(work)
    if not store.tell(work.session, work.workspace_id, [person_id], due, work.now):
        return {"written": False}
    row = mail.outgoing(work, None, person_id, {"letter": "daily", "tasks": list(new), "soon": list(soon)})
    work.record(workspace, mail.queued(work, "daily", [row]))
    return {"written": True}


@command
def pass_over(work: Work, person_ids: Sequence[str], due: datetime) -> Answer:
    """Note that the daily mail that was due at that moment would have had nothing to tell them."""
    return {"passed": store.tell(work.session, work.workspace_id, person_ids, due, work.now)}


def _person(work: Work, account: str | None) -> str:
    if account is None:
        if work.actor.person_id is None:
            raise PersonNotFound
        return work.actor.person_id
    work.actor.must_administer()
    found = people.account(work.session, account)
    person = None if found is None else people.person_of(work.session, work.workspace_id, found.id)
    if person is None:
        raise PersonNotFound
    return person.id
