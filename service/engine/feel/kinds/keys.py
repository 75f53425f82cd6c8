"""A key for every value, so that sets and look-ups need not compare each with each."""

from collections.abc import Callable, Hashable
from decimal import Decimal

from service.domain.sentences import say
from service.engine.feel.errors import Stopped
from service.engine.feel.kinds.kind import kind_of
from service.engine.feel.kinds.special import Range
from service.engine.feel.kinds.times import Moment, Time
from service.engine.feel.limits import VALUE_DEPTH


def key_of(value: object, spend: Callable[[int], None], depth: int = 0) -> Hashable:
    """Equal for two values exactly where `compare.same` holds of them; `spend` is told of every value visited."""
    spend(6)  # a key costs as much as six nodes
    if depth > VALUE_DEPTH:
        raise Stopped(say("the value is nested too deep to be compared"))
    kind = kind_of(value)
    if isinstance(value, list):
        return (kind, *(key_of(item, spend, depth + 1) for item in value))
    if isinstance(value, dict):
        return (kind, *((name, key_of(value[name], spend, depth + 1)) for name in sorted(value)))
    if isinstance(value, Range):
        ends = (key_of(side, spend, depth + 1) for side in (value.start, value.end))
        return (kind, value.start_included, value.end_included, value.sign, *ends)
    if isinstance(value, Time):
        return (kind, value.zone is None, value.seconds)
    if isinstance(value, Moment):
        return (kind, value.time.zone is None, value.seconds)
    if isinstance(value, str):
        spend(len(value) >> 6)
    # A Decimal hashes by its value, whatever its trailing zeros; a function only equals itself.
    return (kind, value if isinstance(value, Decimal | str | bool) or value is None else _plain(value))


def _plain(value: object) -> Hashable:
    return value if isinstance(value, Hashable) else id(value)
