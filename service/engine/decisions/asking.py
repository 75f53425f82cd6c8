"""What a decision asks for, as the fields of a form; and what was written into them, as its inputs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from service.domain.sentences import Sentence, ended, say
from service.engine.decisions import numerals
from service.engine.decisions.columns import constant
from service.engine.decisions.model import Decision, Definition, InputData, Types
from service.engine.decisions.nodes import Embedded, Input, Table, Typed
from service.engine.decisions.requirements import in_order
from service.engine.feel import Context, FeelError, parse, parse_unary
from service.engine.feel.errors import Stopped, Unanswerable
from service.engine.feel.kinds.text import literal
from service.engine.feel.kinds.types import ContextType, Restricted, Simple, Type
from service.engine.feel.syntax.nodes import Literal as LiteralNode
from service.engine.feel.syntax.nodes import Name, Node, RangeOf
from service.engine.values import from_rest

FieldKind = Literal["number", "boolean", "string", "date", "time", "date and time", "duration", "choice", "feel"]
OUTSIDE = "`%(value)s` is not allowed: the values are %(rule)s"
"""What is said of a value that does not pass its field's rule."""

MISSING = "more of “%(name)s” is told, which is of its type only where all of it is"
"""What is said of an entry that is left empty, where another of the same context is not."""

UNCLEAR = numerals.UNCLEAR

FIELDS = 200
"""Fields of one form."""

_KINDS: dict[str, FieldKind] = {
    "number": "number",
    "boolean": "boolean",
    "string": "string",
    "date": "date",
    "time": "time",
    "date and time": "date and time",
    "dateTime": "date and time",
    "days and time duration": "duration",
    "years and months duration": "duration",
    "dayTimeDuration": "duration",
    "yearMonthDuration": "duration",
}
_TRUTH = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Field:
    """One value that a decision asks for: an input, or an entry deep in one.

    `options` are FEEL texts to choose among, of a `choice`. What has no type of its own is written as FEEL. `rule` are the
    tests that the value must pass, as FEEL; empty where any will do.
    """

    path: tuple[str, ...]
    kind: FieldKind
    options: tuple[str, ...] = ()
    rule: str = ""

    @property
    def name(self) -> str:
        """The path as one word."""
        return ".".join(self.path)

    @property
    def limits(self) -> tuple[Decimal, Decimal] | None:
        """The least and the most that a number may be, where its rule is these two and nothing else."""
        tests = parse_unary(self.rule).nodes if self.rule else ()
        only = tests[0] if len(tests) == 1 else None
        if not isinstance(only, RangeOf) or not (only.low_included and only.high_included):
            return None
        low, high = (None if it is None else constant(it) for it in (only.low, only.high))
        return (low, high) if isinstance(low, Decimal) and isinstance(high, Decimal) else None


def fields(definition: Definition, key: str) -> tuple[Field, ...]:
    """What has to be told for a decision to be made: its inputs and those of the decisions that it needs, by type.

    A context asks entry by entry. Raises DecisionFault for a decision that is not there.
    """
    asked = definition.find(key)
    if not isinstance(asked, Decision):
        return ()
    needed = [definition.decisions[it] for it in in_order((asked.id,), definition.decisions, ())]
    wanted = dict.fromkeys(it for decision in needed for it in decision.requires if it in definition.inputs)
    columns = {name: column for decision in needed for name, column in _columns(decision)}
    found = (field for it in wanted for field in _of_input(definition.inputs[it], columns))
    return tuple(field for field, _ in zip(found, range(FIELDS), strict=False))


def inputs(
    asked: tuple[Field, ...], written: Mapping[str, str], context: Context
) -> tuple[dict[str, object], dict[str, Sentence]]:
    """The inputs of what was written into the fields, by their names, and what is wrong with them, by field.

    A field that is left empty is not told at all; but a context is told whole, or not at all.
    """
    told: dict[str, object] = {}
    wrong: dict[str, Sentence] = {}
    for field in asked:
        text = written.get(field.name, "").strip()
        if not text:
            continue
        try:
            value = _value(field, text, context)
            if field.rule and parse_unary(field.rule).matches(value, {}, context) is not True:
                raise Unanswerable(say(OUTSIDE, value=text[:40], rule=field.rule))
        except FeelError as error:
            wrong[field.name] = error.message
            continue
        except Unanswerable as error:
            wrong[field.name] = ended(error.reason)
            continue
        place = told
        for name in field.path[:-1]:
            inner = place.setdefault(name, {})
            assert isinstance(inner, dict)
            place = inner
        place[field.path[-1]] = value
    begun = {field.path[0] for field in asked if written.get(field.name, "").strip()}
    for field in asked:
        if len(field.path) > 1 and field.path[0] in begun and not written.get(field.name, "").strip():
            wrong[field.name] = ended(say(MISSING, name=field.path[0]))
    return told, wrong


def shown(value: object) -> str:
    """A value as FEEL writes it, for a page; a sentence for a function and for what is too large."""
    try:
        return literal(value, lambda _: None)
    except (Unanswerable, Stopped) as error:
        return ended(error.reason)


def _value(field: Field, text: str, context: Context) -> object:
    if field.kind == "number":
        return numerals.numeral(text)
    if field.kind == "boolean":
        if text not in _TRUTH:
            raise Unanswerable(say("`%(text)s` is neither true nor false", text=text[:40]))
        return _TRUTH[text]
    if field.kind in {"feel", "choice"}:
        return parse(text).evaluate({}, replace(context, strict=True))
    return text if field.kind == "string" else from_rest(text, field.kind)


def _of_input(data: InputData, columns: Mapping[str, Input]) -> Iterator[Field]:
    column = columns.get(data.name)
    kind, types = data.type, data.types
    if column is not None and kind is None:
        kind = column.type
    options = _options(column.allowed.tests) if column is not None and column.allowed else ()
    if options:
        yield Field((data.name,), "choice", options)
    elif column is not None and column.allowed:
        yield from _held((data.name,), column.allowed.text, _of_type((data.name,), kind, types))
    else:
        yield from _of_type((data.name,), kind, types)


def _held(path: tuple[str, ...], rule: str, found: Iterable[Field]) -> Iterator[Field]:
    """The fields of a value that has to pass a rule: the rule is the field's own where there is one for the whole value."""
    for field in found:
        yield replace(field, rule=rule) if field.path == path and not (field.rule or field.options) else field


def _of_type(path: tuple[str, ...], kind: Type | None, types: Types) -> Iterator[Field]:
    if isinstance(kind, Simple) and kind.name in types and len(path) < 8:
        yield from _of_type(path, types[kind.name], types)
    elif isinstance(kind, ContextType) and len(path) < 8:
        for name, part in kind.entries:
            yield from _of_type((*path, name), part, types)
    elif isinstance(kind, Restricted):
        options = _options(parse_unary(kind.rule).nodes)
        inner = _of_type(path, kind.base, types)
        yield from [Field(path, "choice", options)] if options else _held(path, kind.rule, inner)
    else:
        yield Field(path, _KINDS.get(kind.name, "feel") if isinstance(kind, Simple) else "feel")


def _options(tests: tuple[Node, ...]) -> tuple[str, ...]:
    """The values of a list of tests, as FEEL, where each test is nothing but a value."""
    values = [test.value for test in tests if isinstance(test, LiteralNode) and test.value is not None]
    return tuple(map(shown, values)) if len(values) == len(tests) else ()


def _columns(decision: Decision) -> Iterator[tuple[str, Input]]:
    """The columns of a decision's table that look at nothing but a name, by that name."""
    node = decision.logic.node
    table = node.node if isinstance(node, Typed) else node
    for column in table.inputs if isinstance(table, Table) else ():
        if isinstance(column.expression, Embedded) and isinstance(column.expression.node, Name):
            yield column.expression.node.name, column
