"""Serves an application on a free port, by the server that the product uses, in a thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from waitress.server import create_server
from waitress.wasyncore import close_all

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


@contextmanager
def serving(application: WSGIApplication) -> Iterator[str]:
    """The address at which `application` answers for as long as the context lasts, without a slash at the end."""
    sockets: dict[int, object] = {}
    server = create_server(application, map=sockets, host="127.0.0.1", port=0, threads=4)
    thread = Thread(target=server.run, name="test server")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.trigger.pull_trigger(lambda: close_all(sockets))  # in the server's own thread, which then ends
        thread.join()
        server.task_dispatcher.shutdown()
