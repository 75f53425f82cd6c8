"""The values of a case as a page writes them: in words, and the long ones short at first."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.domain.disclosures import is_sealed
from service.queries.revealing import Name
from service.queries.withheld import WITHHELD
from service.web import formats
from service.web.i18n import gettext, ngettext, pgettext

Told = Mapping[str, Any]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
LONGEST = 240
"""Signs that a page writes of one value at first; the rest is behind them."""


@dataclass(frozen=True, slots=True)
class Written:
    """One value. `sealed`: it is kept elsewhere, where it can be erased. `whole`: all of it, where `text` is only how it begins."""

    text: str
    sealed: bool = False
    whole: str = ""


def written(value: Any, names: Mapping[str, Name]) -> Written:
    """A value in the words of the page; `names` are those of what ids stand for."""
    if is_sealed(value):
        return Written("", sealed=True)
    text = _worded(value, names)
    return Written(text) if len(text) <= LONGEST else Written(f"{text[:LONGEST]}…", whole=text)


def narrowed(name: str, before: Sequence[Any], after: Sequence[Any]) -> tuple[str, Sequence[Any], Sequence[Any]]:
    """What is different in a variable, no wider than it need be: `answers[3]` with the entry that came, and not two lists."""
    while len(before) == len(after) == 1:
        inner = _inside(before[0], after[0])
        if inner is None:
            break
        step, old, new = inner
        name, before, after = f"{name}{step}", old, new
    return name, before, after


def _inside(before: Any, after: Any) -> tuple[str, list[Any], list[Any]] | None:
    """The one part in which two values differ: how it is found, and what is there in each; None for several parts."""
    if is_sealed(before) or is_sealed(after) or WITHHELD in (before, after):
        return None
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        names = [
            it for it in {**before, **after} if [before.get(it)] != [after.get(it)] or (it in before) != (it in after)
        ]
        pairs = [(f".{it}", before, after, it) for it in names]
    elif isinstance(before, list) and isinstance(after, list):
        numbers = [it for it in range(max(len(before), len(after))) if before[it : it + 1] != after[it : it + 1]]
        pairs = [(f"[{it + 1}]", dict(enumerate(before)), dict(enumerate(after)), it) for it in numbers]
    else:
        return None
    if len(pairs) != 1:
        return None
    step, old, new, key = pairs[0]
    return step, [old[key]] if key in old else [], [new[key]] if key in new else []


def several(values: Sequence[Any], names: Mapping[str, Name], asked: Told | None = None) -> list[Written]:
    """The values that a name has in the branches of a case: the first three, and how many more there are. An answer that a
    form offers to choose (`asked`) is told as it stands there."""
    offered = asked["answers"] if asked else {}
    shown = [
        Written(offered[value].text) if isinstance(value, str) and value in offered else written(value, names)
        for value in values[:3]
    ]
    more = len(values) - len(shown)
    return shown + ([Written(ngettext("and %(num)s other", "and %(num)s others", more))] if more else [])


def _worded(value: Any, names: Mapping[str, Name], *, within: bool = False) -> str:
    """A value in words: `needed: 5; members: A, B`. What has parts stands in brackets within another."""
    if is_sealed(value):
        return gettext("(can be erased)")
    if isinstance(value, Mapping) and value != WITHHELD:
        parts = {name: _worded(inner, names, within=True) for name, inner in value.items()}
        if len(same := set(parts.values())) == 1 and any(isinstance(it, str) and it in names for it in value.values()):
            return same.pop()  # an organisation by its name, and its id by that name too
        text = "; ".join(f"{name}: {said}" for name, said in parts.items())
        return f"({text})" if within else text or "–"
    if isinstance(value, list):
        text = ", ".join(_worded(inner, names, within=True) for inner in value)
        return f"({text})" if within and len(value) > 1 else text or "–"
    return _said(value, names)


def _said(value: Any, names: Mapping[str, Name]) -> str:
    if value is None:
        return "–"
    if value == WITHHELD:
        return gettext("Not shown")
    if isinstance(value, bool):
        return pgettext("answer", "Yes") if value else pgettext("answer", "No")
    if isinstance(value, int | float):
        return formats.number(round(value, 3) if isinstance(value, float) else value)
    return names[value].text if value in names else _dated(str(value))


def _dated(text: str) -> str:
    """A day as readers write it, where a text is nothing but one: variables hold days as texts."""
    if not _DAY.fullmatch(text):
        return text
    try:
        return formats.long_date(text)
    except ValueError:
        return text
