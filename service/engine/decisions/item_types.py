"""Item definitions → types (DMN 1.5, 7.3.3): structures, lists, allowed values."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from lxml import etree

from service.domain.calendars import Calendar
from service.engine.decisions.tree import attribute, child, children, text_of
from service.engine.feel import Context, FeelError, parse_unary
from service.engine.feel.kinds.conform import BASIC
from service.engine.feel.kinds.types import ANY, ContextType, FunctionType, ListType, Restricted, Simple, Type

NESTING = 16
"""Structures inside one another."""

Report = Callable[[etree._Element, str], None]

_NO_CLOCK = Context(datetime(1970, 1, 1, tzinfo=UTC), ZoneInfo("UTC"), Calendar("none", "UTC", {}), strict=False)
"""What values a type allows does not depend on when it is asked."""


def item_types(root: etree._Element, report: Report) -> dict[str, Type]:
    """The types that a file defines, by name; `report` is told of what cannot be read."""
    return {attribute(item, "name"): item_type(item, report) for item in children(root, "itemDefinition")}


def type_named(reference: str | None) -> Type | None:
    """The type of a `typeRef`: FEEL's, or one that the file defines; None where there is none.

    A prefix as older files have it (`feel:string`) is passed over.
    """
    if not reference:
        return None
    name = " ".join(reference.split())
    if ":" in name and name.partition(":")[2] in BASIC:
        name = name.partition(":")[2]
    return Simple(name)


def component_names(root: etree._Element) -> Iterable[str]:
    """The names of all entries that a value of the file's types may have."""
    for item in root.iter():
        if etree.QName(item).localname == "itemComponent":
            yield attribute(item, "name")


def item_type(item: etree._Element, report: Report, depth: int = 0) -> Type:
    """The type of an item definition or component."""
    if depth > NESTING:
        report(item, f"Types are nested more than {NESTING} deep.")
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
        parameters = (type_named(attribute(part, "typeRef")) or ANY for part in children(function, "parameters"))
        return FunctionType(tuple(parameters), type_named(attribute(function, "outputTypeRef")) or ANY)
    return type_named(text_of(child(item, "typeRef"))) or ANY


def _restricted(base: Type, element: etree._Element, report: Report) -> Type:
    rule = text_of(child(element, "text"))
    try:
        tests = parse_unary(rule)
    except FeelError as error:
        report(element, f"The allowed values “{rule}” cannot be read: {error}")
        return base

    def admits(value: object) -> bool:
        return tests.matches(value, {}, _NO_CLOCK) is True

    return Restricted(base, admits, rule)
