"""Whether every value of one type is of another (DMN 1.5, 10.3.2.9.2)."""

from collections.abc import Callable, Mapping

from service.engine.feel.kinds.types import (
    ANY,
    ContextType,
    FunctionType,
    ListType,
    RangeType,
    Restricted,
    Simple,
    Type,
)

_DEEPEST = 32
_NULL = Simple("null")
_KINDS: Mapping[type[Type], Type] = {
    ListType: Simple("list"),
    RangeType: Simple("range"),
    ContextType: Simple("context"),
    FunctionType: Simple("function"),
}
"""The type of all lists, of all ranges …"""

STEPS = 4
"""Steps of comparing one type with another."""


def conforms(
    given: Type, wanted: Type, named: Mapping[str, Type], spend: Callable[[int], None], depth: int = 0
) -> bool:
    """Whether every value of the type `given` is of the type `wanted`; allowed values are not asked for.

    A function may take more than is wanted of it, and give less. `named` are the types that a decision file defines;
    `spend` hears of every pair of types.
    """
    spend(STEPS)
    given, wanted = _plain(given, named), _plain(wanted, named)
    if wanted in {ANY, given, _KINDS.get(type(given))} or given == _NULL:
        return True
    if depth > _DEEPEST or type(given) is not type(wanted):
        return False
    if isinstance(given, ListType | RangeType) and isinstance(wanted, ListType | RangeType):
        return conforms(given.item, wanted.item, named, spend, depth + 1)
    if isinstance(given, ContextType) and isinstance(wanted, ContextType):
        known = dict(given.entries)
        return all(
            name in known and conforms(known[name], kind, named, spend, depth + 1) for name, kind in wanted.entries
        )
    if isinstance(given, FunctionType) and isinstance(wanted, FunctionType):
        return (
            len(given.parameters) == len(wanted.parameters)
            and all(
                conforms(asked, taken, named, spend, depth + 1)
                for asked, taken in zip(wanted.parameters, given.parameters, strict=True)
            )
            and conforms(given.result, wanted.result, named, spend, depth + 1)
        )
    return False


def _plain(kind: Type, named: Mapping[str, Type]) -> Type:
    """A type behind its names and without its allowed values."""
    for _ in range(_DEEPEST):
        if isinstance(kind, Restricted):
            kind = kind.base
        elif isinstance(kind, Simple) and kind.name in named:
            kind = named[kind.name]
        else:
            break
    return kind
