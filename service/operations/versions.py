"""Versions of targets, as the operations on them begin, move and freeze them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from service.domain import record_facts as facts
from service.domain import targets as rules
from service.domain.record_errors import TargetNotFound
from service.operations.registry import Place
from service.store import targets as store
from service.store.tables import Target, TargetVersion

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def find(session: "Session", place: Place, key: str) -> Target:
    """The target of that key. Raises `TargetNotFound`."""
    target = store.target(session, place.workspace_id, key)
    if target is None:
        raise TargetNotFound(key=key)
    return target


def begin(
    session: "Session",
    place: Place,
    target: Target,
    *,
    kind: str,
    status: rules.Status,
    base: TargetVersion | None = None,
) -> TargetVersion:
    """A new version of a target, made by this case; it starts with the text of `base`."""
    version = TargetVersion(
        workspace_id=place.workspace_id,
        id=place.new_id(),
        target_id=target.id,
        ordinal=1 + len(store.versions(session, place.workspace_id, target.id)),
        case_id=place.case_id,
        kind=kind,
        status=status,
        status_at=place.now,
        requirements=[] if base is None else base.requirements,
        digest=None if base is None else base.digest,
        based_on=None if base is None else base.number,
        environmental_effect=None if base is None else base.environmental_effect,
        supply_effect=None if base is None else base.supply_effect,
        opened_at=place.now,
    )
    session.add(version)
    session.flush()
    place.tell(facts.TargetProposed(target=target.key, version=version.id, of=kind))
    return version


def move(session: "Session", place: Place, target: Target, version: TargetVersion, after: str) -> None:
    """Move a version on. One that is not made any further gives the one it was to replace its peace back.

    Raises `TargetStatusRefused`.
    """
    _turn(session, place, target, version, after)
    if after in rules.OVER:
        give_peace(session, place, target, version)


def give_peace(session: "Session", place: Place, target: Target, version: TargetVersion) -> None:
    """A version is not made any further: the one in force is under revision no more, unless by another."""
    versions = store.versions(session, place.workspace_id, target.id)
    current = store.current(versions)
    if current is None or current.status != "under revision":
        return
    if not revised(session, place, [it for it in versions if it.id != version.id]):
        _turn(session, place, target, current, rules.comes_into_force_as(current.kind))


def revised(session: "Session", place: Place, versions: Iterable[TargetVersion]) -> bool:
    """Whether a full revision is among the versions that are being made."""
    return any(it.kind == "revision" for it in store.in_making(session, place.workspace_id, versions))


def others(place: Place, versions: Iterable[TargetVersion]) -> list[TargetVersion]:
    """The versions that were begun elsewhere than in this case."""
    return [it for it in versions if it.case_id != place.case_id]


def drop_left(session: "Session", place: Place, target: Target, versions: Iterable[TargetVersion]) -> None:
    """Withdraw what was begun and left lying: its case is over, or has gone another way."""
    for version in versions:
        if version.status in rules.UNDER_WAY:
            version.number = None
            move(session, place, target, version, "withdrawn")


def called_off(session: "Session", place: Place) -> None:
    """Withdraw what a case makes that is called off. Without such a version, nothing happens."""
    found = store.of_case(session, place.workspace_id, place.case_id, rules.UNDER_WAY)
    if found is not None:
        drop_left(session, place, found[0], [found[1]])


def _turn(session: "Session", place: Place, target: Target, version: TargetVersion, after: str) -> None:
    before = version.status
    rules.check_move(before, after)
    if after != before:
        version.status, version.status_at = after, place.now
        session.flush()
        place.tell(facts.TargetStatusChanged(target=target.key, version=version.id, before=before, after=after))


def follow(session: "Session", place: Place, after: str) -> None:
    """Let the version that this case makes take a status that the diagram reached, where that is a move of the table.

    A part of a process may begin under a status that its target has left already; the case's own status says so then.
    What was decided and goes back to drafting is taken back.
    """
    if after == "drafting":
        take_back(session, place)
    found = store.of_case(session, place.workspace_id, place.case_id, rules.DEVELOPING | rules.DECIDED)
    if found is not None and after in rules.MOVES[found[1].status]:
        move(session, place, *found, after)


def take_back(session: "Session", place: Place) -> None:
    """Withdraw the version of this case that was decided and is not published, and begin another with its text.

    Without one, nothing happens.
    """
    found = store.of_case(session, place.workspace_id, place.case_id, rules.DECIDED)
    if found is not None:
        target, version = found
        withdraw(session, place, target, version)
        begin(session, place, target, kind=version.kind, status="drafting", base=version)


def withdraw(session: "Session", place: Place, target: Target, version: TargetVersion) -> None:
    """Withdraw what was never public, to put another in its place: the number that it was given is free again."""
    _turn(session, place, target, version, "withdrawn")
    version.number = None
    session.flush()


def freeze(
    session: "Session",
    place: Place,
    target: Target,
    version: TargetVersion,
    given: list[dict[str, Any]],
    *,
    ballot: str | None,
) -> None:
    """Give a version its number and its last text, sealed as it came."""
    rules.check_open(version.status)
    version.requirements, version.digest = given, store.digest(place.open(given))
    version.number = next_number(store.versions(session, place.workspace_id, target.id))
    version.adopted_at = place.now
    session.flush()
    place.tell(
        facts.TargetAdopted(
            target=target.key, version=version.id, number=version.number, digest=version.digest or "", ballot=ballot
        )
    )
    move(session, place, target, version, "adopted")


def next_number(versions: Any) -> int:
    """The number that the next version to be adopted gets: 1, 2 … One that was given is never used again."""
    return 1 + max((version.number for version in versions if version.number is not None), default=0)
