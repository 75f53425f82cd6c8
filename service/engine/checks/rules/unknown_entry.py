"""Of a group of values, a text names only entries that it has: those of the form that asked for it."""

from collections.abc import Iterable, Iterator

from service.domain.sentences import say
from service.engine.checks.content import Content, inside
from service.engine.checks.holding import Part, level, steps
from service.engine.checks.naming import MISSPELT, nearest
from service.engine.checks.trees import nodes
from service.engine.checks.view import Found, ProcessView
from service.engine.feel.syntax.nodes import Filter, Name, Node, Path, Postfix

_GROUP = frozenset({"object", "null"})


def find(view: ProcessView) -> Iterator[Found]:
    """Entries that no value of that name has, and what a filter asks of items that do not have it."""
    for part in view.parts:
        if not isinstance(part.node, Postfix):
            continue
        for step, held in steps(part.node, part.known):
            of = inside(held)
            for name in (
                _asked(view, part, step, of.entries or ()) if of.kinds is not None and of.kinds <= _GROUP else ()
            ):
                if of.entries is not None and name not in of.entries:
                    yield Found(part.text.at.element, _sentence(part, name, of), level(view, part, part.node))
                    break


def _asked(view: ProcessView, part: Part, step: Node, entries: Iterable[str]) -> Iterator[str]:
    """The entries that a step asks for: of a filter, the names that are no variables."""
    if isinstance(step, Path):
        yield step.name
    elif isinstance(step, Filter) and not any(isinstance(it, Filter) for it in nodes(step.condition)):
        knowing, state = view.knowing, view.knowing.at(*part.text.at.where)
        names = [
            it.name for it in nodes(step.condition) if isinstance(it, Name) and it.name in part.expression.possible
        ]
        if not knowing.vague(state):
            # What comes unasked may have any name but one that is meant for an entry.
            unasked = knowing.free(state)
            strange = (
                it for it in names if not knowing.has(state, it) and it not in view.process.data_objects.values()
            )
            yield from (
                it for it in strange if not unasked or (nearest(it, entries, MISSPELT) and not knowing.setters(it))
            )


def _sentence(part: Part, name: str, held: Content) -> str:
    entries = held.entries or {}
    near = nearest(name, entries)
    place, of = part.text.at.place, part.written(part.node)[:60]
    if near:
        return say(
            "In the %(place)s stands `%(text)s`, but there is no entry `%(name)s`. Did you mean “%(near)s”?",
            place=place,
            text=of,
            name=name,
            near=near,
        )
    return say(
        "In the %(place)s stands `%(text)s`, but there is no entry `%(name)s`. There is: %(known)s.",
        place=place,
        text=of,
        name=name,
        known=", ".join(entries) or "–",
    )
