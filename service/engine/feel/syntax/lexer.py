"""Text → raw tokens, without knowing any name (DMN 1.5, 10.3.1.2, rules 22–35).

FEEL's names may hold spaces and signs, so where a name ends depends on the names in scope; that is `names`' business.
What stands here is the same everywhere: words, numbers, strings, signs, and what is passed over (space, comments).
"""

import re
from enum import Enum
from typing import NamedTuple

from service.domain.sentences import say
from service.engine.feel.errors import FeelSyntaxError
from service.engine.feel.limits import TEXT_LENGTH, TOKENS

_START = (
    "?_A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_PART = _START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"

_TOKEN = re.compile(
    rf"""(?P<space>[\s\ufeff\u180e]+|//[^\n\r]*|/\*(?:[^*]|\*(?!/))*\*/)
    |(?P<open>/\*)
    |(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?)
    |(?P<word>[{_START}][{_PART}]*)
    |(?P<string>"(?:[^"\\\n\r]|\\.)*")
    |(?P<sign>\*\*|\.\.|<=|>=|!=|->|.)""",
    re.VERBOSE,
)

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))")
_SHORT = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


class Shape(Enum):
    """What a raw token looks like."""

    NUMBER = "number"
    WORD = "word"
    STRING = "string"
    SIGN = "sign"
    END = "end"


_SHAPES = {shape.value: shape for shape in Shape}


class Token(NamedTuple):
    """One raw token: its text as written, where it stands, and whether a line ends before it."""

    shape: Shape
    text: str
    start: int
    end: int
    new_line: bool = False


def tokens_of(text: str) -> list[Token]:
    """All tokens of a text, ended by one END token. Raises FeelSyntaxError: too long, or a string that never ends."""
    if len(text) > TEXT_LENGTH:
        raise FeelSyntaxError(
            say("The text has %(count)s characters; at most %(most)s are read.", count=len(text), most=TEXT_LENGTH),
            text[:80],
        )
    tokens: list[Token] = []
    new_line = False
    for match in _TOKEN.finditer(text):
        kind, piece = match.lastgroup or "", match.group()
        if kind == "space":
            new_line = new_line or "\n" in piece or "\r" in piece
            continue
        if kind == "open":
            raise FeelSyntaxError(
                say("The comment that begins here has no closing */."), text, match.start(), match.end()
            )
        if piece == '"':
            raise FeelSyntaxError(
                say("The string that begins here has no closing %(mark)s on its line.", mark='"'), text, match.start()
            )
        tokens.append(Token(_SHAPES[kind], piece, match.start(), match.end(), new_line))
        new_line = False
        if len(tokens) > TOKENS:
            raise FeelSyntaxError(say("The text has more than %(most)s words and signs.", most=TOKENS), text)
    tokens.append(Token(Shape.END, "", len(text), len(text), new_line))
    return tokens


def string_value(token: Token, text: str) -> str:
    """What a string literal stands for: escapes undone, two halves of a surrogate pair made one code point."""

    def undo(match: re.Match[str]) -> str:
        short, long, letter = match.groups()
        if letter is not None:
            # An unknown escape is kept as written: `matches(x, "\d+")` is what everybody writes.
            return _SHORT.get(letter, match.group())
        point = int(short or long, 16)
        if point > 0x10FFFF:
            raise FeelSyntaxError(
                say("%(escape)s is no character.", escape=match.group()), text, token.start, token.end
            )
        return chr(point)

    value = _ESCAPE.sub(undo, token.text[1:-1])
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        try:
            value = value.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            message = say("The string holds half of a surrogate pair, which is no character.")
            raise FeelSyntaxError(message, text, token.start, token.end) from None
    return value
