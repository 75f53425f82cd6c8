"""Whether every value of one type is of another (DMN 1.5, 10.3.2.9.2)."""

from collections.abc import Mapping

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


def conforms(given: Type, wanted: Type, named: Mapping[str, Type], depth: int = 0) -> bool:
    """Whether every value of the type `given` is of the type `wanted`; allowed values are not asked for.

    A function may take more than is wanted of it, and give less. `named` are the types that a decision file defines.
    """
    given, wanted = _plain(given, named), _plain(wanted, named)
    if wanted == ANY or given in {wanted, _NULL}:
        return True
    if depth > _DEEPEST or type(given) is not type(wanted):
        return False
    if isinstance(given, ListType | RangeType) and isinstance(wanted, ListType | RangeType):
        return conforms(given.item, wanted.item, named, depth + 1)
    if isinstance(given, ContextType) and isinstance(wanted, ContextType):
        known = dict(given.entries)
        return all(name in known and conforms(known[name], kind, named, depth + 1) for name, kind in wanted.entries)
    if isinstance(given, FunctionType) and isinstance(wanted, FunctionType):
        return (
            len(given.parameters) == len(wanted.parameters)
            and all(
                conforms(asked, taken, named, depth + 1)
                for asked, taken in zip(wanted.parameters, given.parameters, strict=True)
            )
            and conforms(given.result, wanted.result, named, depth + 1)
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
