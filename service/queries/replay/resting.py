"""What the database holds of a case's instances, held against where the replay has led."""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

from service.domain.sentences import say
from service.engine import looking
from service.engine.shapes import InstanceEnded, InstanceState
from service.queries.replay.comparing import Apart, Differs, Place, apart
from service.queries.replay.recorded import plain
from service.queries.replay.walking import Walk
from service.store import cases
from service.store.tables import Case, Instance


def compare(row: Case, walk: Walk) -> None:
    """Hold the rows of a case against the walk's end. Raises `Differs` at the first place where they part.

    Here both sides are known by value: a state that somebody changed where it rests is told by the variable.
    """
    rows = {it.id: it for it in cases.instances(walk.session, walk.workspace_id, walk.case_id)}
    standing = {it.id: it for it in walk.state.instances}
    for instance_id, state in standing.items():
        _active(rows.pop(instance_id, None), state)
    for instance_id, end in walk.ended.items():
        _over(rows.pop(instance_id, None), end)
    for left in rows:
        raise Differs(say("there is a part that was never begun"), {"instance": left}, None, left)
    same_state(row, walk)


def same_state(row: Case, walk: Walk) -> None:
    """Hold the hash of a case against the walk's end. Raises `Differs`."""
    if walk.hash() != row.state_hash:
        said = say("the case does not stand where its last step left it; of either state only the hash is known")
        raise Differs(said, {"path": "/state"}, walk.hash(), row.state_hash)


def _active(row: Instance | None, state: InstanceState) -> None:
    place: Place = {"instance": state.id, "process": state.process_key}
    if row is None or row.snapshot is None:
        raise Differs(say("a part that goes on is gone from the database"), place, state.state_digest, None)
    kept = looking.at_rest(row.snapshot)
    meant = looking.at_rest(state.snapshot)
    other = apart(meant, kept)
    if other is not None:
        said = say("the state that is kept is not the one that the last step led to")
        raise Differs(said, place | looking.place(meant or {}, other.path) | {"path": other.pointer},
                      other.written, other.found)  # fmt: skip
    names = ("bundle_digest", "process_key", "state_digest", "parent_id", "parent_task_id")
    _same_row({it: getattr(state, it) for it in names}, {it: getattr(row, it) for it in names}, place)


def _over(row: Instance | None, end: InstanceEnded) -> None:
    place: Place = {"instance": end.instance_id}
    if row is None:
        raise Differs(say("a part that is over is gone from the database"), place, end.outcome, None)
    place["process"] = row.process_key
    meant = {"status": end.outcome, "end_event": end.end_event}
    _same_row(meant, {"status": row.status, "end_event": row.end_event}, place)
    other = apart(plain(end.variables), _json(row.variables))
    if other is not None:
        said = say("the values with which a part ended are not those that are kept")
        name = {"variable": str(other.path[0])} if other.path else {}
        raise Differs(said, place | name | {"path": f"/variables{other.pointer}"}, other.written, other.found)


def _same_row(meant: Mapping[str, Any], kept: Mapping[str, Any], place: Place) -> None:
    other: Apart | None = apart(meant, kept)
    if other is not None:
        said = say("what is kept of a part is not what the steps made of it")
        raise Differs(said, place | {"path": other.pointer}, other.written, other.found)


def _json(content: bytes | None) -> Any:
    try:
        return orjson.loads(content or b"null")
    except ValueError:
        return {"sha256": hashlib.sha256(content or b"").hexdigest()}
