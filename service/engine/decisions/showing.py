"""A decision file's tables as their author wrote them: what a page shows. Nothing is evaluated here."""

from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from service.engine.decisions.tree import attribute, child, children, local, text_of
from service.engine.xml import parse_xml


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its id, its label, and for an input the expression that it looks at."""

    id: str
    label: str
    expression: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A rule: its id, its cells as text (inputs, then outputs), and what its author notes."""

    id: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    annotation: str


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A decision table. `decision` is the id of the decision that it belongs to, `id` the table's own; `called` are the
    inputs of its file that have a label, each with its name for an expression."""

    decision: str
    name: str
    description: str
    id: str
    policy: str
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
    rows: tuple[Row, ...]
    called: tuple[Column, ...]


@lru_cache(maxsize=32)
def shown_tables(data: bytes) -> tuple[ShownTable, ...]:
    """The tables of a DMN file, in its order. Raises XMLRefused for what is no XML."""
    found, root = [], parse_xml(data)
    called = tuple(
        Column(attribute(given, "id"), attribute(given, "label"), attribute(given, "name"))
        for given in children(root, "inputData")
        if given.get("label")
    )
    for decision in children(root, "decision"):
        found += [
            _table(decision, box, called) for box in decision.iter() if isinstance(box.tag, str) and _is_table(box)
        ]
    return tuple(found)


def _is_table(element: etree._Element) -> bool:
    return local(element) == "decisionTable"


def _table(decision: etree._Element, box: etree._Element, called: tuple[Column, ...]) -> ShownTable:
    return ShownTable(
        decision=attribute(decision, "id"),
        name=attribute(decision, "name"),
        description=text_of(child(decision, "description")),
        id=attribute(box, "id"),
        policy=attribute(box, "hitPolicy") or "UNIQUE",
        inputs=tuple(_input(column) for column in children(box, "input")),
        outputs=tuple(
            Column(attribute(column, "id"), attribute(column, "label") or attribute(column, "name"))
            for column in children(box, "output")
        ),
        rows=tuple(_row(row, number) for number, row in enumerate(children(box, "rule"), 1)),
        called=called,
    )


def _input(column: etree._Element) -> Column:
    expression = child(column, "inputExpression")
    text = "" if expression is None else text_of(child(expression, "text"))
    return Column(attribute(column, "id"), attribute(column, "label") or text, text)


def _row(row: etree._Element, number: int) -> Row:
    return Row(
        id=attribute(row, "id") or f"rule-{number}",
        inputs=tuple(text_of(child(cell, "text")) for cell in children(row, "inputEntry")),
        outputs=tuple(text_of(child(cell, "text")) for cell in children(row, "outputEntry")),
        annotation=" ".join(text_of(child(note, "text")) for note in children(row, "annotationEntry")),
    )
