"""What leaves a token and has to be brought to somebody."""

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Thrown:
    """Something that left a token: `kind` message or signal goes to who waits for `name`; error and escalation were
    not caught inside the instance and go to the instance that called it."""

    kind: Literal["message", "signal", "error", "escalation"]
    element: str
    name: str | None
    code: str | None = None
    payload: Any = None
    keys: tuple[tuple[str, Any], ...] = ()
