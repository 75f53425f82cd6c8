"""What the journal's entries are about, as event logs want to know it: the things that each names, what it says of them,
and which part of a life it is.

Event logs leave the house. So persons, accounts and what leads to them stay out of them; who did something is told by
her role.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Literal, get_type_hints

from service.domain.kinds import KINDS

Type = Literal["string", "time", "integer", "boolean"]
Entry = Mapping[str, Any]

WITHHELD = frozenset({"person", "account", "author", "token", "candidate", "mails"})
"""Fields that lead to a person. A candidate may be an organisation, and nothing in the entry says which."""

THINGS: Mapping[str, tuple[str, str]] = {
    "case": ("case", "case"),
    "sender": ("case", "sender"),
    "instance": ("instance", "instance"),
    "child": ("instance", "child"),
    "task": ("task", "task"),
    "timer": ("timer", "timer"),
    "incident": ("incident", "incident"),
    "ballot": ("ballot", "ballot"),
    "hearing": ("hearing", "hearing"),
    "target": ("target", "target"),
    "version": ("target version", "version"),
    "document": ("document", "document"),
    "notice": ("notice", "notice"),
    "organisation": ("organisation", "organisation"),
    "lead": ("organisation", "lead"),
    "seats": ("organisation", "seat"),
    "body": ("body", "body"),
    "strategy": ("strategy", "strategy"),
    "measure": ("measure", "measure"),
    "bundle": ("bundle", "bundle"),
    "previous": ("bundle", "previous"),
}
"""The fields that name things: the type of the thing, and what it is to the entry."""

NONE_OF_THEM = frozenset({("call.bound", "task"), ("setting.changed", "version")})
"""Fields of such a name that name none: the place of a call in the engine, the number of a value."""

MESSAGES = ("message.received", "message.kept", "message.expired", "message.refused")
"""The kinds whose `message` is the id of one; in others it is a name, or what waits in the outbox."""

MILESTONES: Mapping[str, str] = {
    "task.opened": "schedule",
    "task.claimed": "start",
    "task.assigned": "assign",
    "task.released": "reassign",
    "task.readdressed": "reassign",
    "task.answered": "suspend",
    "task.cancelled": "withdraw",
    "timer.set": "schedule",
    "timer.cleared": "withdraw",
    "incident.opened": "start",
    "instance.started": "start",
    "call.bound": "start",
    "ballot.opened": "start",
    "hearing.opened": "start",
    "activity.skipped": "manualskip",
    "case.suspended": "suspend",
    "case.resumed": "resume",
    "case.cancelled": "pi_abort",
    "instance.cancelled": "pi_abort",
}
"""Which transition of the standard lifecycle (IEEE 1849-2016) a kind is; one that is not here is `complete`."""

SAYS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "case.status_changed": {"case": {"status": "status"}},
    "instance.started": {"instance": {"process": "process"}},
    "call.bound": {"child": {"process": "process"}},
    "instance.migrated": {"instance": {"process": "process"}},
    "instance.ended": {"instance": {"outcome": "outcome", "end_event": "end_event"}},
    "task.opened": {"task": {"activity": "activity", "role": "role", "due_at": "due_at"}},
    "task.readdressed": {"task": {"activity": "activity", "role": "role"}},
    "timer.set": {"timer": {"activity": "activity", "due_at": "due_at"}},
    "incident.opened": {"incident": {"fault": "fault", "activity": "activity"}},
    "incident.tried": {"incident": {"fault": "fault", "activity": "activity"}},
    "ballot.opened": {"ballot": {"of": "kind", "question": "question"}},
    "ballot.closed": {"ballot": {"outcome": "outcome"}},
    "hearing.opened": {"hearing": {"of": "kind", "due_on": "due_on"}},
    "hearing.extended": {"hearing": {"due_on": "due_on"}},
    "hearing.closed": {"hearing": {"outcome": "outcome"}},
    "target.registered": {"version": {"number": "number", "status": "status"}},
    "target.proposed": {"target": {"of": "kind"}},
    "target.status_changed": {"version": {"after": "status"}},
    "target.adopted": {"version": {"number": "number"}},
    "document.added": {"document": {"digest": "digest", "size": "size"}},
    "notice.given": {"notice": {"of": "kind"}},
    "organisation.registered": {"organisation": {"of": "kind"}},
    "body.established": {"body": {"of": "kind"}},
    "measure.added": {"measure": {"number": "number", "strength": "strength"}},
    "measure.changed": {"measure": {"status": "status", "due_on": "due_on"}},
    "measure.reported": {"measure": {"after": "status", "light": "light"}},
    "bundle.deployed": {"bundle": {"key": "key", "number": "number"}},
}
"""What an entry says of the things that it names: by kind and by the field that names the thing, the fields and what
they are to the thing."""

STATES: Mapping[str, tuple[str, str]] = {
    "task.opened": ("task", "open"),
    "task.claimed": ("task", "claimed"),
    "task.assigned": ("task", "claimed"),
    "task.released": ("task", "open"),
    "task.answered": ("task", "answered"),
    "task.completed": ("task", "completed"),
    "task.cancelled": ("task", "cancelled"),
    "timer.set": ("timer", "waiting"),
    "timer.fired": ("timer", "fired"),
    "timer.cleared": ("timer", "cleared"),
    "incident.opened": ("incident", "open"),
    "incident.resolved": ("incident", "resolved"),
}
"""The state in which a kind leaves a thing that it names."""

ATTRIBUTES: Mapping[str, Mapping[str, Type]] = {
    "case": {"status": "string"},
    "instance": {"process": "string", "outcome": "string", "end_event": "string"},
    "task": {"activity": "string", "role": "string", "due_at": "time", "state": "string"},
    "timer": {"activity": "string", "due_at": "time", "state": "string"},
    "incident": {"fault": "string", "activity": "string", "state": "string"},
    "ballot": {"kind": "string", "question": "string", "outcome": "string"},
    "hearing": {"kind": "string", "due_on": "string", "outcome": "string"},
    "target": {"kind": "string"},
    "target version": {"number": "integer", "status": "string"},
    "document": {"digest": "string", "size": "integer"},
    "notice": {"kind": "string"},
    "organisation": {"kind": "string"},
    "body": {"kind": "string"},
    "measure": {"number": "integer", "strength": "string", "status": "string", "due_on": "string", "light": "string"},
    "bundle": {"key": "string", "number": "integer"},
}
"""What is told of the things of a type. Of others nothing is."""

BONDS: Mapping[tuple[str, str], str] = {
    ("task", "instance"): "waits in",
    ("timer", "instance"): "waits in",
    ("incident", "instance"): "stopped",
    ("child", "instance"): "called by",
    ("instance", "bundle"): "goes by",
    ("child", "bundle"): "goes by",
    ("version", "target"): "version of",
    ("body", "target"): "set up for",
}
"""What two things that one entry names are to each other, by the fields that name them."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that an entry names: its id in event logs, its type, the field that names it, what it is to the entry."""

    id: str
    type: str
    field: str
    qualifier: str


def things(entry: Entry, owner: str) -> Iterator[Thing]:
    """What an entry names: first whom its stream belongs to (`owner` is case or workspace), then by its fields."""
    yield Thing(identity(owner, entry["stream"]), owner, owner, "of")
    if "on_behalf" in entry:
        yield Thing(identity("organisation", entry["on_behalf"]), "organisation", "on_behalf", "on behalf of")
    for field, value in entry["data"].items():
        kind = type_of(entry["kind"], field)
        for one in value if isinstance(value, list) else (value,):
            if kind is not None and one:
                yield Thing(identity(kind[0], str(one)), kind[0], field, kind[1])


def type_of(kind: str, field: str) -> tuple[str, str] | None:
    """The type of what a field of that kind names, and what it is to the entry; None where it names nothing."""
    if field == "message":
        return ("message", "message") if kind in MESSAGES else None
    return None if (kind, field) in NONE_OF_THEM else THINGS.get(field)


def bonds(entry: Entry, named: Sequence[Thing]) -> Iterator[tuple[str, str, str]]:
    """What the things that an entry names are to each other: the ids of two of them, and what the first is to the second."""
    for one in named:
        if one.type == "instance" and named[0].type == "case":
            yield one.id, named[0].id, "runs in"
        for other in named:
            called = (entry["kind"], one.field, other.field) == ("call.bound", "instance", "bundle")
            if (one.field, other.field) in BONDS and not called:  # the bundle is that of the one that is called
                yield one.id, other.id, BONDS[one.field, other.field]


def identity(of: str, key: str) -> str:
    """How a thing is called in an event log: two types may use the same id."""
    return f"{of}:{key}"


def said(entry: Entry, thing: Thing, owner: str) -> dict[str, Any]:
    """What an entry says of a thing that it names, by the names of `ATTRIBUTES`."""
    data, kind = entry["data"], entry["kind"]
    told = {name: data[field] for field, name in SAYS.get(kind, {}).get(thing.field, {}).items() if field in data}
    if kind == "case.status_changed" and thing.field == owner:
        told["status"] = data["status"]
    if STATES.get(kind, ("", ""))[0] == thing.field:
        told["state"] = STATES[kind][1]
    return told


@cache
def attributes(kind: str) -> Mapping[str, Type]:
    """What an event log tells of the entries of a kind beside the things that they name, in every version of its shape."""
    found: dict[str, Type] = {}
    for (name, _), shape in KINDS.items():
        if name == kind:
            hints = get_type_hints(shape)
            for it in fields(shape):
                if it.name not in WITHHELD and type_of(kind, it.name) is None:
                    found[it.name] = _type(it.name, hints[it.name])
    return found


def milestone(kind: str) -> str:
    """Which transition of the standard lifecycle a kind is."""
    return MILESTONES.get(kind, "complete")


def _type(name: str, hint: Any) -> Type:
    plain = {bool: "boolean", int: "integer", int | None: "integer"}
    found: Any = plain.get(hint) or ("time" if name.endswith("_at") else "string")
    kind: Type = found
    return kind
