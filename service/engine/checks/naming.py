"""The variables that the texts of a process name, and which of them nothing makes known where they stand."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal, NamedTuple

from service.domain.findings import Sentence, say
from service.engine.checks.texts import ReadText
from service.engine.checks.trees import nodes
from service.engine.feel.syntax.nodes import Call, Name, Postfix

if TYPE_CHECKING:
    from service.engine.checks.view import ProcessView

_ALIKE = 0.75
# Where a variable may have come with the start, only what is nearly spelled like a known one is held to be misspelt.
_MISSPELT = 0.8


class Unknown(NamedTuple):
    """A variable that is asked for where nothing makes it known.

    `why`: nothing sets it (`nowhere`); something does, but never before (`later`); it could only have come with a start
    that asks for nothing (`outside`). `near` is the known variable whose name is most like it. `asks` says what asks
    for it: a text, the decision that is called here, or the process.
    """

    element: str
    asks: Literal["text", "decision", "call"]
    place: Sentence
    name: str
    why: Literal["nowhere", "later", "outside"]
    near: str | None
    setter: str | None


def unknown_names(view: "ProcessView") -> Iterator[Unknown]:
    """What is named in a process and not known there, each once in a text."""
    for text in view.texts:
        state = view.knowing.at(*text.at.where)
        for name in named(text):
            yield from _judged(view, state, text.at.element, "text", text.at.place, name)
    around = view.whole.around
    for element in view.process.elements:
        state = view.knowing.at(element.id, "within")
        decision = around.decisions.get(element.decision or "") if element.kind == "businessRuleTask" else None
        for name in decision.inputs if decision else ():
            yield from _judged(view, state, element.id, "decision", say("decision"), name)
        called = around.processes.get(element.called or "") if element.kind == "callActivity" else None
        for name in called.inputs or () if called else ():
            yield from _judged(view, state, element.id, "call", say("process"), name)


def named(text: ReadText) -> dict[str, None]:
    """The variables that a text names from outside itself, in its order; not those that it calls as functions."""
    found: dict[str, None] = {}
    set_before: set[str] = set()
    for place, expression in enumerate(text.expressions):
        called = {node.base.name for node in nodes(expression.node) if _is_call(node) and isinstance(node.base, Name)}
        asked = expression.names - called - set_before
        found |= dict.fromkeys(it.name for it in nodes(expression.node) if isinstance(it, Name) and it.name in asked)
        set_before.update(text.lines[place : place + 1])
    return found


def nearest(name: str, known: Iterable[str], alike: float = _ALIKE) -> str | None:
    """The name among these that is most like one that is not among them; None where none is much like it."""
    return next(iter(get_close_matches(name, known, 1, alike)), None)


def _is_call(node: object) -> bool:
    return isinstance(node, Postfix) and any(isinstance(step, Call) for step in node.steps)


def _judged(
    view: "ProcessView", state: int, element: str, asks: Literal["text", "decision", "call"], place: Sentence, name: str
) -> Iterator[Unknown]:
    knowing = view.knowing
    if not state or knowing.vague(state) or knowing.has(state, name):
        return
    setters = knowing.setters(name)
    if knowing.free(state):
        near = None if setters else _misspelt(name, knowing.names(state))
        declared = setters or name in view.process.data_objects.values()
        if near or not declared:
            yield Unknown(element, asks, place, name, "nowhere" if near else "outside", near, None)
    elif setters:
        yield Unknown(element, asks, place, name, "later", None, setters[0])
    else:
        yield Unknown(element, asks, place, name, "nowhere", nearest(name, knowing.names(state)), None)


def _misspelt(name: str, known: list[str]) -> str | None:
    """The known name that another one must be meant for; a plural or a longer form is a name of its own."""
    near = nearest(name, known, _MISSPELT)
    return None if near is None or near.startswith(name) or name.startswith(near) else near
