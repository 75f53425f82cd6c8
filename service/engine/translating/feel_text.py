"""Pieces of FEEL text that know how tightly they hold together."""

import re
from typing import NamedTuple

CONDITIONAL, OR, AND, COMPARE, ADD, MULTIPLY, POWER, UNARY, ATOM = range(9)

# Words of FEEL's grammar that Python would let a variable be called.
KEYWORDS = frozenset(
    [
        "and",
        "between",
        "else",
        "every",
        "external",
        "false",
        "for",
        "function",
        "if",
        "in",
        "instance",
        "not",
        "null",
        "of",
        "or",
        "return",
        "satisfies",
        "some",
        "then",
        "true",
        "item",
        "partial",
    ]
)


class Untranslatable(ValueError):
    """The text cannot be put into FEEL."""


class NotPython(Untranslatable):
    """The text is no Python, and may be FEEL already."""


class Feel(NamedTuple):
    """A FEEL text and its rank: the higher, the tighter."""

    text: str
    rank: int

    def within(self, rank: int) -> str:
        """The text as an operand where at least `rank` is needed, in brackets if it must."""
        return self.text if self.rank >= rank else f"({self.text})"


def either(kind: str | None, value: Feel, if_text: str, if_list: str) -> Feel:
    """The one text for a string, the other for a list, or a question where the type is not known."""
    if kind in ("string", "array"):
        return Feel(if_text if kind == "string" else if_list, ATOM)
    return Feel(f"if {value.within(ATOM)} instance of string then {if_text} else {if_list}", CONDITIONAL)


def is_plain_name(text: str) -> bool:
    """Whether a name can be written as it is in FEEL."""
    return re.fullmatch(r"[^\W\d]\w*", text) is not None and text not in KEYWORDS


def name(text: str) -> str:
    """The name of a variable. Raises Untranslatable for one that FEEL reads as something else."""
    if text.startswith("__"):
        raise Untranslatable(f"`{text}` reaches into Python itself")
    if not is_plain_name(text):
        raise Untranslatable(f"`{text}` is a word of FEEL and cannot be a variable; rename it")
    return text


def string(value: str) -> str:
    """A FEEL string literal."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(sign, sign if sign.isprintable() else _escaped(sign)) for sign in value) + '"'


def _escaped(sign: str) -> str:
    return f"\\u{ord(sign):04X}" if ord(sign) < 0x10000 else f"\\U{ord(sign):06X}"
