"""Our additions to BPMN are `spiffworkflow:property` entries; one that we do not know would be ignored."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import ACTIVITIES, Found, ProcessView, label
from service.engine.model import Element

_TAKES = ("intermediateCatchEvent", "boundaryEvent", "receiveTask")
_FORM = ("userTask", "startEvent", *_TAKES)
# Property → the kinds of elements it may stand on. One that says "multi-instance" is held to it below.
PROPERTIES: dict[str, frozenset[str]] = {
    "formJsonSchemaFilename": frozenset(_FORM),
    "formUiSchemaFilename": frozenset(_FORM),
    "candidateRole": frozenset({"userTask", "manualTask", "startEvent", *_TAKES}),
    "candidateFrom": frozenset({"userTask", "callActivity"}),
    "dueDate": frozenset({"userTask"}),
    "followUpDate": frozenset({"userTask"}),
    "priority": frozenset({"userTask"}),
    "excludes": frozenset({"userTask"}),
    "ballot": frozenset({"userTask", "callActivity"}),
    "hearing": frozenset({"callActivity"}),
    "binding": frozenset({"callActivity", "businessRuleTask"}),
    "status": ACTIVITIES,
}
_MULTI_INSTANCE = {"ballot": frozenset({"userTask", "callActivity"}), "candidateFrom": frozenset({"callActivity"})}
"""What says something of each item, and the elements on which it does; one task may itself be for one organisation."""
_VALUES = {"hearing": ("internal", "trade"), "binding": ("latest", "deployment")}


def find(view: ProcessView) -> Iterator[Found]:
    """Properties with an unknown name, in the wrong place, or with a value that says nothing."""
    for element in view.process.elements:
        for name, value in element.properties.items():
            for message in _faults(view, element, name, value):
                yield Found(element.id, message)


def _faults(view: ProcessView, element: Element, name: str, value: str) -> Iterator[str]:
    node = label(element)
    if name not in PROPERTIES:
        yield say(
            "The property '%(name)s' of '%(node)s' means nothing here. Known are: %(known)s.",
            name=name,
            node=node,
            known=", ".join(PROPERTIES),
        )
        return
    if element.kind not in PROPERTIES[name]:
        yield say(
            "The property '%(name)s' is not read on '%(node)s'. It belongs on: %(known)s.",
            name=name,
            node=node,
            known=", ".join(sorted(PROPERTIES[name])),
        )
    if element.kind in _MULTI_INSTANCE.get(name, ()) and (element.loop is None or element.loop.kind == "standard"):
        yield say(
            "The property '%(name)s' needs a multi-instance, and '%(node)s' is done once. Mark it, or remove it.",
            name=name,
            node=node,
        )
    if not value.strip():
        yield say("The property '%(name)s' of '%(node)s' is empty. Fill it in, or remove it.", name=name, node=node)
    elif name in _VALUES and value not in _VALUES[name]:
        yield say(
            "The property '%(name)s' of '%(node)s' is '%(value)s'. Use one of: %(known)s.",
            name=name,
            node=node,
            value=value,
            known=", ".join(_VALUES[name]),
        )
    elif name == "excludes":
        for other in (it.strip() for it in value.split(",")):
            if other not in view.nodes or view.nodes[other].kind not in ("userTask", "manualTask"):
                yield say(
                    "'%(node)s' excludes whoever did '%(other)s', which is no task of a person here. Use its id.",
                    node=node,
                    other=other,
                )
