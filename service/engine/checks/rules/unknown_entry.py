"""Of a group of values, a text names only entries that it has: those of the form that asked for it."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.content import Content, inside
from service.engine.checks.holding import Part, level, steps
from service.engine.checks.naming import nearest
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
            for name in _asked(view, part, step) if of.kinds is not None and of.kinds <= _GROUP else ():
                if of.entries is not None and name not in of.entries:
                    yield Found(part.text.at.element, _sentence(part, name, of), level(view, part, part.node))
                    break


def _asked(view: ProcessView, part: Part, step: Node) -> Iterator[str]:
    """The entries that a step asks for: of a filter, the names that are no variables."""
    if isinstance(step, Path):
        yield step.name
    elif isinstance(step, Filter) and not any(isinstance(it, Filter) for it in nodes(step.condition)):
        state = view.knowing.at(*part.text.at.where)
        if not view.knowing.free(state) and not view.knowing.vague(state):
            names = [it.name for it in nodes(step.condition) if isinstance(it, Name)]
            yield from (it for it in names if it in part.expression.possible and not view.knowing.has(state, it))


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
