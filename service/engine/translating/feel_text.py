"""Pieces of FEEL text that know how tightly they hold together, and what is known of their values."""

import ast
import re
from typing import NamedTuple

from service.engine.feel import FeelError, parse
from service.engine.feel.syntax.names import KEYWORDS as OF_FEEL
from service.engine.feel.syntax.printing import printed

CONDITIONAL, OR, AND, COMPARE, ADD, MULTIPLY, POWER, UNARY, ATOM = range(9)

KEYWORDS = OF_FEEL | {"not", "item", "partial"}
"""Words of FEEL that another language would let a variable be called."""


class Untranslatable(ValueError):
    """The text cannot be put into FEEL."""


class NotPython(Untranslatable):
    """The text is no Python, and may be FEEL already."""


class Feel(NamedTuple):
    """A FEEL text and its rank: the higher, the tighter.

    `kind` is the JSON type of its value (or `date`, `duration`) where that is known; `sure` says that it is never null,
    `truths` that it is a list in which true and false stand: they are 1 and 0 in Python, and are not in FEEL.
    """

    text: str
    rank: int
    kind: str | None = None
    sure: bool = False
    truths: bool = False

    def within(self, rank: int) -> str:
        """The text as an operand where at least `rank` is needed, in brackets if it must."""
        return self.text if self.rank >= rank else f"({self.text})"


_NOTHING = {"boolean": "false", "number": "0", "integer": "0", "string": '""', "array": "[]", "object": "{}"}
_ANY_NOTHING = ("null", *dict.fromkeys(_NOTHING.values()))


def boolean(text: str, rank: int) -> Feel:
    """A text that is true or false, whatever happens."""
    return Feel(text, rank, "boolean", True)


def truth(value: Feel) -> Feel:
    """Whether a value counts as true where another language asks for no more: FEEL asks for true itself.

    Raises Untranslatable for what counts by other rules.
    """
    if value.kind == "boolean":
        return value if value.sure else boolean(f"{value.within(COMPARE + 1)} = true", COMPARE)
    if value.sure and value.kind in _NOTHING:
        return boolean(f"{value.within(COMPARE + 1)} != {_NOTHING[value.kind]}", COMPARE)
    return boolean(f"not({falsehood(value).text})", ATOM)


def falsehood(value: Feel) -> Feel:
    """Whether a value counts as false: null, false, 0 and all that is empty. Raises Untranslatable as `truth` does."""
    if value.kind == "boolean":
        return boolean(f"not({truth(value).text})", ATOM)
    tested = value.within(COMPARE + 1)
    if value.kind is None:
        return boolean(f"{tested} in ({', '.join(_ANY_NOTHING)})", COMPARE)
    if value.kind not in _NOTHING:
        raise Untranslatable(f"Whether `{value.text[:60]}` counts as true is not asked in FEEL; compare it")
    nothing = _NOTHING[value.kind]
    return boolean(f"{tested} = {nothing}" if value.sure else f"{tested} in (null, {nothing})", COMPARE)


def by_kind(value: Feel, texts: dict[str, str], kind: str | None, *, sure: bool = True) -> Feel:
    """The one text for the value's kind; a question where it is not known, the last text for all that is left.

    Raises Untranslatable where there is no text for the kind.
    """
    if value.kind is not None:
        if value.kind not in texts:
            raise Untranslatable(f"`{value.text[:60]}` is not of a kind for which this has an equal in FEEL")
        return Feel(texts[value.kind], ATOM, kind, sure)
    asked = {"string": "string", "object": "context"}
    *first, last = texts.items()
    parts = (f"if {value.within(ATOM)} instance of {asked[name]} then {text} else" for name, text in first)
    return Feel(f"{' '.join(parts)} {last[1]}", CONDITIONAL, kind, sure)


def a_list(value: Feel) -> Feel:
    """A value that must be a list: where it may be something else, FEEL would take it for a list of one."""
    if value.kind == "array":
        return value
    if value.kind is not None:
        raise Untranslatable(f"`{value.text}` is no list")
    text = value.within(ATOM)
    return Feel(f"if {text} instance of list<Any> then {value.text} else null", CONDITIONAL, "array")


def normal(value: Feel) -> str:
    """The text in FEEL's normal form. Raises Untranslatable where it is more than FEEL reads."""
    try:
        return printed(parse(value.text).node)
    except FeelError as error:
        raise Untranslatable(f"In FEEL it cannot be read: {error.message}") from None


def is_plain_name(text: str) -> bool:
    """Whether a name can be written as it is in FEEL."""
    return re.fullmatch(r"[^\W\d]\w*", text) is not None and text not in KEYWORDS


def name(text: str) -> str:
    """The name of a variable. Raises Untranslatable for one that FEEL reads as something else."""
    if text.startswith("__"):
        raise Untranslatable(f"`{text}` reaches into the language itself")
    if not is_plain_name(text):
        raise Untranslatable(f"`{text}` is a word of FEEL and cannot be a variable; rename it")
    return text


def string(value: str) -> str:
    """A FEEL string literal."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(sign, sign if sign.isprintable() else _escaped(sign)) for sign in value) + '"'


def _escaped(sign: str) -> str:
    return f"\\u{ord(sign):04X}" if ord(sign) < 0x10000 else f"\\U{ord(sign):06X}"


def shown(node: ast.AST) -> str:
    """The Python text of a node, short enough for a sentence."""
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 60 else f"{text[:57]}…"
