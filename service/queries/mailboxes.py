"""A person's mailbox as she sees it, and what her daily mail would tell."""

from datetime import datetime, timedelta
from typing import Any

from service.domain.actors import Actor
from service.domain.errors import PersonNotFound
from service.domain.mail import MOST, soon_until
from service.runtime import calendars
from service.store import digests, mailboxes, people
from service.store.db import reading

AT_A_TIME = 100


def own(actor: Actor) -> dict[str, Any]:
    """Her mailbox, without one an empty address; and her language, where she has set one. Raises `PersonNotFound` for an account that is no person here."""
    if actor.person_id is None:
        raise PersonNotFound
    with reading() as session:
        found = mailboxes.mailbox(session, actor.workspace_id, actor.person_id)
        person = people.person(session, actor.workspace_id, actor.person_id)
        mail = {"address": "", "wish": "daily"} if found is None else {"address": found.address, "wish": found.wish}
        return mail | {"language": None if person is None else person.language}


def daily(workspace_id: str, due: datetime, now: datetime) -> dict[str, tuple[list[str], list[str]]]:
    """Some of those whose daily mail was due at that moment and is not written: the tasks that are new to each, and
    others that are due soon, by person id. `MOST` of both together, and one more where there are more."""
    with reading() as session:
        days = calendars.of(session, workspace_id)
        soon = soon_until(due.date(), days)
        found: dict[str, tuple[list[str], list[str]]] = {}
        for person_id, until in mailboxes.untold(session, workspace_id, due, AT_A_TIME):
            actor = people.holder(session, workspace_id, person_id, now)
            told = digests.telling(session, actor, until or due - timedelta(days=1), soon, MOST + 1)
            found[person_id] = ([it for it, new in told if new], [it for it, new in told if not new])
        return found
