"""What a text reads of a case's values, for whoever has to find out why it could not be evaluated."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from service.engine import feel
from service.engine.shapes import Known
from service.engine.values import weight

LARGEST_SHOWN = 4_000
"""Bytes of JSON: a larger value is only said to be there."""

MOST_SHOWN = 50
READERS: Mapping[str, Callable[..., Any]] = {
    **dict.fromkeys(("script", "preScript", "postScript"), feel.parse_script),
    "instructions": feel.parse_template,
}
"""What reads the text of a place that holds no single expression."""


def looked_at(text: str, place: str, variables: Mapping[str, Any]) -> tuple[Known, ...]:
    """The names that the text of a place reads, with what they stand for, in their order. None where it cannot be read."""
    odd = frozenset(name for name in variables if not name.isidentifier())
    try:
        names: Iterable[str] = READERS.get(place, feel.parse)(text, odd).names
    except feel.FeelError:
        return ()
    return tuple(
        shown(name, variables[name]) if name in variables else Known(name, there=False)
        for name in sorted(names)[:MOST_SHOWN]
    )


def shown(name: str, value: Any) -> Known:
    """A name that has a value."""
    if weight(value, LARGEST_SHOWN) > LARGEST_SHOWN:
        return Known(name, there=True, large=True)
    return Known(name, there=True, value=value)
