"""Publishing targets, from the last correction of their words, and what happens to them once they are in force."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from marshmallow import fields, validate

from service.domain import record_facts as facts
from service.domain import targets as rules
from service.domain.record_errors import RevisionUnderWay, TargetNotFound, TargetNotInForce
from service.operations.fields import Words, kept, published, requirements, text
from service.operations.registry import Place, months_after, operation
from service.operations.target_shapes import Due, Frozen, Interim, Published
from service.operations.targets import ADOPTION, KEY
from service.operations.versions import begin, drop_left, find, freeze, move, others, revised, withdraw
from service.store import ballots, contents
from service.store import targets as store
from service.store.tables import Notice, Target, TargetVersion

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@operation("targets.correct", target=KEY, requirements=requirements(required=True))
def correct(session: "Session", place: Place, asked: Mapping[str, Any]) -> Frozen:
    """Put the words of the adopted version right before it is published (A08); nothing that it obliges to changes.

    The text that was voted on is kept with the version that is withdrawn; the corrected one takes its number, its ballot
    and its place. Where no word differs, nothing happens. Raises `TargetNotFound`, `RequirementsRefused`.
    """
    found = store.of_case(session, place.workspace_id, place.case_id, rules.DECIDED)
    if found is None or found[0].key != asked["target"]:
        raise TargetNotFound(key=asked["target"])
    target, version = found
    was, given = place.open(version.requirements), place.open(asked["requirements"])
    rules.check_wording(was, given)
    if rules.changes(was, given):
        ballot = ballots.last_closed(session, place.workspace_id, place.case_id, target.id, ADOPTION)
        before, status = version, version.status
        withdraw(session, place, target, before)
        version = begin(session, place, target, kind=before.kind, status="on agenda", base=before)
        freeze(session, place, target, version, asked["requirements"], ballot=None if ballot is None else ballot.id)
        version.adopted_at = before.adopted_at
        move(session, place, target, version, status)
    assert version.number is not None and version.digest is not None, "a frozen version has both"
    return {"version": version.number, "digest": version.digest}


@operation(
    "targets.publish",
    target=KEY,
    valid_from=fields.Date(load_default=None, allow_none=True),
    review_months=fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, 600)),
    change_note=Words(load_default=None, allow_none=True),
)
def publish(session: "Session", place: Place, asked: Mapping[str, Any]) -> Published:
    """Publish the adopted version: it is in force, at an address that never changes, and the one before is archived.

    Its number is the one that adoption gave it: the next of the target's. It holds from `valid_from`, and from today
    where that day has passed or none is given; `review_months` from then on it is to be reviewed. `change_note` tells
    everybody what changed. What was sealed of the version is opened: its text is the register's from now on, and the
    journal has its digest. Raises `TargetNotFound`, `SealedValueGone`.
    """
    target = find(session, place, asked["target"])
    versions = store.versions(session, place.workspace_id, target.id)
    version = next((it for it in versions if it.status in rules.DECIDED and it.case_id == place.case_id), None)
    if version is None:
        raise TargetNotFound(key=target.key)
    _into_force(session, place, target, version, versions)
    version.valid_on = max(asked["valid_from"] or place.today(), place.today())
    version.change_note = published(place, kept(asked["change_note"]))
    if asked["review_months"] is not None:
        version.review_on = months_after(version.valid_on, asked["review_months"])
    session.flush()
    _tell(place, target, version)
    assert version.number is not None, "a version is decided with its number"
    return {
        "target": target.key,
        "version": version.number,
        "address": f"/{place.workspace_id}/maal/{target.key}/v{version.number}",
        "valid_from": version.valid_on.isoformat(),
        "supersedes": version.supersedes,
        "review_on": None if version.review_on is None else version.review_on.isoformat(),
    }


@operation(
    "targets.interim", target=KEY, requirements=requirements(required=True), expires_on=fields.Date(required=True)
)
def interim(session: "Session", place: Place, asked: Mapping[str, Any]) -> Interim:
    """Put interim requirements into force until a day, as the steering group decided (A12, path b).

    Raises `TargetNotFound`, `TargetNotInForce`, `TargetNotDecided`, `RequirementsRefused`.
    """
    rules.check_requirements(asked["requirements"])
    target, current = _current(session, place, asked["target"])
    ballot = _decided(session, place, target, "interim")
    version = begin(session, place, target, kind="interim", status="on agenda", base=current)
    freeze(session, place, target, version, asked["requirements"], ballot=ballot)
    version.expires_on, version.valid_on = asked["expires_on"], place.today()
    _into_force(session, place, target, version, store.versions(session, place.workspace_id, target.id))
    _tell(place, target, version)
    _notice(session, place, target, "interim", expires_on=asked["expires_on"], number=version.number)
    assert version.number is not None, "a frozen version has one"
    return {"target": target.key, "version": version.number}


@operation("targets.retire", target=KEY, merged_into=fields.String(load_default="", allow_none=True))
def retire(session: "Session", place: Place, asked: Mapping[str, Any]) -> str:
    """End a target, or let it be part of another, as the steering group decided (A12, path d).

    While a new version is made it does not go out: that version would come into force behind it. One that was left
    lying is withdrawn. Raises `TargetNotFound`, `TargetNotInForce`, `TargetNotDecided`, `RevisionUnderWay`.
    """
    target, current = _current(session, place, asked["target"])
    _decided(session, place, target, "retire")
    versions = store.versions(session, place.workspace_id, target.id)
    if store.in_making(session, place.workspace_id, others(place, versions)):
        raise RevisionUnderWay(key=target.key)
    drop_left(session, place, target, versions)
    if asked["merged_into"]:
        target.merged_into = find(session, place, asked["merged_into"]).key
    end = "merged" if asked["merged_into"] else "retired"
    move(session, place, target, current, end)
    _notice(session, place, target, end, number=current.number)
    return end


@operation("targets.schedule_review", target=KEY, months=fields.Integer(required=True, validate=validate.Range(1, 600)))
def schedule_review(session: "Session", place: Place, asked: Mapping[str, Any]) -> Due:
    """Put the day of its next review into the register, that many months from today.

    While a new version is made the day stays as it is, for that version brings its own; and a target that is out has none.
    Raises `TargetNotFound`.
    """
    target = find(session, place, asked["target"])
    versions = store.versions(session, place.workspace_id, target.id)
    current = store.current(versions)
    if current is None:
        return {"due_on": None}
    if not store.in_making(session, place.workspace_id, others(place, versions)):
        current.review_on = place.in_months(asked["months"])
        session.flush()
    return {"due_on": None if current.review_on is None else current.review_on.isoformat()}


@operation(
    "targets.notify",
    target=KEY,
    kind=fields.String(required=True, validate=validate.OneOf(["correction", "known issue"])),
    text=text(required=True, validate=validate.Length(1, 2000)),
)
def notify(session: "Session", place: Place, asked: Mapping[str, Any]) -> str:
    """Put a correction or a known issue on a published target, for everybody to read.

    Raises `TargetNotFound`, `TargetNotInForce`.
    """
    target, current = _current(session, place, asked["target"])
    return _notice(session, place, target, asked["kind"], words=asked["text"], number=current.number)


def _current(session: "Session", place: Place, key: str) -> tuple[Target, TargetVersion]:
    target = find(session, place, key)
    current = store.current(store.versions(session, place.workspace_id, target.id))
    if current is None:
        raise TargetNotInForce(key=key)
    return target, current


def _decided(session: "Session", place: Place, target: Target, question: str) -> str:
    ballot = ballots.last_closed(session, place.workspace_id, place.case_id, target.id, question)
    rules.check_voted(None if ballot is None else ballot.outcome)
    assert ballot is not None, "an outcome has a ballot"
    return ballot.id


def _into_force(session: "Session", place: Place, target: Target, version: TargetVersion, versions: Any) -> None:
    before = store.current([it for it in versions if it.id != version.id])
    if before is not None:
        version.supersedes = before.number
        move(session, place, target, before, "superseded")
    version.published_at = place.now
    version.requirements = place.open(version.requirements)
    version.environmental_effect = published(place, version.environmental_effect)
    version.supply_effect = published(place, version.supply_effect)
    move(session, place, target, version, rules.comes_into_force_as(version.kind))
    if revised(session, place, versions):
        move(session, place, target, version, "under revision")  # another case revises it still


def _tell(place: Place, target: Target, version: TargetVersion) -> None:
    assert version.number is not None and version.valid_on is not None, "what is published is numbered and dated"
    place.tell(
        facts.TargetPublished(
            target=target.key,
            version=version.id,
            number=version.number,
            digest=version.digest or "",
            valid_from=version.valid_on.isoformat(),
            supersedes=version.supersedes,
            content=contents.of(version),
        )
    )


def _notice(
    session: "Session", place: Place, target: Target, kind: str, *, words: str = "", number: int | None, **more: Any
) -> str:
    notice = Notice(
        workspace_id=place.workspace_id,
        id=place.new_id(),
        target_id=target.id,
        ordinal=1 + len(store.notices(session, place.workspace_id, target.id)),
        version_number=number,
        kind=kind,
        text=words,
        given_at=place.now,
        origin=place.origin,
        **more,
    )
    session.add(notice)
    session.flush()
    place.tell(facts.NoticeGiven(notice=notice.id, target=target.key, of=kind, content=contents.of(notice)))
    return notice.id
