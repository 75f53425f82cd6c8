"""Regular expressions from outside run on RE2, in time proportional to the text."""

from functools import lru_cache
from typing import Any

import re2

_OPTIONS = re2.Options()
_OPTIONS.log_errors = False


@lru_cache(maxsize=512)
def compiled(pattern: str) -> Any:
    """The pattern, ready to search with. Raises ValueError when RE2 does not take it."""
    try:
        return re2.compile(pattern, _OPTIONS)
    except re2.error:
        raise ValueError(f"the pattern {pattern[:80]!r} is not one that RE2 takes") from None
