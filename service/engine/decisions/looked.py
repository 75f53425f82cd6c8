"""What the tables of a decision read besides what their columns show, and what the record of an evaluation holds of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from itertools import takewhile
from typing import Any

from service.engine.decisions.inputs import key_of
from service.engine.decisions.model import Decision, Definition
from service.engine.decisions.nodes import Embedded, Table
from service.engine.feel.syntax.nodes import Name, Path, Postfix

Way = tuple[str, ...]
"""A name, and the entries that are gone to in its value: `rules.sg.quorum`."""


@dataclass(frozen=True, slots=True)
class Read:
    """A value that a table went by, at rest, and its name as the table's cells have it."""

    name: str
    value: Any


def reads(
    definition: Definition, record: Mapping[str, Any], decision: str, table: str, closed: Callable[[Any], bool]
) -> list[Read]:
    """What a table of a decision (both by id) read in the evaluation of that record, each value once, in the order of its
    columns and rules: names in the cells of all rules, in the outputs of those that fired, and in columns that reckon.

    A name that a column shows as it is, is left out: that value is the column's. What was not given is null. `closed`
    says of a value that the reader is not told what is in it.
    """
    made = definition.decisions.get(decision)
    found = None if made is None else next((it for it in _tables(made.logic.node) if it.id == table), None)
    if made is None or found is None:
        return []
    firings = [firing for it in record["decisions"] for firing in it["fired"] if firing["table"] == table]
    fired = {rule["id"] for firing in firings for rule in firing["rules"]}
    bare = {way for column in found.inputs if (way := _bare(column.expression))}
    parts = (
        tuple(column.expression for column in found.inputs),
        tuple(rule.cells for rule in found.rules),
        tuple(rule.outputs for rule in found.rules if rule.id in fired),
    )
    own = [it for it in _of(definition, record, made, parts, closed) if tuple(it.name.split(".")) not in bare]
    behind = (it for key in made.requires for it in _behind(definition, record, key, closed))
    return list({it.name: it for it in (*own, *behind)}.values())


def _of(
    definition: Definition, record: Mapping[str, Any], made: Decision, parts: Any, closed: Callable[[Any], bool]
) -> Iterator[Read]:
    """What these parts of a decision's logic read."""
    known = _known(definition, made, record)
    yield from (_read(way, known[way[0]], closed) for way in _ways(parts) if way[0] in known)


def _behind(
    definition: Definition, record: Mapping[str, Any], key: str, closed: Callable[[Any], bool]
) -> Iterator[Read]:
    """What a required decision read that has no table: nothing else would tell it."""
    made = definition.decisions.get(key)
    if made is not None and not any(_tables(made.logic.node)):
        yield from _of(definition, record, made, made.logic.node, closed)
        for needed in made.requires:
            yield from _behind(definition, record, needed, closed)


def _read(way: Way, value: Any, closed: Callable[[Any], bool]) -> Read:
    """The value at the end of a way. What has no entries is told whole: a date that is asked for its year."""
    for place, name in enumerate(way[1:], 1):
        if closed(value):
            break
        if not isinstance(value, Mapping):
            return Read(".".join(way[:place]), value)
        value = value.get(name)
    return Read(".".join(way), value)


def _known(definition: Definition, made: Decision, record: Mapping[str, Any]) -> dict[str, Any]:
    """What the expressions of a decision may name, with its values in the record."""
    values = {it["id"]: it["value"] for it in record["decisions"]}
    found: dict[str, Any] = {}
    for key in made.requires:
        wanted = definition.inputs.get(key)
        if wanted is None:
            value = values.get(key)
        else:
            given = key_of(wanted, record["inputs"])
            value = None if given is None else record["inputs"][given]
        *imported, name = made.names[key]
        (found.setdefault(imported[0], {}) if imported else found)[name] = value
    return found


def _bare(node: Any) -> Way | None:
    """The way that an expression is and nothing else."""
    inner = node.node if isinstance(node, Embedded) else node
    way = next(_ways(inner), None)
    paths = isinstance(inner, Postfix) and all(isinstance(step, Path) for step in inner.steps)
    return way if isinstance(inner, Name) or paths else None


def _ways(node: Any) -> Iterator[Way]:
    """The names that an expression reads, each with the entries that it goes to at once."""
    if isinstance(node, Name):
        yield (node.name,)
    elif isinstance(node, Postfix) and isinstance(node.base, Name):
        paths = takewhile(lambda step: isinstance(step, Path), node.steps)
        yield (node.base.name, *(step.name for step in paths if isinstance(step, Path)))
        yield from _ways(node.steps)
    else:
        for part in _parts(node):
            yield from _ways(part)


def _tables(node: Any) -> Iterator[Table]:
    if isinstance(node, Table):
        yield node
    for part in _parts(node):
        yield from _tables(part)


def _parts(node: Any) -> Iterator[Any]:
    if isinstance(node, tuple):
        yield from node
    elif is_dataclass(node):
        yield from (getattr(node, it.name) for it in fields(node))
