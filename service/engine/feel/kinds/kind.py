"""What kind a value is of, and the words for it."""

from decimal import Decimal

from service.engine.feel.errors import Stopped
from service.engine.feel.kinds.dates import Date
from service.engine.feel.kinds.durations import DaysDuration, MonthsDuration
from service.engine.feel.kinds.special import Function, Range, Sealed
from service.engine.feel.kinds.times import Moment, Time

NAMES: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    Date: "date",
    Time: "time",
    Moment: "date and time",
    DaysDuration: "days and time duration",
    MonthsDuration: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
    Function: "function",
}


def kind_of(value: object) -> str:
    """The name of a value's kind, as FEEL has it. Raises Stopped for a sealed value: nobody may ask what it is."""
    if type(value) is Sealed:
        raise Stopped("a sealed value can only be compared with null; what it holds is not known here")
    return NAMES.get(type(value), "function")


def described(value: object) -> str:
    """A value's kind with its article, for a sentence: `a number`, `null`."""
    kind = kind_of(value)
    return kind if kind == "null" else f"a {kind}"
