"""Our additions to BPMN are `spiffworkflow:property` entries; one that we do not know would be ignored."""

from collections.abc import Iterator

from service.engine.checks.view import ACTIVITIES, Fault, ProcessView, named
from service.engine.model import Element

_FORM = ("userTask", "startEvent")
# Property → the kinds of elements it may stand on. One that says "multi-instance" is held to it below.
PROPERTIES: dict[str, frozenset[str]] = {
    "formJsonSchemaFilename": frozenset(_FORM),
    "formUiSchemaFilename": frozenset(_FORM),
    "candidateRole": frozenset({"userTask", "manualTask"}),
    "candidateFrom": frozenset({"userTask"}),
    "dueDate": frozenset({"userTask"}),
    "followUpDate": frozenset({"userTask"}),
    "priority": frozenset({"userTask"}),
    "excludes": frozenset({"userTask"}),
    "ballot": frozenset({"userTask", "callActivity"}),
    "hearing": frozenset({"callActivity"}),
    "binding": frozenset({"callActivity", "businessRuleTask"}),
    "status": ACTIVITIES,
}
_MULTI_INSTANCE = {"candidateFrom", "ballot"}
_VALUES = {"hearing": ("internal", "trade"), "binding": ("latest", "deployment")}


def find(view: ProcessView) -> Iterator[Fault]:
    """Properties with an unknown name, in the wrong place, or with a value that says nothing."""
    for element in view.process.elements:
        for name, value in element.properties.items():
            for message in _faults(view, element, name, value):
                yield Fault(element.id, message)


def _faults(view: ProcessView, element: Element, name: str, value: str) -> Iterator[str]:
    label = named(element)
    if name not in PROPERTIES:
        yield f"The property '{name}' of {label} means nothing here. Known are: {', '.join(PROPERTIES)}."
        return
    if element.kind not in PROPERTIES[name]:
        yield f"The property '{name}' is not read on {label}. It belongs on: {', '.join(sorted(PROPERTIES[name]))}."
    if name in _MULTI_INSTANCE and (element.loop is None or element.loop.kind == "standard"):
        yield f"The property '{name}' needs a multi-instance, and {label} is done once. Mark it, or remove it."
    if not value.strip():
        yield f"The property '{name}' of {label} is empty. Fill it in, or remove it."
    elif name in _VALUES and value not in _VALUES[name]:
        yield f"The property '{name}' of {label} is '{value}'. Use one of: {', '.join(_VALUES[name])}."
    elif name == "excludes":
        for other in (it.strip() for it in value.split(",")):
            if other not in view.nodes or view.nodes[other].kind not in ("userTask", "manualTask"):
                yield f"{label} excludes whoever did '{other}', which is no task of a person here. Use its id."
