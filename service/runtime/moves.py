"""Moves as they rest: what an incident keeps, so that a retry makes the same move."""

from collections.abc import Callable
from typing import Any

from service.engine.shapes import Bare, Cancel, Complete, Definition, Deliver, Due, Signal, Start


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
        case Start(instance_id=instance_id) | Cancel(instance_id=instance_id):
            return instance_id


def to_json(move: Bare) -> dict[str, Any]:
    """A move as JSON; a definition by its digest and process."""
    match move:
        case Start(instance_id, definition, variables):
            return {
                "kind": "start",
                "instance_id": instance_id,
                "bundle_digest": definition.bundle_digest,
                "process_key": definition.process_key,
                "variables": dict(variables),
            }
        case Complete(instance_id, task_id, answers):
            return {"kind": "complete", "instance_id": instance_id, "task_id": task_id, "answers": dict(answers)}
        case Due(instance_id, timer_id):
            return {"kind": "due", "instance_id": instance_id, "timer_id": timer_id}
        case Deliver(message, payload, keys):
            return {"kind": "deliver", "message": message, "payload": payload, "keys": dict(keys)}
        case Signal(signal, payload):
            return {"kind": "signal", "signal": signal, "payload": payload}
        case Cancel(instance_id):
            return {"kind": "cancel", "instance_id": instance_id}


def from_json(move: dict[str, Any], definition: Callable[[str, str], Definition]) -> Bare:
    """The move that `to_json` wrote; `definition` finds a deployed one by digest and process."""
    match move["kind"]:
        case "start":
            started = definition(move["bundle_digest"], move["process_key"])
            return Start(move["instance_id"], started, move["variables"])
        case "complete":
            return Complete(move["instance_id"], move["task_id"], move["answers"])
        case "due":
            return Due(move["instance_id"], move["timer_id"])
        case "deliver":
            return Deliver(move["message"], move["payload"], move["keys"])
        case "signal":
            return Signal(move["signal"], move["payload"])
        case "cancel":
            return Cancel(move["instance_id"])
        case kind:
            raise ValueError(f"no move is called {kind!r}")
