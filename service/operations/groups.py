"""Working groups."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypedDict

from marshmallow import Schema, fields, validate

from service.domain import record_facts as facts
from service.domain.organisations import COMPETENCES, WORKING_GROUP
from service.domain.record_errors import OrganisationNotFound
from service.operations.fields import ID, Words, text
from service.operations.members import Named, named
from service.operations.registry import Place, operation
from service.store import organisations as store
from service.store.tables import Body, Seat

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Chosen(Schema):
    """An organisation and what it brings to the group, with whom it nominated; the seat is the organisation's."""

    organisation = fields.String(required=True, validate=ID)
    competence = fields.String(load_default=None, validate=validate.OneOf(COMPETENCES))
    nominee = Words(load_default=None, allow_none=True)


class Established(TypedDict):
    """A working group: its key, who sits in it, and the organisation that leads it, if one has said yes to that."""

    group: str
    members: list[Named]
    lead: str | None


@operation(
    "groups.establish",
    target=text(required=True),
    seats=fields.List(fields.Nested(Chosen), required=True, validate=validate.Length(min=1, max=200)),
    lead=text(load_default=None, allow_none=True),
)
def establish(session: "Session", place: Place, asked: Mapping[str, Any]) -> Established:
    """Establish the working group of a target in this case. Raises `OrganisationNotFound`.

    One that stands in the case already gives way to it, as when it has fallen below its number and is supplemented.
    Gives its key, its members and its lead. Whoever acts for one of them and holds the role has the group's tasks, and
    whoever acts for the lead those of the lead.
    """
    chosen = {seat["organisation"]: seat for seat in asked["seats"]}
    known = store.known(session, place.workspace_id, chosen)
    if chosen.keys() != known.keys():
        raise OrganisationNotFound
    for former in store.groups(session, place.workspace_id, place.case_id, WORKING_GROUP):
        former.dissolved_at = place.now
    body = Body(
        workspace_id=place.workspace_id,
        id=place.new_id(),
        key=_free_key(session, place, asked["target"]),
        kind=WORKING_GROUP,
        name=asked["target"],
        case_id=place.case_id,
        established_at=place.now,
        origin=place.origin,
    )
    session.add(body)
    for organisation_id, seat in chosen.items():
        session.add(
            Seat(
                workspace_id=place.workspace_id,
                id=place.new_id(),
                body_id=body.id,
                organisation_id=organisation_id,
                competence=seat["competence"],
                lead=organisation_id == asked["lead"],
                votes=True,
                valid_from=place.now,
            )
        )
    session.flush()
    place.tell(
        facts.BodyEstablished(
            body=body.id, of=WORKING_GROUP, seats=tuple(chosen), lead=asked["lead"], target=asked["target"]
        )
    )
    members = [named(known[organisation_id]) for organisation_id in chosen]
    return {"group": body.key, "members": members, "lead": asked["lead"] if asked["lead"] in chosen else None}


def _free_key(session: "Session", place: Place, target: str) -> str:
    """`wg-e1`, or `wg-e1-2` where the target had a group before."""
    key, count = f"wg-{target.lower()}", 1
    while store.body(session, place.workspace_id, key if count == 1 else f"{key}-{count}") is not None:
        count += 1
    return key if count == 1 else f"{key}-{count}"
