"""What a node carries: event definitions and loops, and the words to write them with."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Event:
    """One event definition; `key` is the name or code of the message, signal, error or escalation that it refers to."""

    kind: str
    key: str | None = None
    form: str | None = None
    text: str | None = None
    payload: str | None = None
    variable: str | None = None
    correlate: Mapping[str, str] = field(default_factory=dict)


def after(expression: str) -> Event:
    """A timer that is due a duration from now."""
    return Event("timer", form="timeDuration", text=expression)


def on(expression: str) -> Event:
    """A timer that is due at a moment."""
    return Event("timer", form="timeDate", text=expression)


def every(expression: str) -> Event:
    """A timer that is due again and again."""
    return Event("timer", form="timeCycle", text=expression)


def condition(expression: str) -> Event:
    """A conditional event."""
    return Event("conditional", text=expression)


def message(name: str, *, payload: str | None = None, variable: str | None = None, **correlate: str) -> Event:
    """A message; keyword arguments are correlation properties, name → expression."""
    return Event("message", key=name, payload=payload, variable=variable, correlate=correlate)


def signal(name: str, *, payload: str | None = None, variable: str | None = None) -> Event:
    """A signal."""
    return Event("signal", key=name, payload=payload, variable=variable)


def error(code: str | None = None, *, payload: str | None = None, variable: str | None = None) -> Event:
    """An error; without a code, one that catches every error."""
    return Event("error", key=code, payload=payload, variable=variable)


def escalation(code: str | None = None, *, payload: str | None = None, variable: str | None = None) -> Event:
    """An escalation; without a code, one that catches every escalation."""
    return Event("escalation", key=code, payload=payload, variable=variable)


def plain(kind: str) -> Event:
    """An event definition with nothing in it: `terminate`, `cancel`, `compensate`, `link`."""
    return Event(kind)


@dataclass(frozen=True)
class Loop:
    """How an activity repeats."""

    standard: bool = False
    sequential: bool = False
    cardinality: str | None = None
    collection: str | None = None
    item: str | None = None
    into: str | None = None
    condition: str | None = None
    maximum: int | None = None
    test_before: bool = False
    output_item: str | None = None


def each(
    collection: str,
    *,
    item: str,
    into: str | None = None,
    result: str | None = None,
    until: str | None = None,
    sequential: bool = False,
) -> Loop:
    """Once for each item of a collection; `result` (the item itself unless named) of each round is gathered `into`."""
    output = (result or item) if into else None
    return Loop(sequential=sequential, collection=collection, item=item, into=into, condition=until, output_item=output)


def times(cardinality: str, *, into: str | None = None, result: str | None = None, sequential: bool = False) -> Loop:
    """A number of times; `result` is the variable of each round that is gathered `into`."""
    return Loop(sequential=sequential, cardinality=cardinality, into=into, output_item=result)


def repeat(*, condition: str | None = None, maximum: int | None = None, test_before: bool = False) -> Loop:
    """A standard loop."""
    return Loop(standard=True, condition=condition, maximum=maximum, test_before=test_before)
