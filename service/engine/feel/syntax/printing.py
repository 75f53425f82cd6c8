"""A tree as text, in normal form: one blank around operators, brackets only where the tree needs them.

What is printed reads back as the same tree, if the same names are known.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from service.engine.feel.kinds.text import TEMPORAL
from service.engine.feel.syntax.names import KEYWORDS
from service.engine.feel.syntax.nodes import (
    Arithmetic,
    Between,
    Call,
    Comparison,
    Conditional,
    ContextOf,
    Filter,
    For,
    FunctionOf,
    InstanceOf,
    Iterator,
    ListOf,
    Literal,
    Logic,
    Membership,
    Name,
    Negation,
    Node,
    Path,
    Postfix,
    Quantified,
    RangeOf,
    SideOf,
)
from service.engine.feel.syntax.parser import ADD, AND, COMPARE, INSTANCE, MULTIPLY, OR, POWER, UNARY

ATOM = INSTANCE + 1
_ARITHMETIC = {"+": ADD, "-": ADD, "*": MULTIPLY, "/": MULTIPLY, "**": POWER}
_RANKS: dict[type[Node], int] = {
    **dict.fromkeys((Comparison, Between, Membership), COMPARE),
    **dict.fromkeys((Conditional, For, Quantified, FunctionOf), 0),
    Negation: UNARY,
    InstanceOf: INSTANCE,
}
_LONGEST = 40
"""Digits of a number that is printed without an exponent."""
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def printed(node: Node, rank: int = 0) -> str:
    """The text of a tree, in brackets where it holds together less tightly than `rank` asks."""
    text = _PRINTERS[type(node)](node)
    return text if _rank(node) >= rank else f"({text})"


def string_literal(value: str) -> str:
    """A string as it stands in a text."""
    return f'"{value.translate(_ESCAPES)}"'


def _rank(node: Node) -> int:
    if isinstance(node, Logic):
        return OR if node.operator == "or" else AND
    if isinstance(node, Arithmetic):
        return _ARITHMETIC[node.rest[0][0]]
    return _RANKS.get(type(node), ATOM)


def _literal(node: Literal) -> str:
    value = node.value
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, TEMPORAL):
        return f'@"{value}"'
    if not isinstance(value, Decimal):
        return string_literal(str(value))
    plain = -_LONGEST < value.adjusted() < _LONGEST
    return f"{value:f}" if plain else str(value)


def _logic(node: Logic) -> str:
    return f" {node.operator} ".join(printed(operand, _rank(node) + 1) for operand in node.operands)


def _arithmetic(node: Arithmetic) -> str:
    tighter = _rank(node) + 1
    rest = "".join(f" {operator} {printed(operand, tighter)}" for operator, operand in node.rest)
    return printed(node.first, tighter) + rest


def _negation(node: Negation) -> str:
    operand = printed(node.operand, UNARY)
    # `-1` is a number of its own.
    return f"-({operand})" if operand[0].isdigit() else f"-{operand}"


def _between(node: Between) -> str:
    return f"{printed(node.value, ADD)} between {printed(node.low, ADD)} and {printed(node.high, ADD)}"


def _membership(node: Membership) -> str:
    return f"{printed(node.value, ADD)} in ({_row(node.tests)})"


def _instance_of(node: InstanceOf) -> str:
    return f"{printed(node.value, INSTANCE)} instance of {node.type}"


def _conditional(node: Conditional) -> str:
    branches = (f"if {printed(condition)} then {printed(value)}" for condition, value in node.branches)
    # An `else if` is another branch of the same node.
    nested = isinstance(node.otherwise, Conditional)
    return " else ".join([*branches, printed(node.otherwise, OR if nested else 0)])


def _iterator(node: Iterator) -> str:
    until = f"..{printed(node.until, OR)}" if node.until else ""
    return f"{node.name} in {printed(node.source, OR)}{until}"


def _for(node: For) -> str:
    return f"for {_row(node.iterators)} return {printed(node.body)}"


def _quantified(node: Quantified) -> str:
    return f"{node.quantifier} {_row(node.iterators)} satisfies {printed(node.body)}"


def _postfix(node: Postfix) -> str:
    base = printed(node.base, ATOM)
    number = isinstance(node.base, Literal) and isinstance(node.base.value, Decimal)
    base = f"({base})" if number or isinstance(node.base, Postfix) else base
    return base + "".join(printed(step) for step in node.steps)


def _call(node: Call) -> str:
    arguments = [printed(argument) for argument in node.arguments]
    if node.names:
        arguments = [f"{name}: {argument}" for name, argument in zip(node.names, arguments, strict=True)]
    return f"({', '.join(arguments)})"


def _context_of(node: ContextOf) -> str:
    return "{" + ", ".join(f"{_key(name)}: {printed(value)}" for name, value in node.entries) + "}"


def _key(name: str) -> str:
    plain = name.isascii() and name.isidentifier() and name not in KEYWORDS
    return name if plain else string_literal(name)


def _range_of(node: RangeOf) -> str:
    low, high = ("null" if side is None else printed(side, OR) for side in (node.low, node.high))
    return f"{'[' if node.low_included else '('}{low}..{high}{']' if node.high_included else ')'}"


def _side_of(node: SideOf) -> str:
    return f"({node.sign} {printed(node.bound, ADD)})"


def _function_of(node: FunctionOf) -> str:
    parameters = (name if kind is None else f"{name}: {kind}" for name, kind in node.parameters)
    return f"function({', '.join(parameters)}) {'external ' if node.external else ''}{printed(node.body)}"


def _row(nodes: tuple[Node, ...]) -> str:
    return ", ".join(printed(node) for node in nodes)


_PRINTERS: dict[type[Node], Callable[[Any], str]] = {
    Literal: _literal,
    Name: lambda node: node.name,
    Logic: _logic,
    Arithmetic: _arithmetic,
    Negation: _negation,
    Comparison: lambda node: f"{printed(node.left, ADD)} {node.operator} {printed(node.right, ADD)}",
    Between: _between,
    Membership: _membership,
    InstanceOf: _instance_of,
    Conditional: _conditional,
    Iterator: _iterator,
    For: _for,
    Quantified: _quantified,
    Postfix: _postfix,
    Path: lambda node: f".{node.name}",
    Filter: lambda node: f"[{printed(node.condition)}]",
    Call: _call,
    ListOf: lambda node: f"[{_row(node.items)}]",
    ContextOf: _context_of,
    RangeOf: _range_of,
    SideOf: _side_of,
    FunctionOf: _function_of,
}
