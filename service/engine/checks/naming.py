"""The variables that the texts of a process name, and which of them nothing makes known where they stand."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal, NamedTuple

from service.domain.findings import Level
from service.domain.sentences import Sentence, say
from service.engine.checks.texts import ReadText, Text, read
from service.engine.checks.trees import nodes
from service.engine.feel.errors import Unanswerable
from service.engine.feel.kinds.durations import duration_of_text
from service.engine.feel.syntax.nodes import Call, Name, Node, Postfix

if TYPE_CHECKING:
    from service.engine.checks.view import ProcessView

_THROWING = ("endEvent", "intermediateThrowEvent", "sendTask")
_ALIKE = 0.75
# Where a variable may have come with the start, only what is nearly spelled like a known one is held to be misspelt.
MISSPELT = 0.8
"""How alike they are then."""


class Unknown(NamedTuple):
    """A variable that is asked for where nothing makes it known.

    `why`: nothing sets it (`nowhere`); something does, but never before (`later`); it could only have come with a start
    that asks for nothing (`outside`). `near` is the known variable whose name is most like it. `asks` says what asks
    for it: a text (`place` is what a sentence calls that), the decision or the process that is called here. Where
    other bundles set variables, that may change with them: then it is a warning, unless a name is clearly misspelt.
    """

    element: str
    asks: Literal["text", "decision", "call"]
    place: Sentence | None
    name: str
    why: Literal["nowhere", "later", "outside"]
    near: str | None = None
    setter: str | None = None
    level: Level = "error"


def unknown_names(view: "ProcessView") -> Iterator[Unknown]:
    """What is named in a process and not known there, each once in a text."""
    for text in (*view.texts, *view.keys):
        state = view.knowing.at(*text.at.where)
        for name in named(text):
            behind = _set_behind(text, name)
            yield from _judged(view, state, text.at.element, "text", text.at.place, name, behind=behind)
    around = view.whole.around
    for element in view.process.elements:
        state = view.knowing.at(element.id, "within")
        decision = around.decisions.get(element.decision or "") if element.kind == "businessRuleTask" else None
        for name in decision.inputs if decision else ():
            yield from _judged(view, state, element.id, "decision", None, name)
        called = around.processes.get(element.called or "") if element.kind == "callActivity" else None
        for name in called.inputs or () if called else ():
            yield from _judged(view, state, element.id, "call", None, name)


def keys(view: "ProcessView") -> Iterator[ReadText]:
    """The correlation keys of messages that are thrown with nothing in them: those are read from the variables."""
    for element in view.process.elements:
        thrown = {it.name for it in element.events if it.kind == "message" and it.text is None}
        for message in view.diagram.messages if element.kind in _THROWING else ():
            for name, expression in message.correlations.items() if message.name in thrown else ():
                place = say("correlation '%(name)s'", name=name)
                yield read(
                    Text(element.id, place, expression, "expression", (element.id, "within"), "warning"), view.signs
                )


def named(text: ReadText) -> dict[str, None]:
    """The variables that a text names from outside itself, in its order; not those that it calls as functions."""
    found: dict[str, None] = {}
    set_before: set[str] = set()
    for place, expression in enumerate(text.expressions):
        called = {name for node in nodes(expression.node) for name in _called(node)}
        asked = expression.names - called - set_before
        found |= dict.fromkeys(it.name for it in nodes(expression.node) if isinstance(it, Name) and it.name in asked)
        set_before.update(text.lines[place : place + 1])
    return found


def _set_behind(text: ReadText, name: str) -> bool:
    """Whether a script sets a variable in a line behind the one that first asks for it."""
    asked = next((place for place, it in enumerate(text.expressions) if name in it.names), len(text.lines))
    return name in text.lines[asked + 1 :] and name not in text.lines[: asked + 1]


def nearest(name: str, known: Iterable[str], alike: float = _ALIKE) -> str | None:
    """The name among these that is most like one that is not among them; None where none is much like it.

    Of a short name, two letters that changed places are most of it: the same letters are much alike.
    """
    names = list(known)
    same_letters = (it for it in names if sorted(it) == sorted(name))
    return next(iter(get_close_matches(name, names, 1, alike)), next(same_letters, None))


def _called(node: Node) -> Iterator[str]:
    if isinstance(node, Postfix) and isinstance(node.base, Name) and any(isinstance(it, Call) for it in node.steps):
        yield node.base.name


def _judged(
    view: "ProcessView",
    state: int,
    element: str,
    asks: Literal["text", "decision", "call"],
    place: Sentence | None,
    name: str,
    *,
    behind: bool = False,
) -> Iterator[Unknown]:
    """`behind`: a later line of the script that asks for it sets it."""
    knowing = view.knowing
    if not state or knowing.vague(state) or knowing.has(state, name) or name in view.process.data_objects.values():
        return
    setters, misspelt = knowing.setters(name), _misspelt(name, knowing.names(state))
    if knowing.free(state):
        meant = misspelt or _literal(name)
        if meant and not setters:
            yield Unknown(element, asks, place, name, "nowhere", meant)
        elif behind and set(setters) == {element}:
            yield Unknown(element, asks, place, name, "later", setter=element)
        elif not setters:
            yield Unknown(element, asks, place, name, "outside")
    elif setters:
        yield Unknown(element, asks, place, name, "later", setter=setters[0])
    else:
        near = nearest(name, knowing.names(state)) or _literal(name)
        level: Level = "warning" if knowing.far(state) and not misspelt else "error"
        yield Unknown(element, asks, place, name, "nowhere", near, level=level)


def _literal(name: str) -> str | None:
    """The duration that a name without its marks was meant for."""
    try:
        duration_of_text(name)
    except Unanswerable:
        return None
    return f'@"{name}"'


def _misspelt(name: str, known: list[str]) -> str | None:
    """The known name that another one must be meant for; a plural or a longer form is a name of its own."""
    near = nearest(name, known, MISSPELT)
    return None if near is None or near.startswith(name) or name.startswith(near) else near
