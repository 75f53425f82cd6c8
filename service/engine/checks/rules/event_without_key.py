"""A message with correlation keys is found by them only where the event that takes it says with which values it waits."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView, label
from service.engine.model import Element

CATCHING = frozenset({"intermediateCatchEvent", "boundaryEvent", "receiveTask"})
THROWING = frozenset({"intermediateThrowEvent", "endEvent", "sendTask"})


def find(view: ProcessView) -> Iterator[Found]:
    """Events that wait for such a message with no value of their own, where nothing in the process gives them one: neither a
    message that it throws with the same key, nor another event that waits with values."""
    keys = {message.name: set(message.correlations) for message in view.diagram.messages if message.correlations}
    thrown: set[str] = set()
    for element in view.process.elements:
        for event in element.events if element.kind in THROWING else ():
            thrown |= keys.get(event.name or "", set()) if event.kind == "message" else set()
    for element in view.process.elements:
        for event in element.events if element.kind in CATCHING else ():
            if event.kind != "message" or event.correlations or event.name not in keys:
                continue
            if keys[event.name] & thrown or _another_knows(view, element):
                continue
            names = ", ".join(sorted(keys[event.name]))
            message = say(
                "'%(node)s' is never found by a correlation key (%(keys)s): nothing says which value its case waits with. Say so "
                "at the event (spiffworkflow:processVariableCorrelation), or take the key from the message.",
                node=label(element),
                keys=names,
            )
            yield Found(element.id, message)


def _another_knows(view: ProcessView, here: Element) -> bool:
    """Whether another event of the process waits with values: what it takes may bring the key along."""
    return any(
        event.correlations
        for element in view.process.elements
        for event in element.events
        if element is not here and element.kind in CATCHING
    )
