"""A file of the kit (`http://www.omg.org/spec/DMN/20160719/testcase`) → the cases in it, with values of FEEL."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from lxml import etree

from service.engine.decisions.kit.untyped import Untyped
from service.engine.decisions.tree import attribute, child, children, local, text_of
from service.engine.feel.errors import Unanswerable
from service.engine.feel.kinds.dates import date_of_text
from service.engine.feel.kinds.durations import duration_of_text
from service.engine.feel.kinds.numbers import number
from service.engine.feel.kinds.times import moment_of_text, time_of_text
from service.engine.xml import parse_xml

NAMESPACE = "http://www.omg.org/spec/DMN/20160719/testcase"
_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"


class KitUnreadable(Exception):
    """A file of the kit cannot be read."""


@dataclass(frozen=True, slots=True)
class Result:
    """One result node: what is asked, what must come out; with `error` a null or a fault will do."""

    name: str
    expected: object
    error: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One test case. `invoked` is the service or model that it calls, where it calls one.

    `problem` says why the case cannot be read, where it cannot.
    """

    id: str
    invoked: str | None = None
    inputs: Mapping[str, object] = field(default_factory=dict)
    results: tuple[Result, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Cases:
    """A file's cases, and the name of the model beside it that they are about."""

    model: str
    cases: tuple[Case, ...]


def read_cases(data: bytes) -> Cases:
    """The cases of a file; one that cannot be read says why. Raises KitUnreadable and XMLRefused."""
    root = parse_xml(data, unique_ids=False)  # the kit has files in which two cases have one id
    if etree.QName(root).text != f"{{{NAMESPACE}}}testCases":
        raise KitUnreadable("The file holds no test cases of the DMN kit.")
    cases = tuple(_case(element, number) for number, element in enumerate(children(root, "testCase"), 1))
    if not cases:
        raise KitUnreadable("The file holds no test case.")
    return Cases(text_of(child(root, "modelName")), cases)


def _case(element: etree._Element, number: int) -> Case:
    key = attribute(element, "id") or str(number)
    calls = attribute(element, "type") in {"bkm", "decisionService"}
    try:
        return Case(
            key,
            attribute(element, "invocableName") or None if calls else None,
            {_input_key(node): _value(node) for node in children(element, "inputNode")},
            tuple(_result(node) for node in children(element, "resultNode")),
        )
    except KitUnreadable as unreadable:
        return Case(key, problem=str(unreadable))


def _input_key(node: etree._Element) -> str:
    namespace, name = attribute(node, "namespace"), attribute(node, "name")
    return f"{namespace}#{name}" if namespace else name


def _result(node: etree._Element) -> Result:
    expected = child(node, "expected")
    value = None if expected is None else _value(expected)
    return Result(attribute(node, "name"), value, attribute(node, "errorResult") in {"true", "1"})


def _value(element: etree._Element) -> object:
    """The value that stands in an element: components make a context."""
    parts = children(element, "value", "component", "list")
    if not parts or element.get(f"{_INSTANCE}nil") == "true":
        return None
    if local(parts[0]) == "component":
        return {attribute(part, "name"): _value(part) for part in parts if local(part) == "component"}
    if local(parts[0]) == "list":
        return _list(parts[0])
    return _simple(parts[0])


def _list(element: etree._Element) -> object:
    if element.get(f"{_INSTANCE}nil") == "true":
        return None
    return [_value(item) for item in children(element, "item")]


def _simple(element: etree._Element) -> object:
    if element.get(f"{_INSTANCE}nil") == "true":
        return None
    kind, text = attribute(element, f"{_INSTANCE}type").rpartition(":")[2], element.text or ""
    if not kind:
        return Untyped(text)
    if kind not in _READERS:
        raise KitUnreadable(f"There is no reader for values of the type “{kind}”.")
    try:
        return _READERS[kind](text)
    except (Unanswerable, ValueError, LookupError):
        raise KitUnreadable(f"“{text}” is no {kind}.") from None


def _boolean(text: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[text.strip()]


def _number(text: str) -> Decimal:
    value = number(text.strip())
    if not value.is_finite():
        raise ValueError(text)
    return value


_NUMBERS = ("decimal", "double", "float", "integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")
_READERS: dict[str, Callable[[str], object]] = {
    "string": str,
    "boolean": _boolean,
    "date": lambda text: date_of_text(text.strip()),
    "time": lambda text: time_of_text(text.strip()),
    "dateTime": lambda text: moment_of_text(text.strip()),
    **dict.fromkeys(("duration", "dayTimeDuration", "yearMonthDuration"), lambda text: duration_of_text(text.strip())),
    **dict.fromkeys(_NUMBERS, _number),
}
