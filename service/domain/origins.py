"""Where a row comes from, when it does not come from the work itself."""

from dataclasses import dataclass
from typing import Literal

from service.domain.record_errors import OriginRefused

Origin = Literal["source", "public", "sample"]
"""`source`: a seed, by its id · `public`: an address · `sample`: invented, and shown with a badge."""

SAMPLE_MARK = "Eksempel"
"""What the names of sample organisations hold, so that nobody takes one for a real body."""


@dataclass(frozen=True, slots=True)
class From:
    """The origin of a row and where to look it up: a seed's id (`P37`), an address. Both None: made by the work."""

    origin: Origin | None = None
    reference: str | None = None


MADE_HERE = From()
"""No origin: the row was made by the work itself."""


def check(origin: str | None, reference: str | None) -> None:
    """Raise `OriginRefused` unless a source or public row says where to look it up."""
    if origin not in (None, "source", "public", "sample"):
        raise OriginRefused(reason=f"“{origin}” is no origin")
    if origin in ("source", "public") and not reference:
        raise OriginRefused(reason=f"a row of origin “{origin}” names its place")
