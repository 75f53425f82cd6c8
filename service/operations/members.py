"""Who sits in a body: the organisations that a diagram addresses one by one."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypedDict

from service.domain.organisations import STEERING_GROUP
from service.domain.record_errors import BodyNotFound
from service.operations.fields import text
from service.operations.registry import Place, operation
from service.store import organisations as store
from service.store.tables import Organisation

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Named(TypedDict):
    """An organisation, as diagrams know it."""

    organisation: str
    name: str


@operation("members.list", body=text(load_default=STEERING_GROUP))
def listed(session: "Session", place: Place, asked: Mapping[str, Any]) -> list[Named]:
    """The organisations with a vote in a body, by name. Raises `BodyNotFound`."""
    body = store.body(session, place.workspace_id, asked["body"])
    if body is None:
        raise BodyNotFound(key=asked["body"])
    seats = store.seated(session, place.workspace_id, body.id, place.now, voting=True)
    return [named(organisation) for _, organisation in seats]


def named(organisation: Organisation) -> Named:
    """An organisation as diagrams know it."""
    return {"organisation": organisation.id, "name": organisation.name}
