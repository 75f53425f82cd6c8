"""One Python expression → the FEEL text that means the same.

The text is parsed with `ast.parse` and walked; it is never run. What has no equal in FEEL is refused with a sentence.
FEEL's own traps are stepped around: lists count from 1, `in` and `len` differ for text and lists, `-2**2` differs.
"""

import ast
import warnings
from collections.abc import Mapping
from decimal import Decimal

from service.engine.translating.calls import CALLS, call_of
from service.engine.translating.feel_text import (
    ADD,
    AND,
    ATOM,
    COMPARE,
    CONDITIONAL,
    MULTIPLY,
    OR,
    POWER,
    UNARY,
    Feel,
    NotPython,
    Untranslatable,
    either,
    is_plain_name,
    name,
    string,
)

MAX_LENGTH = 10_000

_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "=",
    ast.NotEq: "!=",
    ast.Is: "=",
    ast.IsNot: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_ARITHMETIC: dict[type[ast.operator], tuple[str, int]] = {
    ast.Add: ("+", ADD),
    ast.Sub: ("-", ADD),
    ast.Mult: ("*", MULTIPLY),
    ast.Div: ("/", MULTIPLY),
    ast.Pow: ("**", POWER),
}
_CONSTANTS = {True: "true", False: "false", None: "null"}


def to_feel(text: str, types: Mapping[str, str] | None = None) -> str:
    """The FEEL text of a Python expression. Raises Untranslatable, whose message says what and why.

    `types` are JSON Schema types of variables, where they are known: they decide what `len` and `in` mean.
    """
    tree = parse(text.strip(), "eval")
    assert isinstance(tree, ast.Expression)
    try:
        return Translator(types or {}).expression(tree.body).text
    except RecursionError:
        raise Untranslatable("It is nested too deep to be read") from None


def parse(text: str, mode: str) -> ast.Module | ast.Expression:
    """The syntax tree of Python text, or Untranslatable."""
    if len(text) > MAX_LENGTH:
        raise Untranslatable(f"It is longer than {MAX_LENGTH:,} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text, mode=mode)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise NotPython("It is not Python that can be read") from None
    assert isinstance(tree, ast.Module | ast.Expression)
    return tree


class Translator:
    """Walks one tree. `types` as in `to_feel`."""

    def __init__(self, types: Mapping[str, str]) -> None:
        self.types = types

    def expression(self, node: ast.expr) -> Feel:
        """The FEEL of a node. Raises Untranslatable."""
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            raise Untranslatable(f"`{shown(node)}` has no equal in FEEL")
        feel: Feel = method(node)
        return feel

    def type_of(self, node: ast.expr) -> str | None:
        """The JSON type of a value, where the text or a form says it."""
        if isinstance(node, ast.List | ast.Tuple | ast.ListComp):
            return "array"
        if isinstance(node, ast.Dict):
            return "object"
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return "string"
        return self.types.get(node.id) if isinstance(node, ast.Name) else None

    def _name(self, node: ast.Name) -> Feel:
        return Feel(name(node.id), ATOM)

    def _constant(self, node: ast.Constant) -> Feel:
        value = node.value
        if value is None or isinstance(value, bool):
            return Feel(_CONSTANTS[value], ATOM)
        if isinstance(value, str):
            return Feel(string(value), ATOM)
        if isinstance(value, int) or (isinstance(value, float) and abs(value) < 1e300):
            try:
                return Feel(f"{Decimal(repr(value)):f}", ATOM)
            except ValueError:  # an integer of thousands of digits is not written out
                pass
        raise Untranslatable(f"`{shown(node)}` is no value of FEEL")

    def _boolop(self, node: ast.BoolOp) -> Feel:
        word, rank = (" and ", AND) if isinstance(node.op, ast.And) else (" or ", OR)
        return Feel(word.join(self.expression(value).within(rank) for value in node.values), rank)

    def _unaryop(self, node: ast.UnaryOp) -> Feel:
        operand = self.expression(node.operand)
        if isinstance(node.op, ast.Not):
            return Feel(f"not({operand.text})", ATOM)
        if isinstance(node.op, ast.USub):
            return Feel(f"-{operand.within(UNARY + 1)}", UNARY)
        if isinstance(node.op, ast.UAdd):
            return operand
        raise Untranslatable(f"`{shown(node)}` works on bits, which FEEL does not know")

    def _binop(self, node: ast.BinOp) -> Feel:
        left, right = self.expression(node.left), self.expression(node.right)
        if isinstance(node.op, ast.Mod) and self.type_of(node.left) != "string":
            return Feel(f"modulo({left.text}, {right.text})", ATOM)
        if isinstance(node.op, ast.FloorDiv):
            return Feel(f"floor({left.within(MULTIPLY)} / {right.within(MULTIPLY + 1)})", ATOM)
        if type(node.op) not in _ARITHMETIC:
            raise Untranslatable(f"`{shown(node)}` has no equal in FEEL")
        if isinstance(node.op, ast.Add) and "array" in (self.type_of(node.left), self.type_of(node.right)):
            return Feel(f"concatenate({left.text}, {right.text})", ATOM)
        sign, rank = _ARITHMETIC[type(node.op)]
        if isinstance(node.op, ast.Pow):
            # Python's binds to the right, FEEL's to the left.
            return Feel(f"{left.within(ATOM)} {sign} {right.within(ATOM)}", rank)
        return Feel(f"{left.within(rank)} {sign} {right.within(rank + 1)}", rank)

    def _compare(self, node: ast.Compare) -> Feel:
        parts, left = [], node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            parts.append(self._comparison(left, operator, right))
            left = right
        if len(parts) == 1:
            return parts[0]
        return Feel(" and ".join(part.within(AND) for part in parts), AND)

    def _comparison(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> Feel:
        if isinstance(operator, ast.In):
            return self._contains(left, right)
        if isinstance(operator, ast.NotIn):
            return Feel(f"not({self._contains(left, right).text})", ATOM)
        sign = _COMPARISONS[type(operator)]
        first, second = self.expression(left), self.expression(right)
        return Feel(f"{first.within(COMPARE + 1)} {sign} {second.within(COMPARE + 1)}", COMPARE)

    def _contains(self, item: ast.expr, container: ast.expr) -> Feel:
        inner, whole, kind = self.expression(item), self.expression(container), self.type_of(container)
        if kind == "object":
            return Feel(f"get value({whole.text}, {inner.text}) != null", COMPARE)
        in_text = f"contains({whole.text}, {inner.text})"
        in_list = f"list contains({whole.text}, {inner.text})"
        return either(kind, whole, in_text, in_list)

    def _ifexp(self, node: ast.IfExp) -> Feel:
        condition, then, other = (self.expression(part) for part in (node.test, node.body, node.orelse))
        return Feel(f"if {condition.text} then {then.text} else {other.text}", CONDITIONAL)

    def _list(self, node: ast.List | ast.Tuple) -> Feel:
        return Feel(f"[{', '.join(self.expression(item).text for item in node.elts)}]", ATOM)

    _tuple = _list

    def _dict(self, node: ast.Dict) -> Feel:
        entries = []
        for key, value in zip(node.keys, node.values, strict=True):
            if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
                raise Untranslatable(f"`{shown(node)}` has keys that are not plain text")
            entries.append(f"{string(key.value)}: {self.expression(value).text}")
        return Feel("{" + ", ".join(entries) + "}", ATOM)

    def _attribute(self, node: ast.Attribute) -> Feel:
        return self._member(node.value, node.attr, node)

    def _subscript(self, node: ast.Subscript) -> Feel:
        key = node.slice
        if isinstance(key, ast.UnaryOp) and isinstance(key.op, ast.USub) and isinstance(key.operand, ast.Constant):
            position = key.operand.value
            if isinstance(position, int) and not isinstance(position, bool) and position > 0:
                return Feel(f"{self.expression(node.value).within(ATOM)}[-{position}]", ATOM)
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            return self._member(node.value, key.value, node)
        if isinstance(key, ast.Constant) and isinstance(key.value, int) and not isinstance(key.value, bool):
            return Feel(f"{self.expression(node.value).within(ATOM)}[{key.value + 1}]", ATOM)
        raise Untranslatable(f"In `{shown(node)}` it is not plain whether a place or a name is looked up")

    def _member(self, value: ast.expr, key: str, node: ast.expr) -> Feel:
        if key.startswith("__"):
            raise Untranslatable(f"`{shown(node)}` reaches into Python itself")
        owner = self.expression(value)
        if is_plain_name(key):
            return Feel(f"{owner.within(ATOM)}.{key}", ATOM)
        return Feel(f"get value({owner.text}, {string(key)})", ATOM)

    def _listcomp(self, node: ast.ListComp) -> Feel:
        variable, items = self._iteration(node)
        return Feel(f"for {variable} in {items.text} return {self.expression(node.elt).text}", CONDITIONAL)

    def _iteration(self, node: ast.ListComp | ast.GeneratorExp) -> tuple[str, Feel]:
        first = node.generators[0]
        if len(node.generators) > 1 or first.ifs or first.is_async or not isinstance(first.target, ast.Name):
            raise Untranslatable(f"`{shown(node)}` filters or nests; write it with FEEL's filter, `list[condition]`")
        return name(first.target.id), self.expression(first.iter)

    def _call(self, node: ast.Call) -> Feel:
        function = call_of(node)
        if function in ("any", "all") and len(node.args) == 1 and isinstance(node.args[0], ast.GeneratorExp):
            variable, items = self._iteration(node.args[0])
            word = "some" if function == "any" else "every"
            test = self.expression(node.args[0].elt).text
            return Feel(f"{word} {variable} in {items.text} satisfies {test}", CONDITIONAL)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "get" and 1 <= len(node.args) <= 2:
            return self._get(node, node.func.value)
        if function not in CALLS:
            raise Untranslatable(f"`{shown(node.func)}(…)` is no function that FEEL knows")
        return CALLS[function](self, node)

    def _get(self, node: ast.Call, owner: ast.expr) -> Feel:
        key = node.args[0]
        if node.keywords or not isinstance(key, ast.Constant) or not isinstance(key.value, str):
            raise Untranslatable(f"In `{shown(node)}` it is not plain which name is looked up")
        value = self._member(owner, key.value, node)
        if len(node.args) == 1:
            return value
        other = self.expression(node.args[1]).text
        return Feel(f"if {value.text} = null then {other} else {value.text}", CONDITIONAL)


def shown(node: ast.AST) -> str:
    """The Python text of a node, short enough for a sentence."""
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 60 else f"{text[:57]}…"
