"""What the parts of a drawing are called by those who read and draw it."""

from service.web.i18n import gettext, pgettext


def kinds() -> dict[str, str]:
    """A word for each kind of element, by its BPMN name."""
    return {
        "process": gettext("Process"),
        "collaboration": gettext("Process"),
        "participant": gettext("Pool"),
        "lane": gettext("Lane"),
        "task": gettext("Task"),
        "userTask": gettext("Task for a person"),
        "manualTask": gettext("Task without a form"),
        "scriptTask": gettext("Calculation"),
        "serviceTask": gettext("Operation"),
        "businessRuleTask": gettext("Decision table"),
        "sendTask": gettext("Send a message"),
        "receiveTask": gettext("Wait for a message"),
        "callActivity": gettext("Another process"),
        "subProcess": gettext("Sub-process"),
        "exclusiveGateway": gettext("Choice"),
        "parallelGateway": gettext("All ways"),
        "inclusiveGateway": gettext("One or more ways"),
        "eventBasedGateway": gettext("Whatever comes first"),
        "startEvent": gettext("Start"),
        "endEvent": gettext("End"),
        "intermediateCatchEvent": gettext("Wait"),
        "intermediateThrowEvent": gettext("Event"),
        "boundaryEvent": gettext("Event on the edge"),
        "sequenceFlow": gettext("Flow"),
        "messageFlow": gettext("Message flow"),
        "association": gettext("Line to a note"),
        "textAnnotation": pgettext("in a drawing", "Note"),
        "dataObjectReference": gettext("Data"),
        "group": gettext("Group"),
    }


def events() -> dict[str, str]:
    """A word for what an event waits for or throws, by the name of its definition."""
    return {
        "timer": gettext("a time"),
        "message": gettext("a message"),
        "signal": gettext("a signal"),
        "error": gettext("an error"),
        "escalation": gettext("an escalation"),
        "conditional": gettext("a condition"),
        "terminate": gettext("the end of everything"),
    }


def kind(name: str) -> str:
    """The word for one kind; its BPMN name where there is none."""
    return kinds().get(name, name)
