"""XPath's regular expressions, which FEEL has, as RE2 writes them (XPath and XQuery Functions 3.1, 5.6.1).

What the two mean differently is written out: `.` stops at a carriage return too, `\\d` and `\\w` are Unicode's digits and
letters, a class may have another subtracted from it, `\\p{IsBasicLatin}` names a block. What RE2 cannot do (back
references) and what XPath does not have (`\\b`) is refused.
"""

import re
from typing import NamedTuple

from service.domain.sentences import say
from service.engine.feel.errors import Unanswerable

Ranges = list[tuple[int, int]]

_LAST = 0x10FFFF
_SPACE = " \t\n\r"
_SPACES: Ranges = [(0x9, 0xA), (0xD, 0xD), (0x20, 0x20)]
_FIRST_OF_NAMES: Ranges = [
    *((0x3A, 0x3A), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2FF)),
    *((0x370, 0x37D), (0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F), (0x2C00, 0x2FEF), (0x3001, 0xD7FF)),
    *((0xF900, 0xFDCF), (0xFDF0, 0xFFFD), (0x10000, 0xEFFFF)),
]
_OF_NAMES: Ranges = [
    *_FIRST_OF_NAMES,
    *((0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040)),
]
_RANGES: dict[str, Ranges] = {"s": _SPACES, "i": _FIRST_OF_NAMES, "c": _OF_NAMES}
"""Space, and what names of XML begin with and hold (XML 1.0, 2.3); in capitals all but these."""
_QUANTIFIER = re.compile(r"\{[0-9]+(?:,[0-9]*)?\}")
_ANY_BUT_LINE_ENDS = r"[^\n\r]"
_CLASSES = {"d": r"\p{Nd}", "D": r"\P{Nd}", "w": r"\p{L}\p{M}\p{N}\p{S}", "W": r"\p{P}\p{Z}\p{C}"}
_LETTERS = r"[^\p{P}\p{Z}\p{C}]"  # as `\w` in a class, in half the room
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t"}
_PLAIN = frozenset("\\|.?*+(){}-[]^$")
_BLOCKS: dict[str, tuple[int, int]] = {
    "BasicLatin": (0x0, 0x7F),
    "Latin-1Supplement": (0x80, 0xFF),
    "LatinExtended-A": (0x100, 0x17F),
    "LatinExtended-B": (0x180, 0x24F),
    "IPAExtensions": (0x250, 0x2AF),
    "CombiningDiacriticalMarks": (0x300, 0x36F),
    "Greek": (0x370, 0x3FF),
    "GreekandCoptic": (0x370, 0x3FF),
    "Cyrillic": (0x400, 0x4FF),
    "Hebrew": (0x590, 0x5FF),
    "Arabic": (0x600, 0x6FF),
    "LatinExtendedAdditional": (0x1E00, 0x1EFF),
    "GeneralPunctuation": (0x2000, 0x206F),
    "CurrencySymbols": (0x20A0, 0x20CF),
    "NumberForms": (0x2150, 0x218F),
    "Arrows": (0x2190, 0x21FF),
    "MathematicalOperators": (0x2200, 0x22FF),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
}


class _Class(NamedTuple):
    """A class of characters: RE2's text for what stands in its brackets, and its code points where they are known."""

    text: str
    ranges: Ranges | None


def translated(pattern: str, flags: str) -> str:
    """The pattern as RE2 writes it. Raises Unanswerable for what cannot be said there, or is no pattern."""
    text = _without_space(pattern) if "x" in flags else pattern
    pieces, at = [], 0
    while at < len(text):
        letter = text[at]
        if letter == "\\":
            found, after = _escape(text, at)
            plain = found if isinstance(found, str) else f"[{found.text}]"
            pieces.append(_LETTERS if text[at + 1] == "w" else plain)
            at = after
        elif letter == "[":
            (inside, _), at = _class(text, at)
            pieces.append(f"[{inside}]")
        elif text.startswith("(?", at) and not text.startswith("(?:", at):
            raise Unanswerable(say("in a pattern, `(?` begins nothing but `(?:`; flags are the last argument"))
        elif times := _QUANTIFIER.match(text, at):
            pieces.append(times.group())
            at = times.end()
        elif letter in "{}]":
            raise Unanswerable(say("in a pattern, `%(sign)s` by itself is written `\\%(sign)s`", sign=letter))
        else:
            pieces.append(_ANY_BUT_LINE_ENDS if letter == "." and "s" not in flags else letter)
            at += 1
    return "".join(pieces)


def _without_space(pattern: str) -> str:
    """The pattern without the space outside classes, even after a backslash: what the flag `x` asks for."""
    kept: list[str] = []
    depth, escaped = 0, False
    for letter in pattern:
        if letter in _SPACE and depth == 0:
            continue
        kept.append(letter)
        if escaped or letter == "\\":
            escaped = not escaped
        else:
            depth += (letter == "[") - (letter == "]" and depth > 0)
    return "".join(kept)


def _escape(text: str, at: int) -> tuple[str | _Class, int]:
    """What a backslash begins: one character, or a class; and where the text goes on."""
    letter = text[at + 1 : at + 2]
    if letter in _CLASSES:
        return _Class(_CLASSES[letter], None), at + 2
    if letter.lower() in _RANGES:
        ranges = _RANGES[letter.lower()]
        return _of_ranges(ranges if letter.islower() else _all_but(ranges)), at + 2
    if letter and letter in "pP":
        end = text.find("}", at)
        name = text[at + 3 : end]
        if end > 0 and name.startswith("Is"):
            block = _BLOCKS.get(name[2:])
            if block is None:
                raise Unanswerable(say("`%(name)s` is no block of characters that is known here", name=name[:40]))
            return _of_ranges([block] if letter == "p" else _all_but([block])), end + 1
        return _Class(text[at : end + 1], None), end + 1 if end > 0 else len(text)
    if letter in _CONTROLS:
        return _CONTROLS[letter], at + 2
    if letter in _PLAIN:
        return f"\\{letter}", at + 2
    if letter.isdigit():
        raise Unanswerable(say("a pattern cannot refer back to a group here: its time would have no bound"))
    raise Unanswerable(say("`\\%(letter)s` means nothing in a pattern", letter=letter))


def _class(text: str, at: int) -> tuple[_Class, int]:
    """The class whose bracket opens at `at`, and where the text goes on."""
    negated = text[at + 1 : at + 2] == "^"
    at += 1 + negated
    pieces: list[str] = []
    ranges: Ranges | None = []
    without: Ranges | None = None
    while at < len(text) and text[at] != "]":
        if text.startswith("-[", at):
            (_, without), at = _class(text, at + 1)
            if without is None or ranges is None or text[at : at + 1] != "]":
                raise Unanswerable(
                    say("only a class of single characters can be subtracted, from another such, at its end")
                )
            break
        part, at = _part(text, at)
        pieces.append(part.text)
        ranges = None if ranges is None or part.ranges is None else ranges + part.ranges
    if at >= len(text):
        raise Unanswerable(say("a class in the pattern has no closing bracket"))
    if ranges is not None and negated:
        ranges = _all_but(ranges)
    if without is not None and ranges is not None:
        return _of_ranges(_all_but(_all_but(ranges) + without)), at + 1
    return _Class(("^" if negated else "") + "".join(pieces), ranges), at + 1


def _part(text: str, at: int) -> tuple[_Class, int]:
    """One character, range or escape of a class, and where the text goes on."""
    if text[at] == "\\":
        found, at = _escape(text, at)
        if isinstance(found, _Class):
            return found, at
        first = ord(found[-1])
    else:
        first, at = ord(text[at]), at + 1
    if text[at : at + 1] != "-" or text[at + 1 : at + 2] in {"", "[", "]"}:
        return _of_ranges([(first, first)]), at
    last, at = _part_end(text, at + 1)
    if last < first:
        raise Unanswerable(
            say("the range %(first)s-%(last)s of the pattern runs backwards", first=chr(first), last=chr(last))
        )
    return _of_ranges([(first, last)]), at


def _part_end(text: str, at: int) -> tuple[int, int]:
    if text[at] != "\\":
        return ord(text[at]), at + 1
    found, at = _escape(text, at)
    if isinstance(found, _Class):
        raise Unanswerable(say("a range in the pattern ends with a class"))
    return ord(found[-1]), at


def _of_ranges(ranges: Ranges) -> _Class:
    if not ranges:
        return _Class(f"^\\x{{0}}-\\x{{{_LAST:X}}}", [])
    return _Class("".join(f"\\x{{{first:X}}}-\\x{{{last:X}}}" for first, last in ranges), ranges)


def _all_but(ranges: Ranges) -> Ranges:
    """All characters that stand in none of these ranges."""
    left, next_one = [], 0
    for first, last in sorted(ranges):
        if first > next_one:
            left.append((next_one, first - 1))
        next_one = max(next_one, last + 1)
    return [*left, (next_one, _LAST)] if next_one <= _LAST else left
