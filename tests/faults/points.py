"""Named places in a process at which it can be made to die, as if its power had been cut.

A place is named by what is at work and what that is about to do or has just done: `complete: before INSERT tasks`,
`complete: before COMMIT`, `complete: after COMMIT`, `complete: before the answer`.
"""

import os
import re
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|BEGIN|PRAGMA|SHOW|SET)\b", re.IGNORECASE)
_TABLE = re.compile(r"\b(?:FROM|INTO|UPDATE)\s+\"?(\w+)", re.IGNORECASE)


class Points:
    """Counts the places that are reached while something is at work, notes them, and dies at one of them for the given
    time; `dying` is told with its last breath."""

    def __init__(
        self,
        note: Callable[[str], None],
        fatal: Sequence[Any] | None,
        dying: Callable[[str], None] = lambda _point: None,
    ) -> None:
        self._note, self._fatal, self._dying = note, fatal and tuple(fatal), dying
        self._here = threading.local()
        self._reached: Counter[str] = Counter()
        event.listen(Engine, "before_cursor_execute", lambda _c, _u, sql, *_: self.reach(f"before {_named(sql)}"))
        event.listen(Engine, "after_cursor_execute", lambda _c, _u, sql, *_: self.reach(f"after {_named(sql)}"))
        event.listen(Session, "before_commit", lambda _session: self.reach("before COMMIT"))
        event.listen(Session, "after_commit", lambda _session: self.reach("after COMMIT"))

    @contextmanager
    def at_work(self, what: str) -> Iterator[None]:
        """In this thread the places count, as those of `what`."""
        outside, self._here.what = getattr(self._here, "what", None), what
        try:
            yield
        finally:
            self._here.what = outside

    def reach(self, place: str) -> None:
        """It is there."""
        what = getattr(self._here, "what", None)
        if what is None:
            return
        point = f"{what}: {place}"
        self._note(point)
        self._reached[point] += 1
        if (point, self._reached[point]) == self._fatal:
            self._dying(point)
            os.kill(os.getpid(), signal.SIGKILL)


class Pointed:
    """Wraps an application: its writing requests are at work, each under the last word of its address."""

    def __init__(self, app: "WSGIApplication", points: Points) -> None:
        self._app, self._points = app, points

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request, unless it dies of it."""
        if environ["REQUEST_METHOD"] != "POST":
            return list(self._app(environ, start_response))
        with self._points.at_work(environ["PATH_INFO"].rpartition("/")[2]):
            answer = list(self._app(environ, start_response))
            self._points.reach("before the answer")
            return answer


def _named(sql: Any) -> str:
    """A statement in two words: what it does, and to which table."""
    verb, table = _STATEMENT.match(str(sql)), _TABLE.search(str(sql))
    return f"{verb[1].upper() if verb else 'OTHER'} {table[1] if table else ''}".strip()
