"""An operation as a check of diagrams sees it."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Offered(NamedTuple):
    """What an operation gives, as a JSON Schema (empty: it may be anything), and what it takes: its parameters, each with
    whether it must be given (None: not known)."""

    gives: Mapping[str, Any]
    takes: Mapping[str, bool] | None = None
