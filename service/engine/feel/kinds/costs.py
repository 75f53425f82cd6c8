"""What it costs to look at a value: steps, for whoever compares it. A number or a day costs next to nothing."""

from service.engine.feel.kinds.special import Range
from service.engine.feel.kinds.times import Moment, Time

_ZONED = {Moment: 24, Time: 8}


def cost(value: object) -> int:
    """Steps of comparing a value once: its text has to be read, its moment to be found in its zone."""
    if type(value) is str:
        return len(value) >> 6
    if isinstance(value, Range):
        return 2 + cost(value.start) + cost(value.end)
    return _ZONED.get(type(value), 0)
