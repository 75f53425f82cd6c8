"""What an attribute of BPMN says is done, or refused: none is ignored."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView

_SAID = {
    "behavior": say(
        "A multi-instance goes on when all its rounds are over, and throws no event before. Remove 'behavior'; to end it early, write a completion condition."
    ),
    "completionQuantity": say(
        "Numbers of tokens are not counted. Use a parallel gateway or a multi-instance activity."
    ),
    "eventGatewayType": say(
        "An event-based gateway goes on with the first event. To wait for all of them, use a parallel gateway."
    ),
    "instantiate": say("Only a start event starts a process. Put a message start event before it."),
    "isForCompensation": say("Compensation is not run, so that this would never happen. Draw the way back as a flow."),
    "isImmediate": say("A token goes along a flow at once, always. Draw what it should wait for."),
    "loopMaximum": say("The maximum of a loop is a whole number. Write one."),
    "operationRef": say(
        "Operations of web services are not called. Name an operation of the service (serviceTaskOperator), or a message."
    ),
    "parallelMultiple": say("An event that waits for several things at once cannot be run. Use a parallel gateway."),
    "startQuantity": say("Numbers of tokens are not counted. Use a parallel gateway or a multi-instance activity."),
}
# Said of a text or a tool: what is run shows in other findings.
_ELSEWHERE = {
    "implementation": say(
        "How this is carried out is not read from 'implementation'. Name an operation, a decision or a form."
    ),
    "language": say("Every expression is read as FEEL, whatever 'language' says."),
    "scriptFormat": say("Every script is read as lines of FEEL, whatever 'scriptFormat' says."),
}


def find(view: ProcessView) -> Iterator[Found]:
    """Attributes that ask for something that is not done, or have no value that can be read."""
    for element, name in dict.fromkeys(view.process.passed_over):
        attribute = name.removeprefix("@")
        if attribute == name:
            continue
        if attribute in _ELSEWHERE:
            yield Found(element, _ELSEWHERE[attribute], "warning")
        else:
            message = say(
                "'%(attribute)s' has no value that is understood here, and would be ignored. Remove it.",
                attribute=attribute,
            )
            yield Found(element, _SAID.get(attribute, message))
