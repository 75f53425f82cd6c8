"""The variables of a process, as far as the bundle says what sets them."""

from typing import TYPE_CHECKING

from service.domain.bundles import Bundle
from service.engine.checks.acts import Acts
from service.engine.checks.writes import form_of
from service.engine.model import Element

if TYPE_CHECKING:
    from service.engine.checks.view import ProcessView


def written(view: "ProcessView", element: Element) -> frozenset[str]:
    """The variables that an activity or event leaves set, as far as the bundle says."""
    acts, loop = Acts.of(view, element), element.loop
    called = view.whole.around.processes.get(element.called or "")
    # Which variables a called process changes that does not name its outputs is not known before.
    body = () if element.called and (called is None or called.outputs is None) else acts.body
    if loop is not None:
        # A round's own variables stay in it; beside a list of results, rounds side by side leave nothing else.
        own = {loop.item, loop.output}
        gathered = loop.kind == "parallel" and loop.result is not None
        body = () if gathered else tuple(write for write in body if write.name not in own)
    writes = (*acts.pre, *body, *acts.result, *acts.post)
    return frozenset(write.name for write in writes if write.name is not None)


def form_fields(bundle: Bundle, element: Element) -> set[str]:
    """The names of the fields of an element's form, whatever they depend on; none where it has no form that can be
    read."""
    form = form_of(bundle, element)
    return set() if form is None else set(form.fields)


def names_with_signs(view: "ProcessView") -> frozenset[str]:
    """The names in scope that are no plain words: the lexer must be told them."""
    around, process = view.whole.around, view.process
    found = {*around.processes[process.id].writes, *around.brought(process.id)[0], *process.data_objects.values()}
    found |= {name for it in process.elements for name in around.handed(it.called or "") or ()}
    asked = (around.decisions.get(it.decision or "") for it in process.elements)
    found |= {name for decision in asked if decision for name in decision.outputs}
    found |= {it.loop.item for it in process.elements if it.loop and it.loop.item}
    return frozenset(name for name in found if not name.isidentifier())
