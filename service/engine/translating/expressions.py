"""One Python expression → the FEEL text that means the same.

The text is parsed with `ast.parse` and walked; it is never run. What has no equal in FEEL is refused with a sentence
that says what to write. Where the two languages differ, the difference is written out: what counts as true, lists that
count from 1, `in` and `len` that ask for keys, characters or elements, sums of nothing.

Two differences stay, because they are what the diagram's author meant: numbers are decimal (0.1 + 0.2 is 0.3), and true
is not 1. Where Python compares things of two kinds and says that they differ, FEEL stops with an incident.
"""

import ast
import warnings
from collections.abc import Mapping
from decimal import Decimal

from service.engine.translating.calls import call
from service.engine.translating.comprehensions import comprehension
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
    boolean,
    by_kind,
    falsehood,
    is_plain_name,
    name,
    normal,
    shown,
    string,
    truth,
)
from service.engine.translating.juel import is_juel, juel_to_feel

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
_NUMBERS = ("number", "integer")
_REFUSED = {
    "JoinedStr": 'join the pieces: `"…" + string(n)`',
    "Lambda": "`function(x) …` is FEEL's, and stands inside the expression that calls it",
    "Slice": "write `sublist(list, start, length)` or `substring(text, start, length)`; both count from 1",
    "Set": "a list does as well",
    "SetComp": "`distinct values(list)` drops what occurs twice",
    "DictComp": "`context(list of {key, value})` makes a context",
    "GeneratorExp": "write it as a list, `[… for … in …]`",
    "NamedExpr": "give it a line of its own in a script",
    "Await": "call an operation",
    "Starred": "`concatenate(list, list)` joins lists",
}


def to_feel(text: str, types: Mapping[str, str] | None = None) -> str:
    """The FEEL text of an expression in Python, or of one in `${…}` (JUEL). Raises Untranslatable: what and why.

    `types` are JSON Schema types of variables, where they are known: they decide what `len`, `in` and `not` mean.
    """
    return juel_to_feel(text) if is_juel(text) else normal(_read(text, types))


def condition_to_feel(text: str, types: Mapping[str, str] | None = None) -> str:
    """The FEEL text of a condition: true where the value counts as true. Otherwise as `to_feel`."""
    return juel_to_feel(text, condition=True) if is_juel(text) else normal(truth(_read(text, types, condition=True)))


def _read(text: str, types: Mapping[str, str] | None, *, condition: bool = False) -> Feel:
    tree = parse(text.strip(), "eval")
    assert isinstance(tree, ast.Expression)
    try:
        translator = Translator(types or {})
        return translator.condition(tree.body) if condition else translator.expression(tree.body)
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
    """Walks one tree. `types` are those of `to_feel`, and of what comprehensions around a node name."""

    def __init__(self, types: Mapping[str, str]) -> None:
        self.types = dict(types)

    def expression(self, node: ast.expr) -> Feel:
        """The FEEL of a node's value. Raises Untranslatable."""
        kind = type(node).__name__
        if kind in _REFUSED:
            raise Untranslatable(f"`{shown(node)}` has no equal in FEEL; {_REFUSED[kind]}")
        method = getattr(self, f"_{kind.lower()}", None)
        if method is None:
            raise Untranslatable(f"`{shown(node)}` has no equal in FEEL")
        feel: Feel = method(node)
        if len(feel.text) > MAX_LENGTH:
            raise Untranslatable(f"`{shown(node)}` would be longer than {MAX_LENGTH:,} characters in FEEL")
        return feel

    def condition(self, node: ast.expr) -> Feel:
        """The FEEL of whether a node's value counts as true. Raises Untranslatable."""
        if isinstance(node, ast.BoolOp):
            word, rank = (" and ", AND) if isinstance(node.op, ast.And) else (" or ", OR)
            return boolean(word.join(self.condition(value).within(rank + 1) for value in node.values), rank)
        return truth(self.expression(node))

    def _name(self, node: ast.Name) -> Feel:
        return Feel(name(node.id), ATOM, self.types.get(node.id))

    def _constant(self, node: ast.Constant) -> Feel:
        value = node.value
        if value is None:
            return Feel("null", ATOM)
        if isinstance(value, bool):
            return boolean(_CONSTANTS[value], ATOM)
        if isinstance(value, str):
            return Feel(string(value), ATOM, "string", True)
        if isinstance(value, int) or (isinstance(value, float) and abs(value) < 1e300):
            try:
                text = f"{Decimal(repr(value)):f}"
            except ValueError:  # an integer of thousands of digits is not written out
                raise Untranslatable("A number has too many digits for FEEL") from None
            return Feel(text, ATOM, "integer" if isinstance(value, int) else "number", True)
        raise Untranslatable(f"`{shown(node)}` is no value of FEEL")

    def _boolop(self, node: ast.BoolOp) -> Feel:
        """`a and b` is one of its operands: the first that decides, else the last."""
        values = [self.expression(value) for value in node.values]
        if all(value.kind == "boolean" and value.sure for value in values):
            return self.condition(node)
        result = values[-1]
        for value in reversed(values[:-1]):
            then, other = (result, value) if isinstance(node.op, ast.And) else (value, result)
            kind = then.kind if then.kind == other.kind else None
            text = f"if {truth(value).text} then {then.text} else {other.text}"
            result = Feel(text, CONDITIONAL, kind, then.sure and other.sure, then.truths or other.truths)
            if len(text) > MAX_LENGTH:
                break
        return result

    def _unaryop(self, node: ast.UnaryOp) -> Feel:
        if isinstance(node.op, ast.Not):
            inner = node.operand
            if isinstance(inner, ast.BoolOp):
                return boolean(f"not({self.condition(inner).text})", ATOM)
            return falsehood(self.expression(inner))
        operand = self.expression(node.operand)
        if operand.kind not in (None, "duration", *_NUMBERS) or isinstance(node.op, ast.Invert | ast.UAdd):
            raise Untranslatable(f"`{shown(node)}` has no equal in FEEL")
        return Feel(f"-{operand.within(UNARY + 1)}", UNARY, operand.kind, operand.sure)

    def _binop(self, node: ast.BinOp) -> Feel:
        left, right = self.expression(node.left), self.expression(node.right)
        kinds = {left.kind, right.kind}
        numbers = kinds <= {None, *_NUMBERS}
        kind = "integer" if kinds == {"integer"} else "number"
        if isinstance(node.op, ast.Mod | ast.FloorDiv) and numbers:
            if isinstance(node.op, ast.Mod):
                return Feel(f"modulo({left.text}, {right.text})", ATOM, kind, True)
            return Feel(f"floor({left.within(MULTIPLY)} / {right.within(MULTIPLY + 1)})", ATOM, kind, True)
        if type(node.op) not in _ARITHMETIC or kinds & {"boolean", "object"}:
            raise Untranslatable(f"`{shown(node)}` has no equal in FEEL")
        sign, rank = _ARITHMETIC[type(node.op)]
        if isinstance(node.op, ast.Add) and kinds & {"array", "string"}:
            return self._joined(node, left, right)
        if kinds & {"array", "string"}:
            raise Untranslatable(f"`{shown(node)}` works on text or lists, for which FEEL has no `{sign}`")
        if isinstance(node.op, ast.Pow):
            # Python's binds to the right, FEEL's to the left.
            return Feel(f"{left.within(ATOM)} {sign} {right.within(ATOM)}", rank, "number", True)
        known = None if None in kinds else kind if numbers else _of_dates(left, right, sign)
        if known == "integer" and isinstance(node.op, ast.Div):
            known = "number"
        return Feel(f"{left.within(rank)} {sign} {right.within(rank + 1)}", rank, known, True)

    def _joined(self, node: ast.BinOp, left: Feel, right: Feel) -> Feel:
        kinds = {left.kind, right.kind} - {None}
        if len(kinds) > 1:
            raise Untranslatable(f"`{shown(node)}` joins two kinds of things")
        if kinds == {"array"}:
            return Feel(f"concatenate({left.text}, {right.text})", ATOM, "array", True, left.truths or right.truths)
        return Feel(f"{left.within(ADD)} + {right.within(ADD + 1)}", ADD, "string", True)

    def _compare(self, node: ast.Compare) -> Feel:
        sides = [(operand, self._side(operand)) for operand in (node.left, *node.comparators)]
        parts = [
            self._comparison(left, operator, right)
            for left, operator, right in zip(sides[:-1], node.ops, sides[1:], strict=True)
        ]
        if len(parts) == 1:
            return parts[0]
        return boolean(" and ".join(part.within(AND + 1) for part in parts), AND)

    def _side(self, node: ast.expr) -> Feel:
        return self.expression(ast.List(node.elts, ast.Load()) if isinstance(node, ast.Set) else node)

    def _comparison(self, left: tuple[ast.expr, Feel], operator: ast.cmpop, right: tuple[ast.expr, Feel]) -> Feel:
        (one, first), (other, second) = left, right
        if isinstance(operator, ast.In | ast.NotIn):
            found = _contains(first, second, other)
            return found if isinstance(operator, ast.In) else boolean(f"not({found.text})", ATOM)
        if isinstance(one, ast.Tuple | ast.Set) or isinstance(other, ast.Tuple | ast.Set):
            raise Untranslatable(f"`{shown(one)}` is compared with a row of values; a list is written `[…]`")
        constant = isinstance(other, ast.Constant) and (other.value is None or isinstance(other.value, bool))
        if isinstance(operator, ast.Is | ast.IsNot) and not constant:
            raise Untranslatable(f"`{shown(one)} is …` asks whether two are one and the same; write `==`")
        kinds = {first.kind, second.kind} - {None}
        if (len(kinds) > 1 and not kinds <= {*_NUMBERS}) or first.truths or second.truths:
            raise Untranslatable(f"`{shown(one)}` and `{shown(other)}` are of two kinds, which FEEL does not compare")
        sign = _COMPARISONS[type(operator)]
        if sign not in {"=", "!="} and kinds & {"array", "object", "boolean"}:
            raise Untranslatable(f"`{shown(one)}` and `{shown(other)}` have no order in FEEL")
        return boolean(f"{first.within(COMPARE + 1)} {sign} {second.within(COMPARE + 1)}", COMPARE)

    def _ifexp(self, node: ast.IfExp) -> Feel:
        condition, then, other = self.condition(node.test), self.expression(node.body), self.expression(node.orelse)
        kind = then.kind if then.kind == other.kind else None
        text = f"if {condition.text} then {then.text} else {other.text}"
        return Feel(text, CONDITIONAL, kind, then.sure and other.sure, then.truths or other.truths)

    def _list(self, node: ast.List | ast.Tuple) -> Feel:
        items = [self.expression(item) for item in node.elts]
        truths = any(item.truths or item.kind == "boolean" for item in items)
        return Feel(f"[{', '.join(item.text for item in items)}]", ATOM, "array", True, truths)

    _tuple = _list

    def _dict(self, node: ast.Dict) -> Feel:
        entries: dict[str, str] = {}
        hidden: set[str] = set()
        for key, value in zip(node.keys, node.values, strict=True):
            if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
                raise Untranslatable(f"`{shown(node)}` has keys that are not plain text")
            # An entry of FEEL's sees those before it, and takes one of them for the variable of that name.
            clash = sorted(hidden & {inner.id for inner in ast.walk(value) if isinstance(inner, ast.Name)})
            if clash:
                raise Untranslatable(f"In `{shown(node)}` the entry `{clash[0]}` hides a variable; rename one of them")
            entries[key.value] = self.expression(value).text
            if not isinstance(value, ast.Name) or value.id != key.value:
                hidden.add(key.value)
        text = ", ".join(f"{string(key)}: {value}" for key, value in entries.items())
        return Feel("{" + text + "}", ATOM, "object", True)

    def _attribute(self, node: ast.Attribute) -> Feel:
        if node.attr in {"days", "seconds", "microseconds"}:
            raise Untranslatable(f"`{shown(node)}` counts otherwise in FEEL: divide by `duration(…)`")
        return self._member(node.value, node.attr, node)

    def _subscript(self, node: ast.Subscript) -> Feel:
        key = node.slice
        if isinstance(key, ast.Slice):
            self.expression(key)
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            return self._member(node.value, key.value, node)
        owner, place = self.expression(node.value), self.expression(key)
        try:
            at = ast.literal_eval(key)
        except ValueError:
            return self._computed(node, owner, place)
        if type(at) is not int:
            raise Untranslatable(f"In `{shown(node)}` it is not plain whether a place or a name is looked up")
        at += at >= 0
        texts = {"string": f"substring({owner.text}, {at}, 1)", "array": f"{owner.within(ATOM)}[{at}]"}
        return by_kind(owner, texts, None, sure=False)

    def _computed(self, node: ast.Subscript, owner: Feel, place: Feel) -> Feel:
        """A place that is reckoned: FEEL's filter would look for its names among the entries of the elements."""
        if owner.kind != "array" or place.kind not in _NUMBERS:
            raise Untranslatable(f"In `{shown(node)}` it is not plain whether a place or a name is looked up")
        at = f"if {place.within(ADD)} < 0 then {place.text} else {place.within(ADD)} + 1"
        return Feel(f"sublist({owner.text}, {at}, 1)[1]", ATOM)

    def _member(self, value: ast.expr, key: str, node: ast.expr) -> Feel:
        if key.startswith("__"):
            raise Untranslatable(f"`{shown(node)}` reaches into Python itself")
        owner = self.expression(value)
        if owner.kind not in {None, "object", "date"}:
            raise Untranslatable(f"`{shown(value)}` has no entries")
        if is_plain_name(key):
            return Feel(f"{owner.within(ATOM)}.{key}", ATOM)
        return Feel(f"get value({owner.text}, {string(key)})", ATOM)

    def _listcomp(self, node: ast.ListComp) -> Feel:
        return comprehension(self, node.elt, node.generators, node)

    def _call(self, node: ast.Call) -> Feel:
        return call(self, node)


def _of_dates(left: Feel, right: Feel, sign: str) -> str | None:
    """The kind of a sum or difference in which there are dates or durations."""
    if {left.kind, right.kind} == {"date"}:
        return "duration" if sign == "-" else None
    return "date" if "date" in {left.kind, right.kind} else "duration"


def _contains(inner: Feel, whole: Feel, container: ast.expr) -> Feel:
    """`inner in whole`: a part of a text, a name of an object's entries, an element of a list."""
    if whole.truths or (whole.kind == "array" and inner.kind == "boolean"):
        raise Untranslatable(f"In `{shown(container)}` true would count as 1, and false as 0; compare with each")
    texts = {
        "string": f"contains({whole.text}, {inner.text})",
        "object": f"list contains(get entries({whole.text}).key, {inner.text})",
        "array": f"list contains({whole.text}, {inner.text})",
    }
    return by_kind(whole, texts, "boolean")
