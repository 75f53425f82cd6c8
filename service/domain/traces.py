"""Traces: one id that leads from a request to what the log, the journal and the mail say of it (W3C Trace Context)."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_TRACEPARENT = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?")
_current: ContextVar[str | None] = ContextVar("trace", default=None)


def current() -> str | None:
    """The id of what this thread is doing just now: 32 hexadecimal digits; None outside any request or job."""
    return _current.get()


def new() -> str:
    """A fresh id. It names nothing and decides nothing, so no seed repeats it."""
    return secrets.token_hex(16)


def begin(trace: str | None) -> None:
    """From now on this thread works under that id, or under none."""
    _current.set(trace)


@contextmanager
def under(trace: str | None) -> Iterator[None]:
    """Work under that id, or a fresh one, for as long as the context lasts."""
    token = _current.set(trace or new())
    try:
        yield
    finally:
        _current.reset(token)


def of_header(text: str) -> str | None:
    """The id in a `traceparent` header; None where it is none."""
    found = _TRACEPARENT.fullmatch(text.strip())
    return None if found is None else found[1]


def header(trace: str, span: str | None = None) -> str:
    """A `traceparent` header for that id. `span` is whatever names the one thing that is sent; at random without."""
    digits = re.sub(r"[^0-9a-f]", "", span or "")[-16:]
    return f"00-{trace}-{digits if len(digits) == 16 and digits.strip('0') else secrets.token_hex(8)}-01"
