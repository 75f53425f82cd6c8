"""How much room a text takes, without a browser to ask.

The widths are upper bounds over the fonts that our pages and the usual editors draw with (Inter and Arial, also as
rounded to whole pixels on a screen at 11 and 12 px): a text never needs more lines than are counted here.
"""

import math
import re
import unicodedata
from collections.abc import Sequence

LABEL_SIZE, NAME_SIZE = 11, 12
# The width at which bpmn-js wraps a label outside its shape, however narrow its box; a long word makes it wider.
_LABEL_WIDTH, _MOST_LABEL_WIDTH = 90, 140
_EASE = 2
LINE = 1.2
# Thousandths of the font size → characters that are at most that wide.
_WIDTHS = {
    280: " !,.:I|ijl·",
    340: "'()/;[\\]`’",
    420: "1frt",
    500: '"*-^_{}“”',
    560: "sz7?–«»",
    600: "Jacekvxy",
    640: "FLbdghnopquø2356890ß",
    680: "#$&+4<=>ABEKPRSTXYVZ~€×",
    780: "CDGHNOQUØ",
    840: "w",
    920: "mMæ…",
}
_WIDTH_OF = {character: width for width, characters in _WIDTHS.items() for character in characters}
_WIDEST = 1020


def text_width(text: str, size: int) -> float:
    """At most so many pixels wide is the text on one line, at `size` pixels."""
    return sum(_character(character) for character in text) * size / 1000


def lines_of(text: str, width: float, size: int) -> list[str]:
    """The text wrapped at `width` pixels as bpmn-js does it, which guesses by the length of a line what will fit."""
    rest, lines = text.split("\n"), []
    while rest:
        line = whole = rest.pop(0)
        while len(line) > 1 and (wide := text_width(line.rstrip(), size)) > width:
            line = _shortened(line, len(line) * width / wide)
        lines.append(line)
        if len(line) < len(whole):
            rest.insert(0, whole[len(line) :].strip())
    return lines


def block_size(text: str, width: float, size: int) -> tuple[int, int]:
    """Width and height in pixels of the text wrapped at `width`."""
    lines = lines_of(text, width, size)
    widest = max(text_width(line, size) for line in lines)
    return math.ceil(widest), math.ceil(len(lines) * size * LINE)


def label_size(text: str) -> tuple[int, int]:
    """Width and height in pixels of a label outside its shape, which is wrapped once more at the width it comes to."""
    width, _ = block_size(text, min(_MOST_LABEL_WIDTH, max(_LABEL_WIDTH, widest_word(text, LABEL_SIZE))), LABEL_SIZE)
    return width, block_size(text, width, LABEL_SIZE)[1]


def widened(text: str, width: float) -> tuple[int, int]:
    """Width and height in pixels of a label in a box that is `width` wide for other words, as our pages widen it."""
    usual = min(_MOST_LABEL_WIDTH, max(_LABEL_WIDTH, widest_word(text, LABEL_SIZE) + _EASE))
    wide = math.ceil(max(width, min(usual, text_width(text, LABEL_SIZE) + _EASE)))
    return wide, block_size(text, wide, LABEL_SIZE)[1]


def label_room(names: Sequence[str]) -> tuple[int, int]:
    """Width and height in pixels that hold a label in every language: its box is drawn for the first of the names."""
    drawn = label_size(names[0])
    sizes = [drawn, *(widened(name, drawn[0]) for name in names[1:])]
    return max(width for width, _ in sizes), max(height for _, height in sizes)


def widest_word(text: str, size: int) -> float:
    """The width of what cannot be wrapped without cutting a word."""
    return max((text_width(word, size) for word in _words(text)), default=0)


def _character(character: str) -> int:
    known = _WIDTH_OF.get(character)
    if known is None:
        known = _WIDTH_OF.get(unicodedata.normalize("NFD", character)[0], _WIDEST)
    return known


def _words(text: str) -> list[str]:
    return [word.strip() for word in re.findall(r"[^\s-]+-*|-+", text)]


def _shortened(line: str, length: float) -> str:
    """The words of a line that stay below `length` characters, or the beginning of its first word."""
    length = max(length, 1)
    kept: list[str] = []
    parts = re.split(r"(\s|-)", line)
    for part in parts if len(parts) > 1 else ():
        if sum(map(len, kept)) + len(part) >= length:
            if part == "-" and kept:
                kept.pop()
            break
        kept.append(part)
    return "".join(kept) or line[: max(round(length - 1), 1)]
