"""The values that a decision file is given: typed as the file says, and read only where they are needed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from service.domain.sentences import say
from service.engine.decisions.model import InputData
from service.engine.decisions.record import rested
from service.engine.feel import Context, FeelFault, Reason
from service.engine.feel.errors import Stopped, Unanswerable
from service.engine.feel.kinds.types import Restricted, Simple, Type
from service.engine.feel.run import Run
from service.engine.values import from_rest

_TEXTUAL = {
    "date": "date",
    "time": "time",
    "date and time": "date and time",
    "dateTime": "date and time",
} | dict.fromkeys(
    ("days and time duration", "years and months duration", "dayTimeDuration", "yearMonthDuration"), "duration"
)


@dataclass(frozen=True, slots=True)
class Given:
    """What was given, what was read of it (at rest, by name), and what would not do.

    An input goes by its name, or by its file's namespace, `#` and its name where two files ask for inputs of one name.
    """

    values: Mapping[str, object]
    strict: bool
    read: dict[str, object] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)


def given_value(given: Given, wanted: InputData, context: Context) -> list[object]:
    """The value of an input, alone in a list; nothing where none was given.

    A value that is not of the input's type is null, with a reason; in strict mode that raises FeelFault.
    """
    key = key_of(wanted, given.values)
    if key is None:
        return []
    context = replace(context, types=wanted.types)
    try:
        value = from_rest(given.values[key], _text_kind(wanted.type, context))
        if wanted.type is not None:
            value = Run({}, context).types.converted(value, wanted.type)
    except (FeelFault, Stopped, Unanswerable) as error:
        why = error.message if isinstance(error, FeelFault) else error.reason
        reason = FeelFault(say("The input “%(name)s” will not do: %(why)s", name=wanted.name, why=why), wanted.name)
        if given.strict:
            raise reason from None
        given.reasons.append(Reason(reason.message, wanted.name, 0, len(wanted.name)))
        value = None
    given.read[key] = rested(value)
    return [value]


def key_of(wanted: InputData, values: Mapping[str, object]) -> str | None:
    """The name by which the value of an input is among those given; None where it is not."""
    called = [name for name in (wanted.name, wanted.label) if name]
    keys = (*(f"{wanted.namespace}#{name}" for name in called), *called)
    return next((it for it in keys if it in values), None)


def _text_kind(kind: Type | None, context: Context) -> str | None:
    """How a text of that type is read."""
    seen: set[str] = set()
    while isinstance(kind, Simple | Restricted):
        if isinstance(kind, Restricted):
            kind = kind.base
        elif kind.name in _TEXTUAL or kind.name in seen:
            return _TEXTUAL.get(kind.name)
        else:
            seen.add(kind.name)
            kind = context.types.get(kind.name)
    return None
