"""The shapes of what waits: on its way out, and for an event."""

from marshmallow import Schema, fields, validate

from service.api.schemas import ID


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


class MessagesQuery(Schema):
    """Which messages from outside."""

    state = fields.String(load_default="waiting", validate=validate.OneOf(["waiting", "expired", "refused"]))
    cursor = fields.String(load_default=None, validate=ID)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class MessageFromOutside(Schema):
    """A message that no event has taken. What it holds is not told."""

    id = fields.String()
    name = fields.String()
    keys = fields.Dict(keys=fields.String(), metadata={"description": "its correlation values, while it waits"})
    state = fields.String(validate=validate.OneOf(["waiting", "expired", "refused"]))
    sent_by = fields.String(allow_none=True, metadata={"description": "the person's name, where a person sent it"})
    from_case_id = fields.String(
        allow_none=True, metadata={"description": "the case that sent it, where you may read that"}
    )
    sent_at = fields.String()
    expires_at = fields.String()
    over_at = fields.String(allow_none=True)


class MessagesFromOutside(Schema):
    """A page of messages, the oldest first."""

    messages = fields.List(fields.Nested(MessageFromOutside))
    next = fields.String(allow_none=True, metadata={"description": "the cursor of the next page; null on the last"})
