"""The functions of Python that have an equal in FEEL. `methods` has those that are called on a value."""

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from service.engine.translating.comprehensions import comprehension, quantified
from service.engine.translating.feel_text import (
    ADD,
    ATOM,
    CONDITIONAL,
    MULTIPLY,
    Feel,
    Untranslatable,
    a_list,
    boolean,
    by_kind,
    shown,
    truth,
)
from service.engine.translating.methods import method_call

if TYPE_CHECKING:
    from service.engine.translating.expressions import Translator

# In the order and the units in which ISO 8601 writes them; a week is seven days.
_UNITS = {"weeks": "P7D", "days": "P1D", "hours": "PT1H", "minutes": "PT1M", "seconds": "PT1S"}
_INSTEAD = {
    "range": "write `for i in 1..n return …`",
    "int": "`floor(n)` or `number(text)`",
    "float": "`number(text)`",
    "str": "`string(x)`; what it writes for fractions, true and null differs from Python",
    "isinstance": "`x instance of string`",
    "enumerate": "write `for i in 1..count(list) return …`",
    "zip": "write `for i in 1..count(list) return …`",
    "map": "write `for x in list return …`",
    "filter": "write `list[condition]`",
    "print": "a diagram prints nothing",
    "open": "call an operation",
    "datetime.utcnow": "`now()` knows its time zone",
}


def call(translator: "Translator", node: ast.Call) -> Feel:
    """A call of a function or a method. Raises Untranslatable."""
    function = _function(node)
    if function in _CALLS:
        return _CALLS[function](translator, node)
    if isinstance(node.func, ast.Attribute) and function not in _INSTEAD:
        return method_call(translator, node, node.func)
    instead = f"; {_INSTEAD[function]}" if function in _INSTEAD else ""
    raise Untranslatable(f"`{shown(node.func)}(…)` is no function that FEEL knows{instead}")


def _function(node: ast.Call) -> str:
    """The name of the function that is called, without the module of dates; "" for anything else."""
    text = ast.unparse(node.func)
    return text.removeprefix("datetime.") if text.count(".") > 1 or text == "datetime.timedelta" else text


def _length(translator: "Translator", node: ast.Call) -> Feel:
    value = translator.expression(_only(node))
    texts = {
        "string": f"string length({value.text})",
        "object": f"count(get entries({value.text}))",
        "array": f"count({value.text})",
    }
    return by_kind(value, texts, "integer")


def _rounded(translator: "Translator", node: ast.Call) -> Feel:
    # Python rounds halves to the even digit.
    if node.keywords or len(node.args) not in (1, 2):
        raise Untranslatable(f"`{shown(node)}` cannot be read")
    number, *digits = (translator.expression(argument) for argument in node.args)
    if number.kind not in {None, "number", "integer"}:
        raise Untranslatable(f"`{shown(node)}` rounds what is no number")
    return Feel(f"decimal({number.text}, {digits[0].text if digits else '0'})", ATOM, "number", True)


def _absolute(translator: "Translator", node: ast.Call) -> Feel:
    value = translator.expression(_only(node))
    if value.kind not in {None, "number", "integer", "duration"}:
        raise Untranslatable(f"`{shown(node)}` asks for the size of what is no number")
    return Feel(f"abs({value.text})", ATOM, value.kind, True)


def _duration(translator: "Translator", node: ast.Call) -> Feel:
    amounts = {word.arg: word.value for word in node.keywords}
    if node.args:
        amounts["days"] = node.args[0]
    if len(node.args) > 1 or not amounts.keys() <= set(_UNITS):
        raise Untranslatable(f"`{shown(node)}` counts in units that are not read here")
    if all(isinstance(value, ast.Constant) and type(value.value) is int for value in amounts.values()):
        return _written({unit: amounts[unit].value for unit in _UNITS if unit in amounts})  # type: ignore[attr-defined]
    parts = []
    for unit, iso in _UNITS.items():
        if unit in amounts:
            number = translator.expression(amounts[unit])
            if number.kind not in {None, "number", "integer"}:
                raise Untranslatable(f"`{shown(node)}` counts with what is no number")
            parts.append(f'{number.within(MULTIPLY)} * duration("{iso}")')
    return Feel(" + ".join(parts), ADD if len(parts) > 1 else MULTIPLY, "duration", True)


def _written(numbers: dict[str, int]) -> Feel:
    """A duration whose numbers are known, as ISO 8601 writes it."""
    days = numbers.get("weeks", 0) * 7 + numbers.get("days", 0)
    clock = "".join(f"{numbers[unit]}{unit[0].upper()}" for unit in list(_UNITS)[2:] if numbers.get(unit))
    if days < 0 or "-" in clock:
        raise Untranslatable("A duration with a minus sign is written in FEEL: `-duration(…)`")
    text = "P" + (f"{days}D" if days or not clock else "") + (f"T{clock}" if clock else "")
    return Feel(f'duration("{text}")', ATOM, "duration", True)


def _sum(translator: "Translator", node: ast.Call) -> Feel:
    items = _items(translator, _only(node))
    if items.truths:
        # Python counts True as 1.
        return Feel(f"count(({items.text})[item = true])", ATOM, "integer", True)
    return Feel(f"sum(concatenate([0], {items.text}))", ATOM, "number", True)


def _extreme(name: str) -> Callable[["Translator", ast.Call], Feel]:
    """`min` or `max`: of one list, or of its arguments. Of an empty list Python has none, and FEEL null, which would be
    unequal to everything: asked for its first element, it is an incident."""

    def translated(translator: "Translator", node: ast.Call) -> Feel:
        if node.keywords or not node.args:
            raise Untranslatable(
                f"`{shown(node)}` has a `key` or a `default`; sort the list, or ask whether it is empty"
            )
        if len(node.args) == 1:
            return Feel(f"{name}({_items(translator, node.args[0]).text})[1]", ATOM)
        values = [translator.expression(argument) for argument in node.args]
        if len({value.kind for value in values} - {None, "integer", "number"}) > 1:
            raise Untranslatable(f"`{shown(node)}` compares things of different kinds")
        kinds = {value.kind for value in values}
        return Feel(
            f"{name}([{', '.join(value.text for value in values)}])", ATOM, kinds.pop() if len(kinds) == 1 else None
        )

    return translated


def _any_or_all(word: str) -> Callable[["Translator", ast.Call], Feel]:
    """`any` or `all`: of a comprehension, or of the elements of a list."""

    def translated(translator: "Translator", node: ast.Call) -> Feel:
        argument = _only(node)
        if isinstance(argument, ast.GeneratorExp):
            return quantified(translator, word, argument)
        items = a_list(translator.expression(argument))
        return boolean(f"{word} x in {items.within(ADD)} satisfies {truth(Feel('x', ATOM)).text}", CONDITIONAL)

    return translated


def _sorted(translator: "Translator", node: ast.Call) -> Feel:
    reverse = {word.arg: word.value for word in node.keywords}.pop("reverse", ast.Constant(False))
    unread = len(node.args) != 1 or any(word.arg != "reverse" for word in node.keywords)
    if unread or not isinstance(reverse, ast.Constant) or not isinstance(reverse.value, bool):
        raise Untranslatable(f"`{shown(node)}` sorts by a key; write `sort(list, function(x, y) x.key < y.key)`")
    sign = ">" if reverse.value else "<"
    return Feel(f"sort({_items(translator, node.args[0]).text}, function(x, y) x {sign} y)", ATOM, "array", True)


def _items(translator: "Translator", node: ast.expr) -> Feel:
    """A list, or what a comprehension without brackets gives."""
    if isinstance(node, ast.GeneratorExp):
        return comprehension(translator, node.elt, node.generators, node)
    return a_list(translator.expression(node))


def _truth(translator: "Translator", node: ast.Call) -> Feel:
    return translator.condition(_only(node))


def _same_list(translator: "Translator", node: ast.Call) -> Feel:
    return _items(translator, _only(node))


def _text(translator: "Translator", node: ast.Call) -> Feel:
    value = translator.expression(_only(node))
    if value.kind == "string" and value.sure:
        return value
    if value.kind != "integer" or not value.sure:
        raise Untranslatable(f"`{shown(node)}` has no equal in FEEL; {_INSTEAD['str']}")
    return Feel(f"string({value.text})", ATOM, "string", True)


def _whole(translator: "Translator", node: ast.Call) -> Feel:
    value = translator.expression(_only(node))
    if value.kind not in {"number", "integer"}:
        raise Untranslatable(f"`{shown(node)}` has no equal in FEEL; {_INSTEAD['int']}")
    return Feel(f"round down({value.text}, 0)", ATOM, "integer", True)


def _day(translator: "Translator", node: ast.Call) -> Feel:
    if node.keywords or len(node.args) != 3:
        raise Untranslatable(f"`{shown(node)}` cannot be read")
    return Feel(f"date({', '.join(translator.expression(part).text for part in node.args)})", ATOM, "date", True)


def _now(name: str) -> Callable[["Translator", ast.Call], Feel]:
    """The clock."""

    def translated(_: "Translator", node: ast.Call) -> Feel:
        if node.args or node.keywords:
            raise Untranslatable(f"`{shown(node)}` names a time zone; ours is that of the workspace")
        return Feel(f"{name}()", ATOM, "date", True)

    return translated


def _only(node: ast.Call) -> ast.expr:
    if len(node.args) != 1 or node.keywords:
        raise Untranslatable(f"`{shown(node)}` has more or fewer arguments than are read here")
    return node.args[0]


_CALLS: dict[str, Callable[["Translator", ast.Call], Feel]] = {
    "len": _length,
    "round": _rounded,
    "abs": _absolute,
    "sum": _sum,
    "min": _extreme("min"),
    "max": _extreme("max"),
    "any": _any_or_all("some"),
    "all": _any_or_all("every"),
    "sorted": _sorted,
    "bool": _truth,
    "list": _same_list,
    "str": _text,
    "int": _whole,
    "timedelta": _duration,
    "date": _day,
    "datetime.now": _now("now"),
    "date.today": _now("today"),
}
