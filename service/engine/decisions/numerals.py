"""A number as a person writes it, in any of the languages: `1000,5`, `1.000,5`, `1,000.5` and `1 000,5` are the same."""

import re
from decimal import Decimal

from service.domain.sentences import say
from service.engine.feel.errors import Unanswerable
from service.engine.feel.kinds.numbers import number

_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?P<group>[ .,'])\d{3})(?:(?P=group)\d{3})*(?P<rest>[.,]\d*)?", re.ASCII)


UNCLEAR = "`%(text)s` means a thousand times more in one language than in another: leave out the sign between thousands"
"""What is said of a number that could be either."""


def numeral(text: str) -> Decimal:
    """The number that was meant. Raises Unanswerable for what is none, and for `1.000` and `1,000`: in one language that
    is a thousand, in another one."""
    plain = re.sub(r"[\s\u2009\u202f]", " ", text.strip()).replace("\u2212", "-").replace("\u2019", "'")
    grouped = _GROUPED.fullmatch(plain)
    group, rest = (grouped["group"], grouped["rest"] or "") if grouped else ("", "")
    if grouped and group in ".," and not rest and plain.count(group) == 1:
        raise Unanswerable(say(UNCLEAR, text=text[:40]))
    if grouped and not rest.startswith(group):
        plain = plain.removesuffix(rest).replace(group, "") + rest.replace(",", ".")
    elif plain.count(",") == 1:
        plain = plain.replace(",", ".") if "." not in plain else plain
    if not _PLAIN.fullmatch(plain):
        raise Unanswerable(say("`%(text)s` is no number", text=text[:40]))
    return number(plain)
