"""An event of a kind that cannot be run in its place is refused; the library would take it for a plain one."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import EVENTS, Found, ProcessView, label
from service.engine.model import Element

_CATCH = {"message", "signal", "timer", "conditional"}
_ALLOWED = {
    "startEvent": _CATCH,
    "intermediateCatchEvent": _CATCH,
    "intermediateThrowEvent": {"message", "signal", "escalation"},
    "endEvent": {"message", "signal", "error", "escalation", "terminate"},
    "boundaryEvent": _CATCH | {"error", "escalation"},
}
_NEEDS_ONE = {"intermediateCatchEvent", "boundaryEvent"}


def find(view: ProcessView) -> Iterator[Found]:
    """Events with a definition that is not run there, with several, or with none where one is needed."""
    for element in view.process.elements:
        if element.kind in EVENTS:
            message = _fault(view, element)
            if message:
                yield Found(element.id, message)


def _fault(view: ProcessView, element: Element) -> str | None:
    kinds = [event.kind for event in element.events]
    if len(kinds) > 1:
        return say(
            "'%(node)s' has %(count)s triggers, which cannot be run. Draw an event for each.",
            node=label(element),
            count=len(kinds),
        )
    if not kinds:
        missing = element.kind in _NEEDS_ONE
        return (
            say("'%(node)s' says nothing to wait for, so a case would never pass. Choose one.", node=label(element))
            if missing
            else None
        )
    kind, scope = kinds[0], view.nodes.get(element.scope)
    if element.kind == "startEvent" and scope is not None and not scope.triggered_by_event:
        return say(
            "A sub-process begins when its token comes; the %(kind)s of '%(node)s' never would. Remove it.",
            kind=kind,
            node=label(element),
        )
    if kind not in _ALLOWED[element.kind] and not (scope is not None and scope.triggered_by_event):
        return say(
            "The %(kind)s of '%(node)s' cannot be run there, and would be passed in silence. Redraw it.",
            kind=kind,
            node=label(element),
        )
    if element.kind == "boundaryEvent" and kind == "error" and not element.interrupting:
        return say(
            "An error always ends the activity; '%(node)s' says that it goes on. Make it interrupting.",
            node=label(element),
        )
    return None
