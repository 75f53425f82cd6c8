"""What a file says and our reading does not take in: listed, so that nothing is ignored in silence."""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from service.engine.reading.data import variable_names
from service.engine.reading.vocabulary import EVENTS, GATEWAYS, NODES, TASKS, children, kind, local, tag
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
# Attributes that are read, or say nothing to a running case: names, types, drawing, what other tools note.
_READ = {
    "activityRef",
    "associationDirection",
    "attachedToRef",
    "calledElement",
    "cancelRemainingInstances",
    "capacity",
    "categoryValueRef",
    "dataObjectRef",
    "dataStoreRef",
    "default",
    "definitionalCollaborationRef",
    "errorCode",
    "errorRef",
    "escalationCode",
    "escalationRef",
    "evaluatesToTypeRef",
    "exporter",
    "exporterVersion",
    "gatewayDirection",
    "id",
    "implementationRef",
    "importType",
    "isClosed",
    "isCollection",
    "isRequired",
    "isUnlimited",
    "itemKind",
    "itemRef",
    "itemSubjectRef",
    "location",
    "maximum",
    "messageRef",
    "method",
    "minimum",
    "name",
    "namespace",
    "ordering",
    "parameterRef",
    "partitionElementRef",
    "processRef",
    "processType",
    "protocol",
    "signalRef",
    "sourceRef",
    "structureRef",
    "targetNamespace",
    "targetRef",
    "textFormat",
    "type",
    "typeLanguage",
    "value",
    "waitForCompletion",
}
_BOOLEAN = "true|false|1|0"
_FEEL = r"|.*\bfeel\b.*|.*/FEEL/"
# Attributes that change what runs, with the values that mean what is done here.
_MEANT = {
    "behavior": "all",
    "cancelActivity": _BOOLEAN,
    "completionQuantity": "1",
    "eventGatewayType": "exclusive",
    "expressionLanguage": rf".*/XPath{_FEEL}",
    "implementation": "|#*(unspecified|webservice|other)",
    "instantiate": "false|0",
    "isExecutable": _BOOLEAN,
    "isForCompensation": "false|0",
    "isImmediate": "true|1",
    "isInterrupting": _BOOLEAN,
    "isSequential": _BOOLEAN,
    "language": _FEEL,
    "loopMaximum": r"\d{1,9}",
    "parallelMultiple": "false|0",
    "scriptFormat": _FEEL,
    "startQuantity": "1",
    "testBefore": _BOOLEAN,
    "triggeredByEvent": _BOOLEAN,
}
# Of these an element has one: of two, one would never be looked at.
_ONE_OF = (
    {"multiInstanceLoopCharacteristics", "standardLoopCharacteristics"},
    {"timeCycle", "timeDate", "timeDuration"},
    {"completionCondition"},
    {"condition"},
    {"conditionExpression"},
    {"inputDataItem"},
    {"ioSpecification"},
    {"loopCardinality"},
    {"loopCondition"},
    {"loopDataInputRef"},
    {"loopDataOutputRef"},
    {"outputDataItem"},
    {"script"},
)
_LEAVES = TASKS | EVENTS | GATEWAYS | {"callActivity", "sequenceFlow"}


def passed_over(root: etree._Element) -> tuple[tuple[str, str], ...]:
    """What is passed over within `root`, in the order of the file: (id of the element of the drawing that it belongs
    to, what it is). That is the BPMN name of an element, `@` and the name of an attribute, `2` and the name of an
    element that stands there although another does, or `=` and the name of a data association that renames."""
    names = variable_names(root)
    return tuple(found for element in own_elements(root) for found in _passed_over(element, names))


def attributes_passed_over(element: etree._Element) -> Iterator[tuple[str, str]]:
    """The attributes of one element that say what is not done."""
    for attribute, value in element.attrib.items():
        if etree.QName(attribute).namespace is None and attribute not in _READ:
            meant = _MEANT.get(attribute)
            if meant is None or not re.fullmatch(meant, value.strip(), re.IGNORECASE):
                yield _place(element), f"@{attribute}"


def _passed_over(element: etree._Element, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    name = kind(element) or ""
    of_event = name in ("dataInput", "dataOutput") and kind(element.getparent()) in EVENTS
    if of_event or (name not in _TAKEN and not name.endswith("EventDefinition")):
        yield _place(element), name
    elif name.endswith("Association") and _renames(element, names):
        yield _place(element), f"={name}"
    yield from attributes_passed_over(element)
    inside = [kind(inner) for inner in element.iterchildren(tag("*"))]
    for group in _ONE_OF:
        for second in [it for it in inside if it in group][1:]:
            yield _place(element), f"2{second}"


def _renames(association: etree._Element, names: Mapping[str, str]) -> bool:
    """Whether a data association gives a value another name. An activity's `property` has none: editors draw to it."""
    ends = [local(end.text) or "" for end in children(association, "sourceRef", "targetRef")]
    known = {names[end] for end in ends if end in names and not names[end].startswith("__")}
    return len(known) > 1


def _place(element: etree._Element) -> str:
    """The id of the node or flow that an element is part of; of what is in none, the nearest id."""
    around = [element, *element.iterancestors()]
    leaf = next((it for it in around if kind(it) in _LEAVES), None)
    if leaf is None and (kind(element) or "").endswith(("LoopCharacteristics", "Association")):
        leaf = element.getparent()
    found = [leaf] if leaf is not None and leaf.get("id") else around
    return next((str(it.get("id")) for it in found if it.get("id")), "")
