"""The living objects of an instance, stood up again under another version.

What is kept of it is written out, its nodes are given their other names, and it is brought to life by the other version's
specifications: so it is the very instance that the next process would load. Ids come from numbers, which stay.
"""

from collections.abc import Mapping
from typing import Any

import orjson

from service.domain.misfits import MigrationRefused
from service.engine.fences.saving import alive, document
from service.engine.live.task import OPEN
from service.engine.live.workflow import Live
from service.engine.migrating.counterparts import Counterparts
from service.engine.migrating.fitting import misfits
from service.engine.nodes.scope import ScopeSpec

ANY = "#start"
"""The node that a finished task is given whose own is gone: of what is over, only the variables are asked."""


def moved(live: Live, parts: Counterparts, specs: Mapping[str, ScopeSpec]) -> Live:
    """The instance under the other version, whose specifications these are. Raises `MigrationRefused`."""
    found = misfits(live, parts)
    if found:
        raise MigrationRefused(found)
    kept: dict[str, Any] = orjson.loads(orjson.dumps(document(live), option=orjson.OPT_SORT_KEYS))
    last = parts.element(kept["end"] or "")
    kept["end"] = kept["end"] if last is None else last.id
    for scope in kept["scopes"]:
        old = live.subprocess_specs[scope["node"]]
        scope["node"] = parts.id(scope["node"])
        for row in scope["tasks"]:
            _move(row, old, specs[scope["node"]], parts)
    return alive(live.instance_id, specs, parts.after.id, kept)


def _move(row: list[Any], old: ScopeSpec, new: ScopeSpec, parts: Counterparts) -> None:
    """Give one task its other node, and the way by which it came its other name (`fences.saving` has the row's form)."""
    _, _, node, state, internal, _, _ = row
    name = parts.node(node)
    same = name in new.task_specs and type(new.task_specs[name]) is type(old.task_specs[node])
    row[2] = name if same else ANY
    if state & OPEN:
        assert same, f"what is alive at “{node}” has a counterpart"
        if internal.get("flow") is not None:
            internal["flow"] = parts.flow(internal["flow"])
