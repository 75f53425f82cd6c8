"""Every name that a bundle writes, wherever it stands: what a form may rest on."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from service.domain.bundles import Bundle
from service.engine.checks.writes import form_of, of_script
from service.engine.model import Element

if TYPE_CHECKING:
    from service.engine.checks.view import BundleView


def written_in(view: "BundleView") -> frozenset[str]:
    """The names of all variables that the processes of a bundle set or are given, a round's own among them."""
    found: set[str | None] = set()
    for process in view.all_processes:
        found |= {*(process.inputs or ()), *process.data_objects.values()}
        for element in process.elements:
            found |= set(_of(view.bundle, element))
    return frozenset(name for name in found if name)


def _of(bundle: Bundle, element: Element) -> Iterator[str | None]:
    yield element.variable
    yield from (event.variable for event in element.events)
    for script in (element.pre_script, element.post_script, element.script):
        yield from (write.name for write in of_script(script))
    if element.operation is not None:
        yield element.operation.result
    if element.loop is not None:
        yield from (element.loop.item, element.loop.result, element.loop.output)
    form = form_of(bundle, element) if element.kind in ("userTask", "startEvent") else None
    yield from form.fields if form else ()
