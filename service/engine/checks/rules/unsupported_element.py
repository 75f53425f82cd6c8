"""Every element of BPMN that stands in a process is run as it says, or refused: none is ignored."""

from collections.abc import Iterator

from service.engine.checks.view import Fault, ProcessView, named

_KINDS = {
    "complexGateway": "A complex gateway cannot be run. Use exclusive, inclusive or parallel gateways.",
    "transaction": "A transaction cannot be run, since nothing would be undone. Draw a sub-process and the way back.",
    "adHocSubProcess": "An ad-hoc sub-process cannot be run. Draw the order of its tasks, or a loop around them.",
    "choreographyTask": "Choreographies cannot be run. Draw a process for each participant.",
    "subChoreography": "Choreographies cannot be run. Draw a process for each participant.",
    "callChoreography": "Choreographies cannot be run. Draw a process for each participant.",
    "event": "An event without a place in the flow cannot be run. Use a start, end, boundary or intermediate event.",
    "implicitThrowEvent": "An implicit throw event cannot be run. Use an intermediate throw event.",
}
_PASSED_OVER = {
    "dataStoreReference": "Data stores are not read or written. Keep the value in a variable, or call an operation.",
    "eventDefinitionRef": "Shared event definitions are not read. Put the event definition into the event itself.",
    "@isForCompensation": "Compensation is not run, so that this would never happen. Draw the way back as a flow.",
    "@instantiate": "Only a start event starts a process. Put a message start event before it.",
    "@parallelMultiple": "An event that waits for several things at once cannot be run. Use a parallel gateway.",
    "@startQuantity": "Numbers of tokens are not counted. Use a parallel gateway or a multi-instance activity.",
    "@completionQuantity": "Numbers of tokens are not counted. Use a parallel gateway or a multi-instance activity.",
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


def find(view: ProcessView) -> Iterator[Fault]:
    """Kinds of nodes that cannot be run, event sub-processes, and whatever the reading passed over."""
    for element in view.process.elements:
        if element.kind in _KINDS:
            yield Fault(element.id, _KINDS[element.kind])
        elif element.triggered_by_event:
            message = (
                f"The event sub-process {named(element)} would not end what it should interrupt. "
                "Put the work into a sub-process with a boundary event."
            )
            yield Fault(element.id, message)
    told: set[tuple[str, str]] = set()
    for element_id, name in view.process.passed_over:
        place = (element_id, "people" if name in _PEOPLE else name)
        if place in told:
            continue
        told.add(place)
        if name in _PEOPLE:
            message = "Who may do this is said in a way that is not read. Use a lane, or the property candidateRole."
            yield Fault(element_id, message, "warning")
        else:
            message = f"'{name.removeprefix('@')}' is not understood, and would be ignored. Remove it."
            yield Fault(element_id, _PASSED_OVER.get(name, message))
