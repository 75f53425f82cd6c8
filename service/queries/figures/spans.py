"""How long something took, of many times that it was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median


@dataclass(frozen=True, slots=True)
class Span:
    """So many times, in seconds: half took no longer than `half`, nine in ten no longer than `most`."""

    times: int
    half: float
    most: float


def span(seconds: Sequence[float]) -> Span | None:
    """The median and the ninetieth percentile (nearest rank); None of nothing."""
    if not seconds:
        return None
    return Span(len(seconds), median(seconds), sorted(seconds)[ceil(0.9 * len(seconds)) - 1])
