"""Every text of a process that is an expression, where it stands, and what it says."""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from service.domain.findings import Level
from service.domain.sentences import Sentence, say
from service.engine import feel
from service.engine.checks.acts import Stage
from service.engine.languages import Translations
from service.engine.model import Element, EventDefinition, Loop, Process
from service.engine.translating import Untranslatable, condition_to_feel, script_to_feel, template_to_feel, to_feel

Kind = Literal["expression", "condition", "until", "script", "template"]
"""How a text is read. Both `condition` and `until`, which ends a loop, are answered with true or false."""
_FEEL_PROPERTIES = ("dueDate", "followUpDate", "priority", "candidateFrom")


class Text(NamedTuple):
    """One text: the element it belongs to, what a sentence calls it, how it is read, and the node and stage where.

    `asked` says how wrong it is if nobody may know what comes out; None where that is only handed on.
    """

    element: str
    place: Sentence
    text: str
    kind: Kind
    where: tuple[str, Stage] = ("", "within")
    asked: Level | None = None


class ReadText(NamedTuple):
    """A text with what came of reading it: its expressions and, of a script, what it sets; or the error.

    `lines` has the name that each line of a script sets.
    """

    at: Text
    expressions: tuple[feel.Expression, ...] = ()
    assigned: tuple[str, ...] = ()
    error: feel.FeelSyntaxError | None = None
    lines: tuple[str, ...] = ()


def texts_of(process: Process, translations: Translations) -> Iterator[Text]:
    """The expressions of a process, in the order of its elements and then of its flows; instructions in every language."""
    for element in process.elements:
        yield from _of_element(element)
        for language, said in translations.items():
            instructions = (said or {}).get(f"{element.id}#instructions")
            if isinstance(instructions, str):
                place = say("instructions in '%(language)s'", language=language)
                yield Text(element.id, place, instructions, "template", (element.id, "within"))
    for flow in process.flows:
        if flow.condition is not None:
            yield Text(flow.id, say("condition"), flow.condition, "condition", (flow.source, "passed"), "error")


def read(text: Text, names: frozenset[str] = frozenset()) -> ReadText:
    """The text, read. `names` are those in scope that are no plain words."""
    try:
        if text.kind == "script":
            script = feel.parse_script(text.text, names)
            lines, expressions = zip(*script.statements, strict=True) if script.statements else ((), ())
            return ReadText(text, expressions, script.assigned, lines=lines)
        if text.kind == "template":
            parts = feel.parse_template(text.text, names).parts
            return ReadText(text, tuple(part for part in parts if isinstance(part, feel.Expression)))
        return ReadText(text, (feel.parse(text.text, names, members=names),))
    except feel.FeelSyntaxError as error:
        return ReadText(text, error=error)


def with_feel(fault: Sentence, text: Text, types: Mapping[str, str]) -> Sentence:
    """The sentence, and behind it what a Python text is in FEEL; the sentence alone for what is neither."""
    by_kind = {"script": script_to_feel, "template": template_to_feel, "condition": condition_to_feel}
    translate = by_kind.get(text.kind, to_feel)
    try:
        after = translate(text.text, types)
    except Untranslatable:
        return fault
    known = after != text.text.strip() and read(text._replace(text=after)).error is None
    return say("%(fault)s In FEEL: `%(text)s`.", fault=fault, text=after) if known else fault


def _of_element(element: Element) -> Iterator[Text]:
    scripts: tuple[tuple[Sentence, str | None, Stage], ...] = (
        (say("script"), element.script, "within"),
        (say("pre-script"), element.pre_script, "arrival"),
        (say("post-script"), element.post_script, "left"),
    )
    for place, script, stage in scripts:
        if script is not None and script.strip():
            yield Text(element.id, place, script, "script", (element.id, stage))
    within: tuple[str, Stage] = (element.id, "within")
    if element.instructions is not None:
        yield Text(element.id, say("instructions"), element.instructions, "template", within)
    for event in element.events:
        yield from _of_event(element.id, event)
    if element.loop is not None:
        yield from _of_loop(element.id, element.loop)
    for name, value in element.operation.parameters.items() if element.operation else ():
        yield Text(element.id, say("parameter '%(name)s'", name=name), value, "expression", within)
    for name in _FEEL_PROPERTIES:
        value = element.properties.get(name, "")
        if value.strip():
            yield Text(element.id, say("property '%(name)s'", name=name), value, "expression", within, "error")


def _of_loop(element: str, loop: Loop) -> Iterator[Text]:
    if loop.cardinality is not None:
        yield Text(element, say("number of rounds"), loop.cardinality, "expression", (element, "begun"), "error")
    if loop.collection is not None:
        yield Text(element, say("list"), loop.collection, "expression", (element, "begun"), "error")
    if loop.condition is not None:
        # Not held to be a condition that changes: `true` may end a loop after one round.
        yield Text(element, say("loop condition"), loop.condition, "until", (element, "rounds"), "error")


def _of_event(element: str, event: EventDefinition) -> Iterator[Text]:
    begun: tuple[str, Stage] = (element, "begun")
    if event.kind == "timer":
        yield Text(element, say("timer"), event.text or "", "expression", begun, "error")
    elif event.kind == "conditional":
        yield Text(element, say("condition"), event.text or "", "condition", (element, "anywhere"), "error")
    elif event.text is not None:
        yield Text(element, say("payload"), event.text, "expression", begun)
    for name, expression in event.correlations.items():
        # A sealed value is one with its own copies alone: a message from elsewhere never finds it.
        place = say("correlation '%(name)s'", name=name)
        yield Text(element, place, expression, "expression", begun, "warning")
