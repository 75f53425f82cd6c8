"""Item definitions → types (DMN 1.5, 7.3.3): structures, lists, allowed values."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from lxml import etree

from service.domain.calendars import Calendar
from service.domain.sentences import Sentence, say
from service.engine.decisions.sources import Source
from service.engine.decisions.tree import attribute, child, children, text_of
from service.engine.feel import Context, FeelError, parse_unary
from service.engine.feel.kinds.conform import BASIC
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

NESTING = 16
"""Structures inside one another."""

Report = Callable[[etree._Element, Sentence], None]

_NOTHING = Simple("null")
"""The type of a parameter of which a function type says nothing: whatever a function takes will do."""

_NO_CLOCK = Context(datetime(1970, 1, 1, tzinfo=UTC), ZoneInfo("UTC"), Calendar("none", "UTC", {}), strict=False)
"""What values a type allows does not depend on when it is asked."""


def file_types(source: Source, report: Report) -> dict[str, Type]:
    """The types that a file may name: those it defines, and those it imports. `report` is told what cannot be read."""
    types = imported_types(source) | item_types(source.root, report)
    for item in source.root.iter("{*}typeRef"):
        if type_named(item, text_of(item), types, report) is None and text_of(item):
            types[str(_named(text_of(item)))] = ANY
    return types


def item_types(root: etree._Element, report: Report) -> dict[str, Type]:
    """The types that a file defines, by name."""
    return {attribute(item, "name"): item_type(item, report) for item in children(root, "itemDefinition")}


def type_of(element: etree._Element, types: Collection[str], report: Report) -> Type | None:
    """The type that an element's `typeRef` names; None where there is none, or none of `types` and FEEL's own."""
    return type_named(element, attribute(element, "typeRef"), types, report)


def type_named(element: etree._Element, reference: str, types: Collection[str], report: Report) -> Type | None:
    """The type of that name. One that nobody defines is reported, and asks nothing of a value."""
    kind = _named(reference)
    if kind is not None and kind.name not in types and kind.name not in BASIC:
        report(element, say("There is no type “%(name)s” here. Define it, or correct its name.", name=kind.name))
        return None
    return kind


def _named(reference: str) -> Simple | None:
    """A prefix as older files have it (`feel:string`, `tns:tPerson`) is passed over: no name in FEEL holds a colon."""
    return Simple(" ".join(reference.split()).rpartition(":")[2]) if reference.strip() else None


def imported_types(source: Source, within: tuple[Source, ...] = ()) -> dict[str, Type]:
    """The types that a file may name of those it imports, and they in turn: each with the import's name before it."""
    found: dict[str, Type] = {}
    for called, other in source.imports:
        if other is source or other in within:
            continue
        types = imported_types(other, (*within, source)) | item_types(other.root, _unheard)
        before = f"{called}." if called else ""
        found = {before + name: _renamed(kind, frozenset(types), before) for name, kind in types.items()} | found
    return found


def result_of(kind: Type | None, types: Mapping[str, Type]) -> Type | None:
    """What comes out of a function whose variable has a type: that of a function type, else the type itself.

    Until DMN 1.2 the variable told the type of the results, since then it tells that of the function.
    """
    known = types.get(kind.name) if isinstance(kind, Simple) else kind
    return known.result if isinstance(known, FunctionType) else kind


def taken_by(kind: Type | None, types: Mapping[str, Type]) -> tuple[Type | None, ...]:
    """What a function whose variable has a type takes, None where the type says nothing of it; empty for other types."""
    known = types.get(kind.name) if isinstance(kind, Simple) else kind
    parameters = known.parameters if isinstance(known, FunctionType) else ()
    return tuple(None if taken == _NOTHING else taken for taken in parameters)


def component_names(root: etree._Element) -> Iterable[str]:
    """The names of all entries that a value of the file's types may have."""
    for item in root.iter():
        if etree.QName(item).localname == "itemComponent":
            yield attribute(item, "name")


def item_type(item: etree._Element, report: Report, depth: int = 0) -> Type:
    """The type of an item definition or component."""
    if depth > NESTING:
        report(item, say("Types are nested more than %(most)s deep.", most=NESTING))
        return ANY
    base = _base(item, report, depth)
    allowed, constraint = child(item, "allowedValues"), child(item, "typeConstraint")
    if allowed is not None:
        base = _restricted(base, allowed, report)
    if attribute(item, "isCollection") == "true":
        base = ListType(base)
    return base if constraint is None else _restricted(base, constraint, report)


def _base(item: etree._Element, report: Report, depth: int) -> Type:
    components = children(item, "itemComponent")
    if components:
        return ContextType(tuple((attribute(part, "name"), item_type(part, report, depth + 1)) for part in components))
    function = child(item, "functionItem")
    if function is not None:
        parameters = (_named(attribute(part, "typeRef")) or _NOTHING for part in children(function, "parameters"))
        return FunctionType(tuple(parameters), _named(attribute(function, "outputTypeRef")) or ANY)
    return _named(text_of(child(item, "typeRef"))) or ANY


def _restricted(base: Type, element: etree._Element, report: Report) -> Type:
    rule = text_of(child(element, "text"))
    try:
        tests = parse_unary(rule)
    except FeelError as error:
        report(element, say("The allowed values “%(rule)s” cannot be read: %(error)s", rule=rule, error=error.message))
        return base

    def admits(value: object) -> bool:
        return tests.matches(value, {}, _NO_CLOCK) is True

    return Restricted(base, admits, rule)


def _renamed(kind: Type, names: frozenset[str], before: str) -> Type:
    """A type as the importing file sees it: `before` stands before the names that the imported file defines."""

    def again(part: Type) -> Type:
        return _renamed(part, names, before)

    if isinstance(kind, Simple):
        return Simple(before + kind.name) if kind.name in names else kind
    if isinstance(kind, ListType):
        return ListType(again(kind.item))
    if isinstance(kind, RangeType):
        return RangeType(again(kind.item))
    if isinstance(kind, ContextType):
        return ContextType(tuple((name, again(part)) for name, part in kind.entries))
    if isinstance(kind, FunctionType):
        return FunctionType(tuple(map(again, kind.parameters)), again(kind.result))
    return replace(kind, base=again(kind.base)) if isinstance(kind, Restricted) else kind


def _unheard(_: etree._Element, __: str) -> None:
    """What is wrong with an imported file is said where that file is checked."""
