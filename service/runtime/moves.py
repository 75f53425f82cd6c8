"""Moves as they rest: what an incident keeps, so that a retry makes the same move."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from service.engine.migrating import Migrate
from service.engine.shapes import Bare, Cancel, Complete, Definition, Deliver, Due, Signal, Start

MOVES: Mapping[str, Any] = {
    shape.__name__.lower(): shape for shape in (Start, Complete, Due, Deliver, Signal, Cancel, Migrate)
}
"""What a move is called → its shape."""


def target_of(move: Bare) -> str:
    """What a move is about: a case has at most one unresolved incident for each."""
    match move:
        case Complete(task_id=task_id):
            return task_id
        case Due(timer_id=timer_id):
            return timer_id
        case Deliver(message=message):
            return message
        case Signal(signal=signal):
            return signal
        case Start(instance_id=instance_id) | Cancel(instance_id=instance_id) | Migrate(instance_id=instance_id):
            return instance_id


def to_json(move: Bare) -> dict[str, Any]:
    """A move as JSON; a definition by its digest and process."""
    values = {it.name: getattr(move, it.name) for it in fields(move)}
    definition: Definition | None = values.pop("definition", None)
    if definition is not None:
        values |= {"bundle_digest": definition.bundle_digest, "process_key": definition.process_key}
    plain = {name: dict(value) if isinstance(value, Mapping) else value for name, value in values.items()}
    return {"kind": type(move).__name__.lower(), **plain}


def from_json(move: Mapping[str, Any], definition: Callable[[str, str], Definition]) -> Bare:
    """The move that `to_json` wrote; `definition` finds a deployed one by digest and process."""
    shape = MOVES.get(move["kind"])
    if shape is None:
        raise ValueError(f"no move is called {move['kind']!r}")
    values = {it.name: move[it.name] for it in fields(shape) if it.name in move}
    if "bundle_digest" in move:
        values["definition"] = definition(move["bundle_digest"], move["process_key"])
    made: Bare = shape(**values)
    return made
