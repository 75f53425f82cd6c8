"""A decision file's tables as their author wrote them: what a page shows. Nothing is evaluated here."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from service.engine.decisions.tree import attribute, child, children, local, text_of
from service.engine.xml import parse_xml


@dataclass(frozen=True, slots=True)
class Word:
    """The label of a cell, and the cell's id."""

    id: str
    label: str


Words = tuple[tuple[str, Word], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its id, its label, and for an input the expression that it looks at, for an output its name. `words` are what
    cells call a value of it, by the FEEL of that value."""

    id: str
    label: str
    expression: str = ""
    words: Words = ()


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
    inputs of its file, and parts of them, that have a label, each as an expression names it."""

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
    called = tuple(_called(root))
    for decision in children(root, "decision"):
        found += [
            _table(decision, box, called) for box in decision.iter() if isinstance(box.tag, str) and _is_table(box)
        ]
    return tuple(found)


def _called(root: etree._Element) -> Iterator[Column]:
    """The inputs of a file that have a label, and the parts of their types that have one."""
    types = {attribute(kind, "name"): kind for kind in children(root, "itemDefinition")}
    for given in children(root, "inputData"):
        if given.get("label"):
            yield Column(attribute(given, "id"), attribute(given, "label"), attribute(given, "name"))
        variable = child(given, "variable")
        kind = None if variable is None else types.get(attribute(variable, "typeRef"))
        for part in () if kind is None else kind.iter():
            if isinstance(part.tag, str) and local(part) == "itemComponent" and part.get("label"):
                way = [attribute(it, "name") for it in part.iterancestors() if local(it) == "itemComponent"]
                name = ".".join([attribute(given, "name"), *reversed(way), attribute(part, "name")])
                yield Column(attribute(part, "id"), attribute(part, "label"), name)


def _is_table(element: etree._Element) -> bool:
    return local(element) == "decisionTable"


def _table(decision: etree._Element, box: etree._Element, called: tuple[Column, ...]) -> ShownTable:
    rows = children(box, "rule")
    return ShownTable(
        decision=attribute(decision, "id"),
        name=attribute(decision, "name"),
        description=text_of(child(decision, "description")),
        id=attribute(box, "id"),
        policy=attribute(box, "hitPolicy") or "UNIQUE",
        inputs=tuple(
            _input(column, _words(rows, "inputEntry", place)) for place, column in enumerate(children(box, "input"))
        ),
        outputs=tuple(
            _output(column, _words(rows, "outputEntry", place)) for place, column in enumerate(children(box, "output"))
        ),
        rows=tuple(_row(row, number) for number, row in enumerate(rows, 1)),
        called=called,
    )


def _input(column: etree._Element, words: Words) -> Column:
    expression = child(column, "inputExpression")
    text = "" if expression is None else text_of(child(expression, "text"))
    return Column(attribute(column, "id"), attribute(column, "label") or text, text, words)


def _output(column: etree._Element, words: Words) -> Column:
    name = attribute(column, "name")
    return Column(attribute(column, "id"), attribute(column, "label") or name, name, words)


def _words(rows: list[etree._Element], kind: str, place: int) -> Words:
    """What the cells of a column are labelled, the first for each text."""
    cells = (cell for row in rows for cell in children(row, kind)[place : place + 1] if attribute(cell, "label"))
    found: dict[str, Word] = {}
    for cell in cells:
        found.setdefault(text_of(child(cell, "text")), Word(attribute(cell, "id"), attribute(cell, "label")))
    return tuple(found.items())


def _row(row: etree._Element, number: int) -> Row:
    return Row(
        id=attribute(row, "id") or f"rule-{number}",
        inputs=tuple(text_of(child(cell, "text")) for cell in children(row, "inputEntry")),
        outputs=tuple(text_of(child(cell, "text")) for cell in children(row, "outputEntry")),
        annotation=" ".join(text_of(child(note, "text")) for note in children(row, "annotationEntry")),
    )
