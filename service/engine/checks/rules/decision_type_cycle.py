"""A type of a decision file is one in the end: those that name one another in a circle hold no value at all."""

from collections.abc import Iterator, Mapping

from service.domain.sentences import say
from service.engine.checks.decision_files import definitions
from service.engine.checks.view import BundleView, Found
from service.engine.feel.kinds.types import ContextType, ListType, Restricted, Simple, Type


def find(view: BundleView) -> Iterator[Found]:
    """Circles of item definitions, each once. One through the entries of structures is a warning: an entry may be empty.
    One through the items of a structure's list is none: a list may be."""
    for file, definition in definitions(view):
        types: dict[str, Type] = {}
        for decision in definition.decisions.values():
            types |= decision.types if "#" not in decision.id else {}
        told: set[str] = set()
        for entries in (False, True):
            for name in types:
                circle = () if name in told else _circle(name, types, entries)
                if circle:
                    told.update(circle)
                    way = " → ".join((*circle, circle[0]))
                    message = (
                        say("Types name one another in a circle: %(way)s. A value has to have an end.", way=way)
                        if entries
                        else say("Types name one another in a circle: %(way)s. No value is of such a type.", way=way)
                    )
                    yield Found(None, message, "warning" if entries else "error", file=file)


def _circle(name: str, types: Mapping[str, Type], entries: bool) -> tuple[str, ...]:
    """The way from a type back to itself, () where there is none."""
    ways: list[tuple[str, ...]] = [(name,)]
    seen: set[str] = set()
    for way in ways:
        for after in _named(types[way[-1]], entries):
            if after == name:
                return way
            if after in types and after not in seen:
                seen.add(after)
                ways.append((*way, after))
    return ()


def _named(kind: Type, entries: bool) -> Iterator[str]:
    """The types that a value of a type is of as well; with `entries`, also those of what must be in it."""
    if isinstance(kind, Simple):
        yield kind.name
    elif isinstance(kind, Restricted):
        yield from _named(kind.base, entries)
    elif isinstance(kind, ListType) and not isinstance(kind.item, ContextType) and not entries:
        yield from _named(kind.item, entries)
    elif isinstance(kind, ContextType) and entries:
        yield from (name for _, part in kind.entries for name in _named(part, entries))
