"""The values that a decision table read and gave, in the words of the table, its settings and the forms that were filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.domain import settings
from service.queries.revealing import Name
from service.web import rule_words, setting_words, values
from service.web.fields import Words
from service.web.values import Written

Told = Mapping[str, Any]
SETTINGS = settings.known("")


@dataclass(frozen=True, slots=True)
class Given:
    """A value that a table read: what it is called, and what it is. `coded`: nothing calls it otherwise than its author's
    expression does."""

    label: Words
    value: Written
    coded: bool = False


def given(it: Told) -> list[Given]:
    """All that a table read, of what `queries.timeline.details` tells of one: its columns, then what else its cells and
    columns look at."""
    table, asked, names = it["table"], it["asked"], it["names"]
    if table is None:
        return [Given(Words(one["label"]), written(one["value"], "", names)) for one in it["inputs"]]
    columns = [
        Given(column["label"], written(one["value"], column["expression"], names, column["words"], asked))
        for one, column in zip(it["inputs"], table["inputs"], strict=True)
    ]
    return columns + [_read(one["name"], one["value"], it) for one in it["reads"]]


def written(
    value: Any,
    expression: str,
    names: Mapping[str, Name],
    words: Mapping[str, Words] | None = None,
    asked: Told | None = None,
) -> Written:
    """A value of what `expression` looks at: by the `words` of its column, as a setting says it, as the form had it that
    `asked` for it; else plainly."""
    said = (words or {}).get(_feel(value))
    if said is not None:
        return Written(said.text)
    setting = SETTINGS.get(rule_words.setting(expression) or "")
    if setting is not None and isinstance(value, bool | int | float | str):
        return Written(_setting(setting, value))
    return values.several([value], names, (asked or {}).get(expression))[0]


def _setting(of: settings.Definition, value: Any) -> str:
    it = {"kind": of.kind, "unit": of.unit, "value": value}
    return f"{setting_words.value(it)} {setting_words.unit(it) if of.unit else ''}".strip()


def _read(name: str, value: Any, it: Told) -> Given:
    root, _, rest = name.partition(".")
    asked: Told = it["asked"]
    known = rule_words.called(name, it["table"]) or (asked[name]["label"] if name in asked else None)
    said = written(value, name, it["names"], None, asked)
    if known is not None:
        return Given(known, said)
    whole = rule_words.called(root, it["table"]) or (asked[root]["label"] if root in asked else None)
    if whole is not None and rest:
        return Given(Words(f"{whole.text}: {rest}", whole.lang), said)
    return Given(Words(name), said, coded=True)


def outcome(columns: list[Told], value: Any) -> Written:
    """What a decision gave: each column by its name, where there are several; in the words of their cells, where they have
    any."""
    if isinstance(value, Mapping) and len(columns) > 1 and value.keys() == {it["expression"] for it in columns}:
        parts = (f"{it['label'].text}: {written(value[it['expression']], '', {}, it['words']).text}" for it in columns)
        return Written("; ".join(parts))
    return written(value, "", {}, columns[0]["words"] if len(columns) == 1 else None)


def _feel(value: Any) -> str:
    """A text, number or truth value as a cell has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)
