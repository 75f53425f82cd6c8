"""The functions of Python that have an equal in FEEL."""

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from service.engine.translating.feel_text import ATOM, Feel, Untranslatable, either

if TYPE_CHECKING:
    from service.engine.translating.expressions import Translator

# In the order and the units in which ISO 8601 writes them; a week is seven days.
_DURATION_UNITS = ("weeks", "days", "hours", "minutes", "seconds")


def call_of(node: ast.Call) -> str:
    """The name of the function that is called, without the modules of dates; "" for anything else."""
    text = ast.unparse(node.func)
    return text.removeprefix("datetime.") if text.startswith("datetime.") else text


def _length(translator: "Translator", node: ast.Call) -> Feel:
    value = translator.expression(_only(node))
    return either(translator.type_of(node.args[0]), value, f"string length({value.text})", f"count({value.text})")


def _rounded(translator: "Translator", node: ast.Call) -> Feel:
    # Python rounds halves to the even digit.
    if node.keywords or len(node.args) not in (1, 2):
        raise Untranslatable(f"`{ast.unparse(node)[:60]}` cannot be read")
    number, *digits = (translator.expression(argument).text for argument in node.args)
    return Feel(f"decimal({number}, {digits[0] if digits else '0'})", ATOM)


def _duration(_: "Translator", node: ast.Call) -> Feel:
    amounts = {word.arg: word.value for word in node.keywords}
    if node.args:
        amounts["days"] = node.args[0]
    if len(node.args) > 1 or not amounts.keys() <= set(_DURATION_UNITS):
        raise Untranslatable(f"`{ast.unparse(node)[:60]}` counts in units that are not read here")
    numbers = {}
    for unit, value in amounts.items():
        if not isinstance(value, ast.Constant) or not isinstance(value.value, int) or isinstance(value.value, bool):
            raise Untranslatable(f"`{ast.unparse(node)[:60]}` is counted when it runs; write `duration(…)` in FEEL")
        numbers[unit] = value.value
    days = numbers.get("weeks", 0) * 7 + numbers.get("days", 0)
    clock = "".join(f"{numbers[unit]}{unit[0].upper()}" for unit in _DURATION_UNITS[2:] if numbers.get(unit))
    text = "P" + (f"{days}D" if days or not clock else "") + (f"T{clock}" if clock else "")
    return Feel(f'duration("{text}")', ATOM)


def _same(name: str, *, most: int = 1) -> Callable[["Translator", ast.Call], Feel]:
    """A function of the same meaning under FEEL's name."""

    def translated(translator: "Translator", node: ast.Call) -> Feel:
        if node.keywords or not 1 <= len(node.args) <= most:
            raise Untranslatable(f"`{ast.unparse(node)[:60]}` has arguments that FEEL's {name} does not take")
        return Feel(f"{name}({', '.join(translator.expression(it).text for it in node.args)})", ATOM)

    return translated


def _nothing(name: str) -> Callable[["Translator", ast.Call], Feel]:
    """A function without arguments."""

    def translated(_: "Translator", node: ast.Call) -> Feel:
        if node.args or node.keywords:
            raise Untranslatable(f"`{ast.unparse(node)[:60]}` names a time zone; ours is that of the workspace")
        return Feel(f"{name}()", ATOM)

    return translated


def _only(node: ast.Call) -> ast.expr:
    if len(node.args) != 1 or node.keywords:
        raise Untranslatable(f"`{ast.unparse(node)[:60]}` cannot be read")
    return node.args[0]


CALLS: dict[str, Callable[["Translator", ast.Call], Feel]] = {
    "len": _length,
    "round": _rounded,
    "timedelta": _duration,
    "now": _nothing("now"),
    "date.today": _nothing("today"),
    "abs": _same("abs"),
    "sum": _same("sum"),
    "min": _same("min", most=20),
    "max": _same("max", most=20),
    "str": _same("string"),
    "any": _same("any"),
    "all": _same("all"),
}
