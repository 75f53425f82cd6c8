"""The public words and shapes of mending what stands still."""

from marshmallow import Schema, fields, validate

from service.api.schemas import ID, KEY, Incident, Retried

__all__ = ["Correction", "Grounds", "Incidents", "IncidentsQuery", "Retried", "RetriedMany", "RetryMany", "Skipping"]

AGE = validate.OneOf(["hour", "day", "week"])
REASON = {"description": "why, in your own words; kept sealed, so that it can be erased"}


class Incidents(Schema):
    """A page of incidents that wait; `kinds` counts all of them."""

    incidents = fields.List(fields.Nested(Incident))
    next = fields.String(allow_none=True, metadata={"description": "the cursor of the next page; null on the last"})
    kinds = fields.Dict(keys=fields.String(), values=fields.Integer())


class IncidentsQuery(Schema):
    """Which incidents."""

    process = fields.String(load_default=None, validate=KEY)
    kind = fields.String(load_default=None, validate=KEY)
    age = fields.String(load_default=None, validate=AGE, metadata={"description": "waiting for so long at least"})
    cursor = fields.String(load_default=None, validate=validate.Length(max=200))


class RetryMany(Schema):
    """Which to try again: `incidents` by id, or without it all that the rest narrows."""

    incidents = fields.List(fields.String(validate=ID), load_default=None, validate=validate.Length(max=200))
    process = fields.String(load_default=None, validate=KEY)
    kind = fields.String(load_default=None, validate=KEY)
    age = fields.String(load_default=None, validate=AGE)


class RetriedMany(Schema):
    """Incidents, by what became of them."""

    went_on = fields.List(fields.String(), metadata={"description": "their cases move again"})
    stands = fields.List(fields.String(), metadata={"description": "the step failed again"})
    suspended = fields.List(fields.String(), metadata={"description": "their cases are suspended"})
    gone = fields.List(fields.String(), metadata={"description": "somebody was faster, or they are not for you"})


class Grounds(Schema):
    """Why."""

    reason = fields.String(required=True, metadata=REASON)


class Correction(Grounds):
    """Other values: the name of a variable → a JSON value. They may hold nothing personal."""

    values = fields.Dict(keys=fields.String(), required=True)


class Skipping(Grounds):
    """Past the activity that failed."""

    flow = fields.String(load_default=None, validate=KEY, metadata={"description": "the way that a gateway takes"})


class Held(Schema):
    """A case that was suspended, resumed or called off."""

    id = fields.String()
    suspended_at = fields.String(allow_none=True)
    closed_at = fields.String(allow_none=True)
    tasks_taken_back = fields.Integer()
