"""What is known of the types of variables, so that `len` and `in` are put into the right words of FEEL."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from service.domain.bundles import Bundle
from service.engine.model import Diagram


def types_of(bundle: Bundle, diagrams: Iterable[Diagram]) -> dict[str, str]:
    """Variable → JSON Schema type: of the fields of forms, and of the lists that activities go through or gather.

    A name with two types is left out.
    """
    found: dict[str, set[str]] = {}
    for name, kind in (*_fields(bundle), *_lists(diagrams)):
        found.setdefault(name, set()).add(kind)
    return {name: kinds.pop() for name, kinds in found.items() if len(kinds) == 1}


def _fields(bundle: Bundle) -> Iterator[tuple[str, str]]:
    for form in bundle.manifest.forms:
        try:
            schema: Any = json.loads(bundle.files.get(form, b"{}"))
        except (ValueError, RecursionError):
            continue
        fields = schema.get("properties") if isinstance(schema, dict) else None
        for name, field in fields.items() if isinstance(fields, dict) else ():
            if isinstance(field, dict) and isinstance(field.get("type"), str):
                yield name, field["type"]


def _lists(diagrams: Iterable[Diagram]) -> Iterator[tuple[str, str]]:
    for diagram in diagrams:
        for process in diagram.processes:
            for element in process.elements:
                for name in (element.loop.collection, element.loop.result) if element.loop else ():
                    if name:
                        yield name, "array"
