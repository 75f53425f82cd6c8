"""What a file says and our reading does not take in: listed, so that nothing is ignored in silence."""

from collections.abc import Iterator

from lxml import etree

from service.engine.reading.vocabulary import NODES, kind
from service.engine.xml import own_elements

# Understood, or of no meaning for a running case: text, drawing, who-may-do-what in BPMN's own words (lanes are ours).
_TAKEN = NODES | {
    "artifact",
    "association",
    "auditing",
    "categoryValue",
    "category",
    "childLaneSet",
    "collaboration",
    "completionCondition",
    "condition",
    "conditionExpression",
    "correlationKey",
    "correlationProperty",
    "correlationPropertyRef",
    "correlationPropertyRetrievalExpression",
    "dataInput",
    "dataInputAssociation",
    "dataInputRefs",
    "dataObject",
    "dataObjectReference",
    "dataOutput",
    "dataOutputAssociation",
    "dataOutputRefs",
    "dataState",
    "definitions",
    "documentation",
    "error",
    "escalation",
    "extensionElements",
    "flowNodeRef",
    "formalExpression",
    "group",
    "import",
    "incoming",
    "inputDataItem",
    "inputSet",
    "ioSpecification",
    "itemDefinition",
    "lane",
    "laneSet",
    "loopCardinality",
    "loopCondition",
    "loopDataInputRef",
    "loopDataOutputRef",
    "message",
    "messageFlow",
    "messageFlowRef",
    "messagePath",
    "monitoring",
    "multiInstanceLoopCharacteristics",
    "outgoing",
    "outputDataItem",
    "outputSet",
    "participant",
    "participantMultiplicity",
    "process",
    "property",
    "script",
    "sequenceFlow",
    "signal",
    "sourceRef",
    "standardLoopCharacteristics",
    "targetRef",
    "text",
    "textAnnotation",
    "timeCycle",
    "timeDate",
    "timeDuration",
}
# Attributes that change what runs, with the values that change nothing.
_ATTRIBUTES = {
    "completionQuantity": ("1",),
    "instantiate": ("false",),
    "isForCompensation": ("false",),
    "parallelMultiple": ("false",),
    "startQuantity": ("1",),
}


def passed_over(root: etree._Element) -> tuple[tuple[str, str], ...]:
    """(id of the nearest element that has one, BPMN name or `@attribute`) within `root`, in the order of the file."""
    return tuple(_passed_over(root))


def _passed_over(root: etree._Element) -> Iterator[tuple[str, str]]:
    for element in own_elements(root):
        name = kind(element) or ""
        if name not in _TAKEN and not name.endswith("EventDefinition"):
            yield _nearest_id(element), name
        for attribute, harmless in _ATTRIBUTES.items():
            if element.get(attribute, harmless[0]) not in harmless:
                yield _nearest_id(element), f"@{attribute}"


def _nearest_id(element: etree._Element) -> str:
    while element is not None:
        if element.get("id"):
            return str(element.get("id"))
        element = element.getparent()
    return ""
