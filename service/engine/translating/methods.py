"""The methods of Python's strings, objects and dates that have an equal in FEEL."""

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from service.engine.translating.feel_text import (
    ADD,
    ATOM,
    CONDITIONAL,
    Feel,
    Untranslatable,
    a_list,
    boolean,
    shown,
    string,
)

if TYPE_CHECKING:
    from service.engine.translating.expressions import Translator

_SIGNS_OF_PATTERNS = frozenset("\\|.?*+(){}-[]^$")
_INSTEAD = {
    "strip": 'write `replace(text, "^\\\\s+|\\\\s+$", "")`',
    "format": 'join the pieces: `"…" + string(n)`',
    "keys": "write `get entries(context).key`, in the order of the names",
    "values": "write `get entries(context).value`, in the order of the names",
    "items": "write `get entries(context)`, in the order of the names",
    "append": "write `append(list, element)`",
    "count": "write `count(list[item = …])`",
    "index": "write `index of(list, element)`, which counts from 1",
    "total_seconds": 'divide by `duration("PT1S")`',
    "isoformat": "write `string(date)`",
    "pop": "nothing is changed in place; write `remove(list, position)`",
    "update": "nothing is changed in place; write `context merge([…])`",
}


def method_call(translator: "Translator", node: ast.Call, function: ast.Attribute) -> Feel:
    """A call of a method. Raises Untranslatable."""
    if function.attr == "get" and not node.keywords and len(node.args) in (1, 2):
        return _get(translator, node, function.value)
    if function.attr not in _METHODS or node.keywords:
        instead = _INSTEAD.get(function.attr)
        hint = f"; {instead}" if instead else ""
        raise Untranslatable(f"`{shown(function)}(…)` is no function that FEEL knows{hint}")
    count, method = _METHODS[function.attr]
    if len(node.args) != count:
        raise Untranslatable(f"`{shown(node)}` has more or fewer arguments than are read here")
    return method(translator, function.value, *node.args)


def _get(translator: "Translator", node: ast.Call, owner: ast.expr) -> Feel:
    """`case.get("n", 0)`: the other value where there is no such entry, not where it is null."""
    whole, key = translator.expression(owner), translator.expression(node.args[0])
    if whole.kind not in {None, "object"} or key.kind not in {None, "string"}:
        raise Untranslatable(f"In `{shown(node)}` it is not plain which name is looked up")
    found = f"get value({whole.text}, {key.text})"
    if len(node.args) == 1:
        return Feel(found, ATOM)
    other = translator.expression(node.args[1])
    known = f"list contains(get entries({whole.text}).key, {key.text})"
    return Feel(f"if {known} then {found} else {other.text}", CONDITIONAL)


def _text(translator: "Translator", node: ast.expr) -> Feel:
    value = translator.expression(node)
    if value.kind not in {None, "string"}:
        raise Untranslatable(f"`{shown(node)}` is no text")
    return value


def _turned(name: str) -> Callable[..., Feel]:
    """A text of a text."""
    return lambda translator, owner: Feel(f"{name}({_text(translator, owner).text})", ATOM, "string", True)


def _asked(name: str) -> Callable[..., Feel]:
    """Whether a text has another at a place."""

    def method(translator: "Translator", owner: ast.expr, part: ast.expr) -> Feel:
        return boolean(f"{name}({_text(translator, owner).text}, {_text(translator, part).text})", ATOM)

    return method


def _constant(node: ast.expr) -> str:
    """A text that is written out and not empty: a pattern is made of it."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or not node.value:
        raise Untranslatable(f"`{shown(node)}` would be a pattern in FEEL; write the text out")
    return node.value


def _pattern(node: ast.expr) -> str:
    return string("".join(f"\\{sign}" if sign in _SIGNS_OF_PATTERNS else sign for sign in _constant(node)))


def _replaced(translator: "Translator", owner: ast.expr, old: ast.expr, new: ast.expr) -> Feel:
    text, pattern = _text(translator, owner), _pattern(old)
    if not isinstance(new, ast.Constant) or not isinstance(new.value, str):
        raise Untranslatable(f"`{shown(new)}` would be a pattern's replacement in FEEL; write the text out")
    replacement = string("".join(f"\\{sign}" if sign in "\\$" else sign for sign in new.value))
    return Feel(f"replace({text.text}, {pattern}, {replacement})", ATOM, "string", True)


def _split(translator: "Translator", owner: ast.expr, delimiter: ast.expr) -> Feel:
    return Feel(f"split({_text(translator, owner).text}, {_pattern(delimiter)})", ATOM, "array", True)


def _joined(translator: "Translator", delimiter: ast.expr, items: ast.expr) -> Feel:
    parts = a_list(translator.expression(items))
    return Feel(f"string join({parts.text}, {_text(translator, delimiter).text})", ATOM, "string", True)


def _weekday(shift: str) -> Callable[..., Feel]:
    """The day of the week: Python counts from 0 or from 1, FEEL from 1."""

    def method(translator: "Translator", owner: ast.expr) -> Feel:
        return Feel(f"{translator.expression(owner).within(ATOM)}.weekday{shift}", ADD, "integer", True)

    return method


_METHODS: dict[str, tuple[int, Callable[..., Feel]]] = {
    "lower": (0, _turned("lower case")),
    "upper": (0, _turned("upper case")),
    "startswith": (1, _asked("starts with")),
    "endswith": (1, _asked("ends with")),
    "replace": (2, _replaced),
    "split": (1, _split),
    "join": (1, _joined),
    "weekday": (0, _weekday(" - 1")),
    "isoweekday": (0, _weekday("")),
}
