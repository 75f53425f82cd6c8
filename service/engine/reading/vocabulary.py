"""Namespaces, the kinds of flow nodes, and the small readers that the other files share."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from service.engine.xml import XMLRefused

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"

TASKS = frozenset(
    {"task", "userTask", "manualTask", "scriptTask", "serviceTask", "businessRuleTask", "sendTask", "receiveTask"}
)
SUBPROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"})
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
CHOREOGRAPHY = frozenset({"choreographyTask", "subChoreography", "callChoreography", "event", "implicitThrowEvent"})
NODES = TASKS | SUBPROCESSES | GATEWAYS | EVENTS | CHOREOGRAPHY | {"callActivity"}

# A name as XML knows it, with the prefix that a QName may carry. Other tools build XPath
# from references, so that a quotation mark in one would be code there.
_NAME = re.compile(r"(?:[^\W\d][\w.·-]*:)?[^\W\d][\w.·-]*")
_REFERENCES = frozenset(
    {
        "id",
        "sourceRef",
        "targetRef",
        "attachedToRef",
        "default",
        "messageRef",
        "signalRef",
        "errorRef",
        "escalationRef",
        "dataObjectRef",
        "dataStoreRef",
        "processRef",
        "calledElement",
    }
)
_REFERENCE_ELEMENTS = frozenset(
    {
        "incoming",
        "outgoing",
        "flowNodeRef",
        "sourceRef",
        "targetRef",
        "dataInputRefs",
        "dataOutputRefs",
        "correlationPropertyRef",
    }
)


class Extensions(NamedTuple):
    """What an element's `extensionElements` say in the spiffworkflow namespace."""

    texts: dict[str, str]
    properties: dict[str, str]
    operator: etree._Element | None


def tag(name: str, namespace: str = BPMN) -> str:
    """The name as lxml writes it."""
    return f"{{{namespace}}}{name}"


def kind(element: etree._Element) -> str | None:
    """The BPMN local name of an element, or None for an element of another language."""
    name = etree.QName(element)
    return str(name.localname) if name.namespace == BPMN else None


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The BPMN children with one of these names, in the order of the file."""
    yield from element.iterchildren(*(tag(name) for name in names))


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first BPMN child with that name."""
    return next(children(element, name), None)


def child_text(element: etree._Element, name: str) -> str | None:
    """The text of the first BPMN child with that name: None without one, "" for an empty one."""
    found = child(element, name)
    return None if found is None else (found.text or "")


def local(reference: str | None) -> str | None:
    """A reference without the prefix of its QName, and None for an empty one."""
    return (reference or "").strip().rpartition(":")[2] or None


def flag(element: etree._Element, name: str, *, default: bool = False) -> bool:
    """A Boolean attribute, as XML Schema writes it."""
    return element.get(name, str(default)).strip().lower() in ("true", "1")


def extensions(element: etree._Element) -> Extensions:
    """The spiffworkflow extensions of an element, by name."""
    found = Extensions({}, {}, None)
    holder = child(element, "extensionElements")
    for entry in () if holder is None else holder.iterchildren(tag("*", SPIFF)):
        name = etree.QName(entry).localname
        if name == "properties":
            for item in entry.iterchildren(tag("property", SPIFF)):
                found.properties[item.get("name", "")] = item.get("value", "")
        elif name == "serviceTaskOperator":
            found = found._replace(operator=entry)
        else:
            found.texts[name] = entry.text or ""
    return found


def refuse_bad_names(root: etree._Element) -> None:
    """Raises XMLRefused where an id, or a reference to one, is not a name."""
    for element in root.iter(tag("*")):
        values = [(name, value) for name, value in element.attrib.items() if name in _REFERENCES and value]
        if kind(element) in _REFERENCE_ELEMENTS and element.text:
            values.append((etree.QName(element).localname, element.text.strip()))
        for name, value in values:
            if not _NAME.fullmatch(value.strip()):
                raise XMLRefused(
                    "bad-reference",
                    f"'{value[:60]}' (line {element.sourceline}) cannot be the {name} of anything: "
                    "use letters, digits, '_', '-' and '.', beginning with a letter.",
                    element=element.get("id"),
                    line=element.sourceline,
                )
