"""Numbers as people type them, in the language that is spoken; what is no number stays the text it is."""

from __future__ import annotations

import re
from decimal import Decimal

from service.web.i18n import language

_SIGNS = {"da": (".", ","), "nb": (".", ","), "en": (",", ".")}
"""What parts thousands and what parts decimals. Spaces part thousands everywhere."""

_PLAIN = re.compile(r"[-+]?[0-9]{1,400}(\.[0-9]{1,400})?")


def typed(text: str) -> int | float | str:
    """The number that a text says; the text as it came where it says none, or one that a float cannot hold exactly.

    A point is a decimal point in Danish and Norwegian too, unless it parts off groups of three: 1.500 is 1500, 1.5 is 1.5.
    """
    thousands, decimals = _SIGNS[language()]
    plain = re.sub(r"[\s\u00a0\u202f']", "", text).replace("\u2212", "-")
    whole, sign, part = plain.partition(decimals)
    if re.fullmatch(rf"[-+]?[0-9]{{1,3}}({re.escape(thousands)}[0-9]{{3}})+", whole):
        whole = whole.replace(thousands, "")
    plain = f"{whole}.{part}" if sign else whole
    if not _PLAIN.fullmatch(plain):
        return text
    exact = Decimal(plain)
    if exact == exact.to_integral_value():
        return int(exact)
    return float(plain) if Decimal(repr(float(plain))) == exact else text


def shown(value: float) -> str:
    """A number as it goes into its field: decimals by the language's sign, no thousands, so that `typed` gives it back."""
    exact = f"{value:d}" if isinstance(value, int) else format(Decimal(repr(value)).normalize(), "f")
    return exact.replace(".", _SIGNS[language()][1])
