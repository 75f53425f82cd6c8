"""Small ways to ask FEEL something, at a fixed moment: Tuesday 12 May 2026, noon in Copenhagen."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from service.engine.calendars import calendar
from service.engine.feel import Context, FeelFault, Result, parse
from service.engine.values import to_rest

NOON = datetime(2026, 5, 12, 10, tzinfo=UTC)


def context(*, strict: bool = False, now: datetime = NOON, country: str = "DK") -> Context:
    """What an evaluation knows besides its values."""
    days = calendar(country)
    return Context(now, ZoneInfo(days.zone), days, strict)


def explained(text: str, /, **values: object) -> Result:
    """What a text gives in DMN mode; names in `values` may hold blanks, written as double underscores."""
    named = {name.replace("__", " "): value for name, value in values.items()}
    return parse(text, named).explain(named, context())


def value(text: str, /, **values: object) -> Any:
    """The value of a text that has one: there must be no reason for any null."""
    result = explained(text, **values)
    assert result.reasons == (), (text, result.reasons)
    return result.value


def rested(text: str, /, **values: object) -> Any:
    """The same as JSON, which is easier to write down."""
    return to_rest(value(text, **values))


def reason(text: str, /, **values: object) -> str:
    """Why a text is null."""
    result = explained(text, **values)
    assert result.value is None, (text, result.value)
    assert result.reasons, f"{text} is null for no reason"
    return result.reasons[0].message


def fault(text: str, /, **values: object) -> FeelFault:
    """The fault that a text is in a diagram."""
    try:
        found = parse(text, values).evaluate(values, context(strict=True))
    except FeelFault as error:
        return error
    raise AssertionError(f"{text} gave {found!r}")


def number(text: str) -> Decimal:
    """A number as FEEL has it."""
    return Decimal(text)
