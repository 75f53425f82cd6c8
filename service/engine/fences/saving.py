"""The library's format reads `typename` keys in user data as types, loses data when JSON keys are re-ordered, and
drops changes that compare equal.

Ours is a list of tasks, parents first. A task is [number, numbers of those it comes from, node, state, internal data,
variables set, variables removed]; its variables are those of the last it comes from with these changes. Nothing in the data is interpreted, and
no meaning hangs on the order of keys. What compaction would drop is not written, so the state and its digest are the
same whether or not the living object was compacted.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import orjson
import zstandard

from service.domain.sentences import say
from service.engine.faults import Fault
from service.engine.fences.compaction import kept
from service.engine.fences.true_as_one import same
from service.engine.limits import MOST_AT_REST, mebibytes
from service.engine.live.task import LiveTask
from service.engine.live.workflow import Inner, Live, Scope
from service.engine.nodes.scope import ScopeSpec
from service.engine.values import weight

LARGEST = 1 << 40
FORMAT = 1
"""Version of the snapshot format. A reader for every released one stays."""


class UnreadableSnapshot(RuntimeError):
    """The snapshot is of a format, or of a process, that this version cannot read."""


def save(live: Live) -> tuple[bytes, str]:
    """The instance at rest: compressed snapshot, and SHA-256 over its canonical JSON.

    Raises `Fault` where it is more than an instance may hold.
    """
    canonical = orjson.dumps(document(live), option=orjson.OPT_SORT_KEYS)
    if len(canonical) > MOST_AT_REST:
        raise _too_large(live)
    return zstandard.compress(canonical, 3), sha256(canonical).hexdigest()


def document(live: Live) -> dict[str, Any]:
    """What is kept of an instance, as JSON values; they are still the instance's own."""
    found: dict[str, Any] = {
        "format": FORMAT,
        "counter": live.counter,
        "keys": live.keys,
        "end": live.end_event,
        "scopes": [_save_scope(scope) for scope in live.scopes()],
    }
    if live.candidate is not None:
        found["for"] = live.candidate
    return found


def _too_large(live: Live) -> Fault:
    """The fault that names the element with the most variables, and the largest of them."""
    heaviest = max(live.all_tasks(), key=lambda task: (task.is_open(), weight(task.data, LARGEST), task.number))
    name = max(heaviest.data, key=lambda name: (weight(heaviest.data[name], LARGEST), name), default="")
    message = say(
        "What is to be kept here is more than %(most)s, the most of it in “%(name)s”. "
        "Keep less in variables; papers are files.",
        most=mebibytes(MOST_AT_REST),
        name=name,
    )
    element = heaviest.task_spec.element
    return Fault("too-much-data", None if element is None else element.id, message, instance_id=live.instance_id)


def _save_scope(scope: Scope) -> dict[str, Any]:
    activity = scope.activity.number if isinstance(scope, Inner) else None
    return {"activity": activity, "node": scope.spec.name, "tasks": [_save_task(*pair) for pair in kept(scope)]}


def _save_task(task: LiveTask, above: list[LiveTask]) -> list[Any]:
    before = above[-1].data if above else {}
    changed = {k: v for k, v in task.data.items() if k not in before or not same(v, before[k])}
    removed = sorted(name for name in before if name not in task.data)
    internal = {k: v for k, v in task.internal_data.items() if k != "chosen"}
    return [
        task.number,
        [parent.number for parent in above],
        task.task_spec.name,
        task.state,
        internal,
        changed,
        removed,
    ]


def load(instance_id: str, specs: Mapping[str, ScopeSpec], process_key: str, snapshot: bytes) -> Live:
    """The instance alive again. Raises `UnreadableSnapshot` where the definition lacks a node that it stands on."""
    return alive(instance_id, specs, process_key, orjson.loads(zstandard.decompress(snapshot)))


def alive(instance_id: str, specs: Mapping[str, ScopeSpec], process_key: str, rest: Mapping[str, Any]) -> Live:
    """The instance of which `document` was kept, whose values become its own. Raises as `load` does."""
    if rest["format"] != FORMAT:
        raise UnreadableSnapshot(f"Format {rest['format']} is not known.")
    live = Live(instance_id, specs, process_key)
    live.counter, live.keys, live.end_event = rest["counter"], rest["keys"], rest["end"]
    live.candidate = rest.get("for")
    for saved in rest["scopes"]:
        scope: Scope = live
        if saved["activity"] is not None:
            holder = next(task for task in live.all_tasks() if task.number == saved["activity"])
            scope = live.subprocesses[holder.id] = Inner(specs[saved["node"]], holder.id, live)
        _load_tasks(scope, saved["tasks"])
    live.ready.clear()
    return live


def _load_tasks(scope: Scope, rows: list[list[Any]]) -> None:
    numbered: dict[int, LiveTask] = {}
    for number, parents, node, state, internal, changed, removed in rows:
        if node not in scope.spec.task_specs:
            raise UnreadableSnapshot(f"The process has no “{node}”, where the instance stands.")
        above = [numbered[parent] for parent in parents]
        task = LiveTask(scope, scope.spec.task_specs[node], above[-1] if above else None, state, number)
        task.also = above[:-1]
        inherited = above[-1].data if above else {}
        task.data = {name: value for name, value in inherited.items() if name not in removed} | changed
        task.internal_data = internal
        numbered[number] = task
        if not above:
            scope.task_tree = task
