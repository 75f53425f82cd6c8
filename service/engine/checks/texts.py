"""Every text of a process that is an expression, where it stands, and what it says."""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from service.engine import feel
from service.engine.model import Element, EventDefinition, Process
from service.engine.translating import Untranslatable, script_to_feel, template_to_feel, to_feel

Kind = Literal["expression", "condition", "script", "template"]
_FEEL_PROPERTIES = ("dueDate", "followUpDate", "priority", "candidateFrom")


class Text(NamedTuple):
    """One text: the element it belongs to, what a sentence calls it, how it is read."""

    element: str
    place: str
    text: str
    kind: Kind


class ReadText(NamedTuple):
    """A text with what came of reading it: its expressions and, of a script, what it sets; or the error."""

    at: Text
    expressions: tuple[feel.Expression, ...] = ()
    assigned: tuple[str, ...] = ()
    error: feel.FeelSyntaxError | None = None


def texts_of(process: Process) -> Iterator[Text]:
    """The expressions of a process, in the order of its elements and then of its flows."""
    for element in process.elements:
        yield from _of_element(element)
    for flow in process.flows:
        if flow.condition is not None:
            yield Text(flow.id, "condition", flow.condition, "condition")


def read(text: Text, names: frozenset[str] = frozenset()) -> ReadText:
    """The text, read. `names` are those in scope that are no plain words."""
    try:
        if text.kind == "script":
            script = feel.parse_script(text.text, names)
            return ReadText(text, tuple(expression for _, expression in script.statements), script.assigned)
        if text.kind == "template":
            parts = feel.parse_template(text.text, names).parts
            return ReadText(text, tuple(part for part in parts if isinstance(part, feel.Expression)))
        return ReadText(text, (feel.parse(text.text, names, members=names),))
    except feel.FeelSyntaxError as error:
        return ReadText(text, error=error)


def in_feel(text: Text, types: Mapping[str, str]) -> str:
    """The sentence that shows a Python text in FEEL, or "" for what is neither."""
    translate = {"script": script_to_feel, "template": template_to_feel}.get(text.kind, to_feel)
    try:
        after = translate(text.text, types)
    except Untranslatable:
        return ""
    known = after != text.text.strip() and read(text._replace(text=after)).error is None
    return f" In FEEL: `{after}`." if known else ""


def _of_element(element: Element) -> Iterator[Text]:
    for place, script in (
        ("script", element.script),
        ("pre-script", element.pre_script),
        ("post-script", element.post_script),
    ):
        if script is not None and script.strip():
            yield Text(element.id, place, script, "script")
    if element.instructions is not None:
        yield Text(element.id, "instructions", element.instructions, "template")
    for event in element.events:
        yield from _of_event(element.id, event)
    if element.loop is not None:
        if element.loop.cardinality is not None:
            yield Text(element.id, "number of rounds", element.loop.cardinality, "expression")
        if element.loop.condition is not None:
            # Not held to be a condition that changes: `true` may end a loop after one round.
            yield Text(element.id, "loop condition", element.loop.condition, "expression")
    for name, value in element.operation.parameters.items() if element.operation else ():
        yield Text(element.id, f"parameter '{name}'", value, "expression")
    for name in _FEEL_PROPERTIES:
        if element.properties.get(name, "").strip():
            yield Text(element.id, f"property '{name}'", element.properties[name], "expression")


def _of_event(element: str, event: EventDefinition) -> Iterator[Text]:
    if event.kind == "timer":
        yield Text(element, "timer", event.text or "", "expression")
    elif event.kind == "conditional":
        yield Text(element, "condition", event.text or "", "condition")
    elif event.text is not None:
        yield Text(element, "payload", event.text, "expression")
    for name, expression in event.correlations.items():
        yield Text(element, f"correlation '{name}'", expression, "expression")
