"""Named places in a serving process at which it can be made to die, as if its power had been cut.

A place is named by the request at work and what it is about to do or has just done: `complete: before INSERT tasks`,
`complete: before COMMIT`, `complete: after COMMIT`, `complete: before the answer`.
"""

import os
import re
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|BEGIN|PRAGMA|SHOW|SET)\b", re.IGNORECASE)
_TABLE = re.compile(r"\b(?:FROM|INTO|UPDATE)\s+\"?(\w+)", re.IGNORECASE)


class Points:
    """Wraps an application: counts the places that its writing requests reach, notes them, and dies at one of them."""

    def __init__(self, app: "WSGIApplication", note: Callable[[str], None], fatal: tuple[str, int] | None) -> None:
        self._app, self._note, self._fatal = app, note, fatal
        self._here = threading.local()
        self._reached: Counter[str] = Counter()
        event.listen(Engine, "before_cursor_execute", lambda _c, _u, sql, *_: self._reach(f"before {_named(sql)}"))
        event.listen(Engine, "after_cursor_execute", lambda _c, _u, sql, *_: self._reach(f"after {_named(sql)}"))
        event.listen(Session, "before_commit", lambda _session: self._reach("before COMMIT"))
        event.listen(Session, "after_commit", lambda _session: self._reach("after COMMIT"))

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request, unless it dies of it."""
        self._here.verb = environ["PATH_INFO"].rpartition("/")[2] if environ["REQUEST_METHOD"] == "POST" else None
        try:
            answer = list(self._app(environ, start_response))
            self._reach("before the answer")
            return answer
        finally:
            self._here.verb = None

    def _reach(self, place: str) -> None:
        verb = getattr(self._here, "verb", None)
        if verb is None:
            return
        point = f"{verb}: {place}"
        self._note(point)
        self._reached[point] += 1
        if self._fatal is not None and (point, self._reached[point]) == self._fatal:
            os.kill(os.getpid(), signal.SIGKILL)


def _named(sql: Any) -> str:
    """A statement in two words: what it does, and to which table."""
    verb, table = _STATEMENT.match(str(sql)), _TABLE.search(str(sql))
    return f"{verb[1].upper() if verb else 'OTHER'} {table[1] if table else ''}".strip()
