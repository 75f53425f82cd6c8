"""The variables of a process, as far as the bundle says what sets them."""

import json
from typing import TYPE_CHECKING, Any

from service.engine import feel
from service.engine.bundles import FORM_PROPERTIES
from service.engine.model import Element

if TYPE_CHECKING:
    from service.engine.checks.view import BundleView, ProcessView


def written(view: "ProcessView", element: Element) -> frozenset[str]:
    """The variables that an activity or event sets, as far as the bundle says."""
    found = {event.variable for event in element.events} | {element.variable}
    for script in (element.pre_script, element.post_script, element.script):
        found |= _assigned(script)
    if element.loop is not None:
        # What each round sets stays in the round; only what is gathered comes out.
        return frozenset(name for name in ({element.loop.result} | _assigned(element.post_script)) if name)
    if element.operation is not None:
        found.add(element.operation.result)
    if element.kind in ("userTask", "startEvent") and not element.variable:
        found |= form_fields(view.whole, element)
    if element.kind == "callActivity" and (called := view.whole.processes.get(element.called or "")):
        found |= set(called.outputs or ())
    return frozenset(name for name in found if name)


def form_fields(view: "BundleView", element: Element) -> set[str]:
    """The names of the fields of an element's form; none where it has no form that can be read."""
    name = element.properties.get(FORM_PROPERTIES[0])
    try:
        schema: Any = json.loads(view.bundle.files.get(name or "", b"{}"))
    except (ValueError, RecursionError):
        return set()
    fields = schema.get("properties") if isinstance(schema, dict) else None
    return set(fields) if isinstance(fields, dict) else set()


def names_with_signs(view: "ProcessView") -> frozenset[str]:
    """The names in scope that are no plain words: the lexer must be told them."""
    found = {name for element in view.process.elements for name in written(view, element)}
    found |= {*(view.process.inputs or ()), *view.process.data_objects.values()}
    found |= {loop.item for it in view.process.elements if (loop := it.loop) and loop.item}
    return frozenset(name for name in found if not name.isidentifier())


def _assigned(script: str | None) -> set[str | None]:
    try:
        return set(feel.parse_script(script or "").assigned)
    except feel.FeelError:
        return set()
