"""Whatever refers to something by id must find it in the file."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView, label
from service.engine.model import EventDefinition

_NAMED = {"message", "signal"}


def find(view: ProcessView) -> Iterator[Found]:
    """Flows, default flows, events and lanes that point at nothing."""
    for flow in view.process.flows:
        if flow.source not in view.nodes:
            message = say(
                "The flow begins at '%(name)s', which is not in the process. Draw it again.", name=flow.source
            )
            yield Found(flow.id, message)
        if flow.target not in view.nodes:
            message = say("The flow ends at '%(name)s', which is not in the process. Draw it again.", name=flow.target)
            yield Found(flow.id, message)
    for element in view.process.elements:
        if element.default and element.default not in element.outgoing:
            wrong = say(
                "The default flow '%(name)s' does not leave '%(node)s'. Choose one that does.",
                name=element.default,
                node=label(element),
            )
            yield Found(element.id, wrong)
        for event in element.events:
            if missing := _event(label(element), event):
                yield Found(element.id, missing)
    for lane in view.process.lanes:
        for member in lane.members:
            if member not in view.nodes:
                gone = say("The lane names '%(name)s', which is not in the process. Draw it again.", name=member)
                yield Found(lane.id, gone, "warning")


def _event(node: str, event: EventDefinition) -> str | None:
    if event.ref and event.name is None and event.kind in (*_NAMED, "error", "escalation"):
        return say(
            "'%(node)s' refers to the %(kind)s '%(name)s', which is not in the file, or has no name. Add it.",
            node=node,
            kind=event.kind,
            name=event.ref,
        )
    if event.kind in _NAMED and not event.name:
        return say("'%(node)s' names no %(kind)s. Choose one.", node=node, kind=event.kind)
    return None
