"""The XML of a decision table → its columns and rules."""

from typing import cast

from lxml import etree

from service.domain.sentences import say
from service.engine.decisions.boxes import Boxes, typed
from service.engine.decisions.nodes import Aggregator, Cell, HitPolicy, Input, Output, Rule, Table
from service.engine.decisions.tree import attribute, child, children, text_of
from service.engine.feel.syntax.nodes import Node

POLICIES = ("UNIQUE", "FIRST", "PRIORITY", "ANY", "COLLECT", "RULE ORDER", "OUTPUT ORDER")
AGGREGATORS = ("SUM", "MIN", "MAX", "COUNT")


def read_table(boxes: Boxes, box: etree._Element) -> Node:
    """A decision table. What cannot be read of it is reported with the id of its element."""
    policy = attribute(box, "hitPolicy") or "UNIQUE"
    aggregator = attribute(box, "aggregation") or None
    if policy not in POLICIES or (aggregator is not None and aggregator not in AGGREGATORS):
        asked = f"{policy} {aggregator or ''}".strip()
        return boxes.refused(box, say("There is no hit policy “%(policy)s”.", policy=asked))
    outputs = tuple(_output(boxes, column) for column in children(box, "output"))
    if not outputs:
        return boxes.refused(box, say("A decision table needs an output."))
    if aggregator is not None and policy == "COLLECT" and len(outputs) > 1:
        return boxes.refused(
            box,
            say(
                "%(aggregator)s wants a table with one output, not %(count)s.",
                aggregator=aggregator,
                count=len(outputs),
            ),
        )
    inputs = tuple(_input(boxes, column) for column in children(box, "input"))
    headings = [attribute(column, "name") for column in children(box, "annotation")]
    rules = tuple(
        _rule(boxes, row, number, (inputs, outputs), headings) for number, row in enumerate(children(box, "rule"), 1)
    )
    aggregation = cast(Aggregator | None, aggregator if policy == "COLLECT" else None)
    table_id = attribute(box, "id")
    return Table(table_id, cast(HitPolicy, policy), aggregation, inputs, outputs, rules, start=0, end=0)


def _input(boxes: Boxes, column: etree._Element) -> Input:
    expression = child(column, "inputExpression")
    text = "" if expression is None else text_of(child(expression, "text"))
    node = boxes.text(column, text) if text else boxes.refused(column, say("An input column needs an expression."))
    kind = None if expression is None else boxes.type(expression)
    return Input(attribute(column, "label") or text, node, _allowed(boxes, child(column, "inputValues")), kind)


def _output(boxes: Boxes, column: etree._Element) -> Output:
    default = child(column, "defaultOutputEntry")
    return Output(
        attribute(column, "name"),
        _allowed(boxes, child(column, "outputValues")),
        None if default is None else boxes.literal(default),
        boxes.type(column),
    )


def _allowed(boxes: Boxes, values: etree._Element | None) -> Cell | None:
    """The values that a column may have; None where any will do, as every value equals `?`."""
    if values is None or text_of(child(values, "text")) in {"", "-", "?"}:
        return None
    return boxes.cell(values)


def _rule(
    boxes: Boxes,
    row: etree._Element,
    number: int,
    columns: tuple[tuple[Input, ...], tuple[Output, ...]],
    headings: list[str],
) -> Rule:
    inputs, outputs = columns
    cells, entries = children(row, "inputEntry"), children(row, "outputEntry")
    if len(cells) != len(inputs) or len(entries) != len(outputs):
        boxes.report(
            row,
            say(
                "Rule %(number)s has %(here)s cells, not %(wanted)s.",
                number=number,
                here=f"{len(cells)} + {len(entries)}",
                wanted=f"{len(inputs)} + {len(outputs)}",
            ),
        )
    notes = [text_of(child(note, "text")) for note in children(row, "annotationEntry")]
    texts = (
        f"{heading}: {note}" if heading else note for heading, note in zip(_padded(headings, notes), notes, strict=True)
    )
    return Rule(
        attribute(row, "id") or f"rule-{number}",
        tuple(boxes.cell(cell) for cell in cells),
        tuple(typed(boxes.literal(entry), boxes.type(entry)) for entry in entries),
        tuple(text for text, note in zip(texts, notes, strict=True) if note),
    )


def _padded(headings: list[str], notes: list[str]) -> list[str]:
    return (headings + [""] * len(notes))[: len(notes)]
