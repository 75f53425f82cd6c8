"""Every element of BPMN that stands in a process is run as it says, or refused: none is ignored."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView, label

_KINDS = {
    "complexGateway": say("A complex gateway cannot be run. Use exclusive, inclusive or parallel gateways."),
    "transaction": say(
        "A transaction cannot be run, since nothing would be undone. Draw a sub-process and the way back."
    ),
    "adHocSubProcess": say("An ad-hoc sub-process cannot be run. Draw the order of its tasks, or a loop around them."),
    "choreographyTask": say("Choreographies cannot be run. Draw a process for each participant."),
    "subChoreography": say("Choreographies cannot be run. Draw a process for each participant."),
    "callChoreography": say("Choreographies cannot be run. Draw a process for each participant."),
    "event": say(
        "An event without a place in the flow cannot be run. Use a start, end, boundary or intermediate event."
    ),
    "implicitThrowEvent": say("An implicit throw event cannot be run. Use an intermediate throw event."),
}
_PASSED_OVER = {
    "dataStoreReference": say(
        "Data stores are not read or written. Keep the value in a variable, or call an operation."
    ),
    "eventDefinitionRef": say("Shared event definitions are not read. Put the event definition into the event itself."),
    "dataInput": say("What an event throws is its payload (messagePayload); a data input of its own is not read."),
    "dataOutput": say(
        "What an event brings goes to its variable (messageVariable); a data output of its own is not read."
    ),
}
# Who may do a task, said in BPMN's own words: harmless, but nobody reads it.
_PEOPLE = {
    "potentialOwner",
    "humanPerformer",
    "performer",
    "resourceRole",
    "resourceRef",
    "resourceAssignmentExpression",
    "resourceParameterBinding",
}


def find(view: ProcessView) -> Iterator[Found]:
    """Kinds of nodes that cannot be run, event sub-processes, and the elements that the reading passed over."""
    for element in view.process.elements:
        if element.kind in _KINDS:
            yield Found(element.id, _KINDS[element.kind])
        elif element.triggered_by_event:
            message = say(
                "The event sub-process '%(node)s' would not end what it should interrupt. Put the work into a sub-process with a boundary event.",
                node=label(element),
            )
            yield Found(element.id, message)
    told: set[tuple[str, str]] = set()
    for element_id, name in view.process.passed_over:
        if not name.isidentifier():
            continue
        place = (element_id, "people" if name in _PEOPLE else name)
        if place in told:
            continue
        told.add(place)
        if name in _PEOPLE:
            message = say(
                "Who may do this is said in a way that is not read. Use a lane, or the property candidateRole."
            )
            yield Found(element_id, message, "warning")
        else:
            message = say("'%(name)s' is not understood, and would be ignored. Remove it.", name=name)
            yield Found(element_id, _PASSED_OVER.get(name, message))
