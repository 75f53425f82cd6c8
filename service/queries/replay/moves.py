"""An entry of the journal as the move that it tells of."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from service.domain.mending_facts import ActivitySkipped, VariablesCorrected
from service.engine.shapes import Definition, Move
from service.runtime import mending
from service.runtime.moves import from_json

Entry = Mapping[str, Any]
HELP = (VariablesCorrected.KIND, ActivitySkipped.KIND)
"""The facts behind a step that say what help its move was given."""


def of_entry(entry: Entry, definition: Callable[[str, str], Definition]) -> Move:
    """The move that an entry tells of. Raises `KeyError`, `TypeError` or `ValueError` for one that tells of none."""
    data = entry["data"]
    at = {"instance_id": data.get("instance")}
    moves: dict[str, dict[str, Any]] = {
        "instance.started": {
            "kind": "start",
            "bundle_digest": data.get("bundle"),
            "process_key": data.get("process"),
            "variables": data.get("variables", {}),
        },
        "task.completed": {"kind": "complete", "task_id": data.get("task"), "answers": data.get("answers", {})},
        "timer.fired": {"kind": "due", "timer_id": data.get("timer")},
        "message.delivered": {
            "kind": "deliver",
            "message": data.get("message"),
            "payload": data.get("payload"),
            "keys": data.get("keys", {}),
        },
        "signal.delivered": {"kind": "signal", "signal": data.get("signal"), "payload": data.get("payload")},
        "instance.cancelled": {"kind": "cancel"},
        "instance.migrated": {
            "kind": "migrate",
            "before": data.get("previous"),
            "bundle_digest": data.get("bundle"),
            "process_key": data.get("process"),
            "renamed": data.get("renamed", {}),
            "reason": {},
        },
    }
    return from_json(moves[entry["kind"]] | at, definition)


def helped(move: Move, followed: Sequence[Entry]) -> Move:
    """The move with the help that it was given, in the order in which that was told."""
    for entry in followed:
        if entry["kind"] in HELP:
            move = mending.told(entry["kind"], entry["data"]).around(move)
    return move
