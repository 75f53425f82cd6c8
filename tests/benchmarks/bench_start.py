"""How long until the first page of a service that starts on an empty database, and what it then holds in memory."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BARE = """
from flask import Flask
from waitress.server import create_server

app = Flask("bare")
app.add_url_rule("/", view_func=lambda: "ready")
server = create_server(app, host="127.0.0.1", port=0)
print(f"at http://127.0.0.1:{server.effective_port}", flush=True)
server.run()
"""
MANDAT = [str(Path(sys.executable).with_name("mandat")), "serve", "--port", "0"]


@contextmanager
def started(command: list[str], **environment: str) -> Iterator[tuple[float, int]]:
    """Seconds from starting `command` to its first page, and the memory that it holds then, in bytes."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        address = re.search(r"http://\S+", process.stdout.readline())
        assert address, "the server did not say where it is"
        with urllib.request.urlopen(address[0]) as page:
            assert page.status == 200
        seconds = time.perf_counter() - begin
        resident = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        yield seconds, resident
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
        process.stdout.close()


def test_start(tmp_path, capsys):
    with started([sys.executable, "-c", BARE]) as (bare_seconds, bare_memory):
        pass
    with started(MANDAT, MANDAT_DATABASE_URL=f"sqlite:///{tmp_path / 'first.sqlite3'}") as (seconds, memory):
        pass
    with started(MANDAT, MANDAT_DATABASE_URL=f"sqlite:///{tmp_path / 'first.sqlite3'}") as (again, _):
        pass
    with capsys.disabled():
        print(f"\nfirst page on a new database: {seconds:.2f} s, {seconds / bare_seconds:.1f} × an empty Flask")
        print(f"first page on an old database: {again:.2f} s, {again / bare_seconds:.1f} × an empty Flask")
        print(f"memory: {memory / 1e6:.0f} MB, {memory / bare_memory:.1f} × an empty Flask")
