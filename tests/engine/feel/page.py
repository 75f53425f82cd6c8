"""docs/reference/feel.md: what can be written, from the code; what it gives, from running it; and where it differs.

Write it with: `python -m tests.engine.feel.page > docs/reference/feel.md`.
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

from service.engine import limits as moves
from service.engine import values
from service.engine.decisions.boxes import NESTING
from service.engine.decisions.evaluating import ALL_STEPS
from service.engine.feel import limits, parse_unary
from service.engine.feel.builtins import (
    contexts,
    conversion,
    lists,
    numbers,
    ranges,
    statistics,
    strings,
    temporal,
)
from service.engine.feel.builtins.table import Argument, Overload
from service.engine.feel.kinds.kind import NAMES
from service.engine.feel.kinds.text import literal
from tests.engine.feel import test_builtins, test_temporal
from tests.engine.feel.asking import context, explained
from tests.engine.feel.page_texts import DIFFERENCES, EXAMPLES, FORMS, HEAD, MOVES, SAYS, TESTS
from tests.support.repository import ROOT

PAGE = ROOT / "docs/reference/feel.md"
FAMILIES = {
    "Conversion": conversion,
    "Strings": strings,
    "Numbers": numbers,
    "Lists": lists,
    "Lists of numbers, and order": statistics,
    "Contexts": contexts,
    "Dates and times": temporal,
    "Ranges": ranges,
}


def page() -> str:
    """The whole page. Every example on it is evaluated, and none may be null for a reason unless the page says so."""
    parts: list[str] = [
        HEAD,
        "## What may be written\n",
        *_table("what", "example", "gives", rows=((says, _code(text), _code(_given(text))) for says, text in FORMS)),
        "\n## Tests: the cells of a table\n",
        *_table(
            "cell", "holds of, for example", rows=((_code(cell), _code(given)) for cell, given in map(_held, TESTS))
        ),
        "\n## Functions\n",
        "A parameter with `?` may be left out, one with `…` takes all that follow. Arguments go by place or by name.\n",
    ]
    for family, module in FAMILIES.items():
        parts += [f"### {family}\n", *_functions(module.TABLE), ""]
    parts += ["## Values at rest\n", *_docstring_table(), ""]
    parts += ["## Limits of a text\n", f"{_says_of(limits)}\n", *_table("limit", "of what", rows=_limits(limits)), ""]
    parts += [
        "## Limits of a move\n",
        MOVES.format(steps=ALL_STEPS, boxes=NESTING),
        *_table("limit", "of what", rows=_limits(moves)),
        "",
    ]
    parts += ["## Differences from the standard\n", *_differences()]
    return "\n".join(parts) + "\n"


def _table(*heads: str, rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "| --- " * len(heads) + "|"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def _code(text: str) -> str:
    return f"`{text}`"


def _given(text: str) -> str:
    """What a text gives, as FEEL writes it."""
    result = explained(text)
    if result.reasons:
        raise AssertionError(f"{text} is null: {result.reasons[0].message}")
    return _written(result.value)


def _written(value: Any) -> str:
    return literal([value], lambda _: None)[1:-1]


def _held(test: tuple[str, str]) -> tuple[str, str]:
    cell, given = test
    found = explained(given).value
    if parse_unary(cell).matches(found, {}, context()) is not True:
        raise AssertionError(f"{cell} does not hold of {given}")
    return test


def _functions(table: Iterable[Overload]) -> Iterator[str]:
    ways: dict[str, list[Overload]] = {}
    for way in table:
        ways.setdefault(way.function, []).append(way)
    rows = (
        ("<br>".join(_signature(way) for way in each), _says(each[0]), _example(name)) for name, each in ways.items()
    )
    yield from _table("function", "gives", "for example", rows=rows)


def _signature(way: Overload) -> str:
    written = ", ".join(
        f"{argument.name}{'?' if argument.optional else ''}{'…' if argument.rest else ''}: {_kinds(argument)}"
        for argument in way.arguments
    )
    return _code(f"{way.function}({written})")


def _kinds(argument: Argument) -> str:
    """The kinds of values that a parameter takes, as the standard calls them."""
    if argument.kinds is None:
        return "any"
    return " or ".join(name for kind, name in NAMES.items() if kind in argument.kinds)


def _says(way: Overload) -> str:
    """What `SAYS` has of a function; else the first sentences of its own docstring."""
    text = SAYS.get(way.function) or way.body.__doc__ or ""
    return " ".join(text.split("\n\n")[0].split())


def _tested() -> Iterator[tuple[str, object]]:
    tables = (test_builtins.STRINGS, test_builtins.NUMBERS, test_builtins.LISTS, test_builtins.CONTEXTS)
    for table in (*tables, test_builtins.RANGES, test_temporal.MADE, test_temporal.WORKING_DAYS):
        yield from table


def _example(name: str) -> str:
    """The first tested example that begins with the function, and what it gives."""
    for text, _ in _tested():
        if text.startswith(f"{name}(") and text.isprintable():
            return f"{_code(text)} → {_code(_given(text))}"
    text = EXAMPLES.get(name, f"{name}()")
    return f"{_code(text)} → {_code(_given(text))}"


def _docstring_table() -> Iterator[str]:
    yield from (line for line in (values.__doc__ or "").splitlines() if line.startswith("|"))


def _says_of(module: ModuleType) -> str:
    return " ".join((module.__doc__ or "").split("\n\n", 1)[1].split())


def _limits(module: ModuleType) -> Iterator[tuple[str, str]]:
    """Every number of a module of limits with the words below it."""
    found = ast.parse(Path(str(module.__file__)).read_text()).body
    for here, below in pairwise(found):
        if isinstance(here, ast.Assign) and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            (target,) = here.targets
            number = getattr(module, ast.unparse(target))
            yield f"{number:,}".removesuffix(".0"), " ".join(str(below.value.value).split())


def _differences() -> Iterator[str]:
    for says, why, text in DIFFERENCES:
        shown = f" {_code(text)} gives {_code(_any(text))}." if text else ""
        yield f"- **{says}**{shown} {why}"


def _any(text: str) -> str:
    """What a text gives where it may be null for a reason, which is what its line is about."""
    return _written(explained(text).value)


if __name__ == "__main__":
    sys.stdout.write(page())
