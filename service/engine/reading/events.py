"""Event definitions: what an event waits for, or throws."""

from typing import Literal, get_args

from lxml import etree

from service.engine.model import EventDefinition
from service.engine.reading.roots import Root, Roots
from service.engine.reading.vocabulary import SPIFF, child_text, extensions, kind, local, tag

_SUFFIX = "EventDefinition"
TimerForm = Literal["timeDate", "timeDuration", "timeCycle"]


def read_events(node: etree._Element, roots: Roots) -> tuple[EventDefinition, ...]:
    """The event definitions of an event, or of a send or receive task, in the order of the file."""
    if kind(node) in ("sendTask", "receiveTask") and node.get("messageRef"):
        return (_event(node, "message", roots),)
    found = ((definition, kind(definition) or "") for definition in node.iterchildren(tag("*")))
    return tuple(
        _event(definition, name.removesuffix(_SUFFIX), roots) for definition, name in found if name.endswith(_SUFFIX)
    )


def _event(definition: etree._Element, name: str, roots: Roots) -> EventDefinition:
    if name == "timer":
        return _timer(definition)
    if name == "conditional":
        return EventDefinition("conditional", text=child_text(definition, "condition"))
    reference = local(definition.get(f"{name}Ref"))
    if name not in ("message", "signal", "error", "escalation"):
        return EventDefinition(name, ref=reference)
    holder = definition if kind(definition) != f"{name}{_SUFFIX}" else definition.getparent()
    # Without a reference the engine takes the event's own name.
    root = roots.by_reference.get((name, reference)) if reference else Root(name=holder.get("name"))
    texts = extensions(definition).texts
    return EventDefinition(
        name,
        ref=reference,
        name=root.name if root else None,
        code=root.code if root else None,
        text=(root.payload if root else None) or texts.get("messagePayload"),
        variable=(root.variable if root else None) or texts.get("messageVariable"),
        correlations=_own_correlations(definition),
    )


def _timer(definition: etree._Element) -> EventDefinition:
    for form in get_args(TimerForm):
        text = child_text(definition, form)
        if text is not None:
            return EventDefinition("timer", form=form, text=text)
    return EventDefinition("timer")


def _own_correlations(definition: etree._Element) -> dict[str, str]:
    found = {}
    for entry in definition.iter(tag("processVariableCorrelation", SPIFF)):
        key, expression = entry.find(tag("propertyId", SPIFF)), entry.find(tag("expression", SPIFF))
        if key is not None and expression is not None:
            found[(key.text or "").strip()] = expression.text or ""
    return found
