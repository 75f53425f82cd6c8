"""Messages that a diagram sends to another case (the service task `messages.send`)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypedDict

from marshmallow import fields

from service.domain.errors import AnswersRefused, ParametersRefused
from service.domain.messages import check_keys
from service.domain.sentences import say
from service.operations.fields import text
from service.operations.registry import Place, operation
from service.store import messages as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Sent(TypedDict):
    """The id under which the journal of the case that takes it names the message."""

    message: str


@operation(
    "messages.send",
    name=text(required=True),
    keys=fields.Dict(keys=fields.String(), required=True),
    payload=fields.Raw(load_default=None, allow_none=True),
)
def send(session: "Session", place: Place, asked: Mapping[str, Any]) -> Sent:
    """Send a message to the case that waits for it with these correlation values, or begin one where a process begins so.

    It leaves with the step; where no event waits for it yet, it is kept until one does, or until it expires. Raises
    `ParametersRefused` for correlation values that are too many, too long, or none.
    """
    try:
        check_keys(asked["keys"])
    except AnswersRefused as refused:
        raise ParametersRefused(name="messages.send", reason=refused.faults[0].message) from None
    if not asked["keys"]:
        raise ParametersRefused(name="messages.send", reason=say("it says by no value which case is meant"))
    row = store.written(
        (place.workspace_id, place.new_id()),
        (asked["name"], asked["keys"], asked["payload"]),
        place.by,
        sent_at=place.now,
        expires_at=store.expiry(session, place.workspace_id, place.now),
        from_case_id=place.case_id,
    )
    session.add(row)
    return {"message": row.id}
