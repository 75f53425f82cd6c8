"""The shapes of what waits: on its way out, and for an event."""

from marshmallow import Schema, fields, validate


class WaitingFor(Schema):
    """Messages that wait for one receiver, and whose last tries got the same answer."""

    kind = fields.String(validate=validate.OneOf(["mail", "webhook", "file"]))
    receiver = fields.String(
        metadata={"description": "`mail` for the mail server, else the id of the webhook or witness"}
    )
    to = fields.String(
        allow_none=True, metadata={"description": "a person's name or a receiver's address; null for mail to several"}
    )
    error = fields.String(
        allow_none=True,
        metadata={
            "description": "what came of the last try: `unreachable:timeout`, `answer:503`, `refused:451`; null: not tried"
        },
    )
    count = fields.Integer()
    attempts = fields.Integer(metadata={"description": "how often the most tried of them was tried"})
    since = fields.String()
    next_at = fields.String(metadata={"description": "when the first of them is tried next"})


class Waiting(Schema):
    """What waits on its way out, the oldest first."""

    waiting = fields.List(fields.Nested(WaitingFor))
