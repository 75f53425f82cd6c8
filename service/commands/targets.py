"""Targets that were made elsewhere, before this service or outside it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from service.domain import record_facts as facts
from service.domain import targets as rules
from service.domain.errors import AlreadyThere
from service.domain.origins import From, check
from service.domain.record_errors import TargetStatusRefused
from service.runtime.command import Answer, Work, command
from service.runtime.workspaces import owner
from service.store import contents
from service.store import targets as store
from service.store.tables import Notice, Target, TargetVersion


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a target that was made elsewhere: a status only where somebody says it, a day only where one is
    named. `note` tells the rest, for everybody to read."""

    title: str
    category: str
    status: str | None = None
    adopted_on: date | None = None
    valid_on: date | None = None
    note: str = ""


@command
def register(work: Work, key: str, known: Known, origin: From) -> Answer:
    """Put a target that was made elsewhere into the register, as version 1 where its status is known; its text stays
    there. Raises `AlreadyThere`, `OriginRefused`, `TargetStatusRefused`.
    """
    work.actor.must_administer()
    workspace = owner(work)
    check(origin.origin, origin.reference)
    if known.status not in (None, *rules.STATUSES):
        raise TargetStatusRefused(before="not registered", after=known.status)
    if store.target(work.session, work.workspace_id, key) is not None:
        raise AlreadyThere(what=f"The target {key}")
    here = {"workspace_id": work.workspace_id, "origin": origin.origin, "origin_ref": origin.reference}
    target = Target(id=work.new_id(), key=key, title=known.title, category=known.category, proposed_at=work.now, **here)
    work.session.add(target)
    version = None if known.status is None else _version(work, target, known, known.status)
    told: list[TargetVersion | Notice] = [] if version is None else [version]
    if known.note:
        notice = Notice(
            id=work.new_id(),
            target_id=target.id,
            ordinal=1,
            kind="known dates",
            text=known.note,
            given_at=work.now,
            **here,
        )
        work.session.add(notice)
        told.append(notice)
    registered = facts.TargetRegistered(
        target=key,
        version=None if version is None else version.id,
        number=None if version is None else version.number,
        status=known.status,
        origin=origin.origin,
        content=contents.of(target, *told),
    )
    work.record(workspace, [registered])
    return {"key": key}


def _version(work: Work, target: Target, known: Known, status: str) -> TargetVersion:
    public = status in rules.PUBLIC
    version = TargetVersion(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        target_id=target.id,
        ordinal=1,
        kind=rules.came_as(status),
        status=status,
        status_at=work.now,
        number=1 if public else None,
        requirements=[],
        opened_at=work.now,
        adopted_at=known.adopted_on and datetime.combine(known.adopted_on, time(), UTC),
        published_at=work.now if public else None,
        valid_on=known.valid_on,
    )
    work.session.add(version)
    return version
