"""Words that stand where nothing is erased: in records of the journal, and in what was published.

What a form seals is not among them. Votes that are withheld from everybody are not found by their words either.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.targets import PUBLIC
from service.queries.withheld import Veil
from service.store import cases, held, targets

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST = 200
"""Places in records that one search shows."""


def found(session: "Session", actor: Actor, text: str) -> list[dict[str, Any]]:
    """Where a text of at least two letters stands in the records of the workspace, whatever its capitals: the case (None:
    the workspace's own), the number and the kind of the record, when, and the place in it with what stands there. At most
    `MOST` and one more, the newest first. Reads every record of the workspace."""
    by_stream: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in held.entries_with(session, actor.workspace_id, text):
        by_stream[entry["stream"]].append(entry)
    places = []
    for stream, entries in by_stream.items():
        case = cases.case(session, actor.workspace_id, stream)
        for entry in entries if case is None else Veil(session, actor, case).entries(entries):
            places += [
                {
                    "case_id": None if case is None else case.id,
                    "seq": entry["seq"],
                    "kind": entry["kind"],
                    "at": entry["at"],
                    "field": pointer,
                    "value": value,
                }
                for pointer, value in _texts(entry["data"])
                if text.casefold() in value.casefold()
            ]
    return sorted(places, key=lambda it: (it["at"], it["seq"], it["field"]), reverse=True)[: MOST + 1]


def published(session: "Session", actor: Actor, text: str) -> list[dict[str, Any]]:
    """The published versions of targets in which a text stands, by target: key, title, number."""
    versions = targets.all_versions(session, actor.workspace_id)
    return [
        {"key": row.key, "title": row.title, "number": it.number}
        for row in targets.every(session, actor.workspace_id)
        for it in versions.get(row.id, ())
        if it.status in PUBLIC
        and it.number is not None
        and text.casefold() in json.dumps(_told(row.title, row.category, it), ensure_ascii=False).casefold()
    ]


def _told(title: str, category: str, it: Any) -> list[Any]:
    return [title, category, it.requirements, it.environmental_effect, it.supply_effect, it.change_note]


def _texts(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Every text in what a record says, with its JSON pointer."""
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts(inner, f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _texts(inner, f"{pointer}/{place}")
