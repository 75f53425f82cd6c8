"""What a rule of a decision table says is among the values that its output may have: another is no answer."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine import feel
from service.engine.checks.decision_files import tables
from service.engine.checks.moment import any_moment
from service.engine.checks.view import BundleView, Found
from service.engine.decisions.columns import constant
from service.engine.decisions.nodes import Cell, Embedded, Table, Typed
from service.engine.feel.syntax.nodes import Node


def find(view: BundleView) -> Iterator[Found]:
    """Constant outputs and defaults outside the output values."""
    for file, _, name, table in tables(view):
        for place, output in enumerate(table.outputs):
            for element, number, node in _said(table, place) if output.allowed else ():
                if output.allowed is not None and _outside(node, output.allowed):
                    where = say("rule %(number)s", number=number) if number else say("the default")
                    message = say(
                        "In '%(table)s', what %(rule)s says for “%(output)s” is not allowed: its values are %(known)s. "
                        "Correct one of them.",
                        table=name,
                        rule=where,
                        output=output.name or name,
                        known=" ".join(output.allowed.text.split())[:200],
                    )
                    yield Found(element, message, file=file)


def _said(table: Table, place: int) -> Iterator[tuple[str | None, int, Node]]:
    """What rules, by number, and the default (0) say of an output, each with its element."""
    for number, rule in enumerate(table.rules, 1):
        if place < len(rule.outputs):
            yield rule.id, number, rule.outputs[place]
    default = table.outputs[place].default
    if default is not None:
        yield table.id or None, 0, default


def _outside(node: Node, allowed: Cell) -> bool:
    while isinstance(node, Embedded | Typed):
        node = node.node
    value = constant(node)
    try:
        return value is not None and feel.parse_unary(allowed.text).matches(value, {}, any_moment()) is False
    except feel.FeelError:
        return False
