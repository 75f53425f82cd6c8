"""What kind a value is of, and the words for it."""

from decimal import Decimal

from service.domain.sentences import Sentence, say
from service.engine.feel.errors import Site, Unseen
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


_DESCRIBED: dict[type, Sentence] = {
    type(None): say("null"),
    bool: say("a boolean"),
    Decimal: say("a number"),
    str: say("a string"),
    Date: say("a date"),
    Time: say("a time"),
    Moment: say("a date and time"),
    DaysDuration: say("a days and time duration"),
    MonthsDuration: say("a years and months duration"),
    list: say("a list"),
    dict: say("a context"),
    Range: say("a range"),
}
_A_FUNCTION = say("a function")


def kind_of(value: object) -> str:
    """The name of a value's kind, as FEEL has it. Raises Unseen for a sealed value: nobody may ask what it is."""
    if type(value) is Sealed:
        raise Unseen(say("a sealed value can only be compared with null; what it holds is not known here"))
    return NAMES.get(type(value), "function")


def described(value: object, site: Site | None = None) -> Sentence:
    """A value's kind with its article, for a sentence: `a number`, `null`. Raises Unseen for a sealed value, laid at the
    site that gave it."""
    try:
        kind_of(value)
    except Unseen as sealed:
        sealed.site = site
        raise
    return _DESCRIBED.get(type(value), _A_FUNCTION)


def of_kind(name: str) -> Sentence:
    """A kind, called by its name, with its article."""
    return next((words for kind, words in _DESCRIBED.items() if NAMES[kind] == name), _A_FUNCTION)
