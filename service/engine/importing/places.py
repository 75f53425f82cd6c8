"""Where expressions stand in a BPMN file."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from service.engine.reading.vocabulary import BPMN, SPIFF
from service.engine.translating import (
    Untranslatable,
    condition_to_feel,
    script_to_feel,
    template_to_feel,
    timer_to_feel,
    to_feel,
)

_UNREAD = re.compile(r"groovy|javascript|ecmascript|\bjs\b|xpath|java|ruby|mvel|sql", re.IGNORECASE)

Translate = Callable[[str, Mapping[str, str]], str]

_TEXTS: dict[tuple[str, str], Translate] = {
    (BPMN, "conditionExpression"): condition_to_feel,
    (BPMN, "condition"): condition_to_feel,
    (BPMN, "completionCondition"): condition_to_feel,
    (BPMN, "loopCondition"): condition_to_feel,
    (BPMN, "loopCardinality"): to_feel,
    (BPMN, "messagePath"): to_feel,
    (BPMN, "timeDate"): timer_to_feel,
    (BPMN, "timeDuration"): timer_to_feel,
    (BPMN, "timeCycle"): timer_to_feel,
    (BPMN, "script"): script_to_feel,
    (SPIFF, "preScript"): script_to_feel,
    (SPIFF, "postScript"): script_to_feel,
    (SPIFF, "instructionsForEndUser"): template_to_feel,
    (SPIFF, "messagePayload"): to_feel,
    (SPIFF, "payloadExpression"): to_feel,
    (SPIFF, "expression"): to_feel,
}


@dataclass(frozen=True, slots=True)
class Place:
    """One expression: the node it stands in, the attribute (None: the text), and how it is translated."""

    node: etree._Element
    attribute: str | None
    translate: Translate

    @property
    def name(self) -> str:
        """The name of the place, as a report says it."""
        name = str(etree.QName(self.node).localname)
        return f"{name} {self.node.get('id', '')}".strip() if self.attribute else name

    @property
    def text(self) -> str:
        """What stands there."""
        return (self.node.get(self.attribute, "") if self.attribute else self.node.text) or ""

    @property
    def element(self) -> str | None:
        """The id of the BPMN element that the place belongs to."""
        node = self.node
        while node is not None:
            name = etree.QName(node)
            if name.namespace == BPMN and node.get("id") and not name.localname.endswith("EventDefinition"):
                return str(node.get("id"))
            node = node.getparent()
        return None

    @property
    def language(self) -> str:
        """The language that the file says the text is in; nothing where it says none."""
        parent = self.node.getparent()
        return self.node.get("language") or (parent.get("scriptFormat") if parent is not None else None) or ""

    def translated(self, types: Mapping[str, str]) -> str:
        """The text in FEEL. Raises Untranslatable: another language may look like one of those that are read."""
        if _UNREAD.search(self.language):
            raise Untranslatable(f"It is written in {self.language[:40]}; Python and JUEL are read here")
        return self.translate(self.text, types)

    def unsay_language(self) -> None:
        """Take away what the file says of the text's language."""
        parent = self.node.getparent()
        self.node.attrib.pop("language", None)
        if parent is not None:
            parent.attrib.pop("scriptFormat", None)

    def put(self, text: str) -> None:
        """Write another text there."""
        if self.attribute:
            self.node.set(self.attribute, text)
        else:
            self.node.text = text


def places(root: etree._Element) -> Iterator[Place]:
    """The expressions of a file that are not empty, in its order."""
    for node in root.iter("{*}*"):
        name = etree.QName(node)
        key = (name.namespace or "", name.localname)
        place = None
        if key in _TEXTS:
            place = Place(node, None, _TEXTS[key])
        elif key == (SPIFF, "parameter"):
            place = Place(node, "value", to_feel)
        elif key == (BPMN, "formalExpression") and _retrieves(node):
            place = Place(node, None, to_feel)
        if place is not None and place.text.strip():
            yield place


def _retrieves(node: etree._Element) -> bool:
    parent = node.getparent()
    return parent is not None and etree.QName(parent).localname == "correlationPropertyRetrievalExpression"
