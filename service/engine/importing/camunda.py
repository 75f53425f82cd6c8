"""What Camunda 7 (and Flowable, and Activiti, which it stems from) writes into a diagram in words of its own.

What has an equal is put in our words: the list that an activity goes through, due dates, the decision that is called, a
single group that may do a task. What calls Java is left. All else has no meaning here and is taken away. Nothing of it
happens in silence: each is a change or is left, with its reason.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from service.engine.importing.report import Change, Left
from service.engine.reading.vocabulary import BPMN, SPIFF, tag
from service.engine.translating import Untranslatable, timer_to_feel, to_feel

_NAMESPACES = ("http://camunda.org/schema/1.0/bpmn", "http://activiti.org/bpmn", "http://flowable.org/bpmn")
_JAVA = {
    "class": "It runs a class of Java; call an operation",
    "delegateExpression": "It runs a bean of Java; call an operation",
    "expression": "It calls Java; call an operation",
    "type": "It waits for a worker of Camunda's; call an operation",
    "connector": "It calls a connector of Camunda's; call an operation",
    "executionListener": "It runs Java or a script beside the element; write a pre- or post-script",
    "taskListener": "It runs Java or a script beside the task; write a pre- or post-script",
    "inputOutput": "It sets variables before and after; write a pre- or post-script",
    "in": "It names what goes into the call; an `ioSpecification` of the called process does",
    "out": "It names what comes out of the call; an `ioSpecification` of the called process does",
    "caseRef": "It calls a case of CMMN, which is not run here",
}
_BEFORE_ITEMS = ("documentation", "extensionElements", "loopCardinality", "loopDataInputRef", "loopDataOutputRef")


class Said(NamedTuple):
    """One thing that was said in another engine's words: where, what it says, and how to say it here."""

    node: etree._Element
    word: str
    text: str


def adopt(file: str, root: etree._Element, types: Mapping[str, str]) -> Iterator[Change | Left]:
    """Puts the words of other engines into ours, in place, and tells of each."""
    for said in list(_said(root)):
        element = _owner(said.node)
        place = f"camunda:{said.word}"
        if said.word in _JAVA:
            yield Left(file, element, place, said.text, _JAVA[said.word])
            continue
        try:
            after = _ADOPTED.get(said.word, _dropped)(said, types)
        except Untranslatable as reason:
            yield Left(file, element, place, said.text, str(reason))
            continue
        _remove(said)
        yield Change(file, element, place, said.text, after)


def _said(root: etree._Element) -> Iterator[Said]:
    for node in root.iter("{*}*"):
        for attribute, value in node.attrib.items():
            name = etree.QName(attribute)
            if name.namespace in _NAMESPACES:
                yield Said(node, str(name.localname), value)
        parent = node.getparent()
        if parent is not None and parent.tag == tag("extensionElements"):
            name = etree.QName(node)
            if name.namespace in _NAMESPACES:
                yield Said(node, str(name.localname), etree.tostring(node, encoding="unicode", with_tail=False)[:200])


def _owner(node: etree._Element) -> str | None:
    """The id of the BPMN element of the drawing that a node belongs to."""
    for around in (node, *node.iterancestors(tag("*"))):
        name = etree.QName(around)
        if name.namespace == BPMN and around.get("id") and not name.localname.endswith("Characteristics"):
            return str(around.get("id"))
    return None


def _remove(said: Said) -> None:
    for namespace in _NAMESPACES:
        attribute = tag(said.word, namespace)
        if attribute in said.node.attrib:
            del said.node.attrib[attribute]
            return
    parent = said.node.getparent()
    if parent is not None:
        parent.remove(said.node)


def _dropped(_: Said, __: Mapping[str, str]) -> str:
    """It means nothing here."""
    return ""


def _collection(said: Said, types: Mapping[str, str]) -> str:
    """The list that a multi-instance activity goes through, which we know by its variable's name."""
    name = to_feel(said.text, types)
    if not name.isidentifier():
        raise Untranslatable("What is gone through has a name in BPMN; set a variable to it in a script before")
    reference = etree.Element(tag("loopDataInputRef"))
    reference.text = name
    _insert(said.node, reference)
    return name


def _element_variable(said: Said, _: Mapping[str, str]) -> str:
    """The name that each of the list has while its turn lasts."""
    item = etree.Element(tag("inputDataItem"), id=f"{_owner(said.node)}_{said.text}", name=said.text)
    _insert(said.node, item)
    return said.text


def _insert(loop: etree._Element, child: etree._Element) -> None:
    """Puts a child of a loop where the standard wants it."""
    before = [tag(name) for name in _BEFORE_ITEMS]
    loop.insert(sum(node.tag in before for node in loop), child)


def _decision(said: Said, _: Mapping[str, str]) -> str:
    if "{" in said.text:
        raise Untranslatable("Which decision is called is reckoned; name it")
    etree.SubElement(_extensions(said.node), tag("calledDecisionId", SPIFF)).text = said.text
    return said.text


def _group(said: Said, _: Mapping[str, str]) -> str:
    """A single group is the role that may do the task; of several, or one that is reckoned, nothing can be made."""
    if "{" in said.text or "," in said.text:
        return ""
    return _property(said.node, "candidateRole", said.text.strip())


def _moment(name: str) -> Callable[[Said, Mapping[str, str]], str]:
    return lambda said, types: _property(said.node, name, timer_to_feel(said.text, types))


def _priority(said: Said, types: Mapping[str, str]) -> str:
    return _property(said.node, "priority", to_feel(said.text, types))


def _binding(said: Said, _: Mapping[str, str]) -> str:
    if said.text not in {"latest", "deployment"}:
        raise Untranslatable("A call is bound to the version in force, or to the one that was deployed with it")
    return _property(said.node, "binding", said.text)


def _property(node: etree._Element, name: str, value: str) -> str:
    extensions = _extensions(node)
    properties = extensions.find(tag("properties", SPIFF))
    if properties is None:
        properties = etree.SubElement(extensions, tag("properties", SPIFF), nsmap={"spiffworkflow": SPIFF})
    etree.SubElement(properties, tag("property", SPIFF), name=name, value=value)
    return value


def _extensions(node: etree._Element) -> etree._Element:
    """The element's `extensionElements`, which stand behind its documentation and before all else."""
    found = node.find(tag("extensionElements"))
    if found is None:
        found = etree.Element(tag("extensionElements"))
        node.insert(sum(child.tag == tag("documentation") for child in node), found)
    return found


_ADOPTED: dict[str, Callable[[Said, Mapping[str, str]], str]] = {
    "collection": _collection,
    "elementVariable": _element_variable,
    "decisionRef": _decision,
    "candidateGroups": _group,
    "dueDate": _moment("dueDate"),
    "followUpDate": _moment("followUpDate"),
    "priority": _priority,
    "calledElementBinding": _binding,
    "decisionRefBinding": _binding,
}
