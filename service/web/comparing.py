"""What stood somewhere before and what stands there now, side by side: which parts differ, and in which words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from service.web.answers import Answer
from service.web.i18n import gettext

MOST_WORDS = 200
"""Between the first and the last difference of two texts, more words are marked as a whole: to tell them apart takes long."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a text; `differs`: the other text does not have it there."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that differs: what it is called, what stood there before, and what stands there now."""

    what: str
    before: tuple[Run, ...]
    now: tuple[Run, ...]


def differences(before: Mapping[str, Answer], now: Mapping[str, Answer]) -> Iterator[Difference]:
    """The parts that differ between rows known by their letters: in the order in which they stand now, then those that
    are gone. What is the same word for word is left out."""
    for letter in dict.fromkeys([*now, *before]):
        was, stands = _parts(before.get(letter)), _parts(now.get(letter))
        for part in dict.fromkeys([*stands, *was]):
            one, other = was.get(part, ""), stands.get(part, "")
            if one != other:
                what = gettext("%(letter)s) %(part)s", letter=letter, part=part) if letter else part
                yield Difference(what, *runs(one, other))


def runs(before: str, now: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Two texts, each in pieces: those that the other has too, and those that it has not."""
    one, other = (re.findall(r"\s+|\w+|[^\w\s]", text) for text in (before, now))
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    middle, instead = one[start : len(one) - end], other[start : len(other) - end]
    same = [(start, start, 0)]
    if max(len(middle), len(instead)) <= MOST_WORDS:
        found = SequenceMatcher(None, middle, instead, autojunk=False).get_matching_blocks()
        same += [(start + it.a, start + it.b, it.size) for it in found]
    same = [(0, 0, start), *same, (len(one) - end, len(other) - end, end)]
    return _marked(one, [(a, size) for a, _, size in same]), _marked(other, [(b, size) for _, b, size in same])


def _alike(one: list[str], other: list[str]) -> int:
    """How many words two lists begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _marked(words: list[str], same: list[tuple[int, int]]) -> tuple[Run, ...]:
    found, at = [], 0
    for place, size in same:
        found += [Run("".join(words[at:place]), differs=True), Run("".join(words[place : place + size]), differs=False)]
        at = place + size
    return tuple(it for it in found if it.text)


def _parts(row: Answer | None) -> dict[str, str]:
    """The parts of a row by what they are called, as texts."""
    if row is None:
        return {}
    parts = [it for it in row.parts if _text(it)] if row.parts else [row]
    return {it.label.text: _text(it) for it in parts}


def _text(answer: Answer) -> str:
    if answer.parts:
        return "\n".join(_text(it) for it in answer.parts)
    return answer.erased or (answer.value.text if answer.value is not None and answer.value.text != "–" else "")
