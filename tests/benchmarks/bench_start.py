"""How long `python3 dev.py run` takes to its first page, and what the service holds in memory then and later.

Ratios are to a Flask application of one line on the same server: how fast this machine is cancels out.
"""

import os
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urldefrag, urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from tests.support.repository import ROOT

BARE = """
from flask import Flask
from waitress.server import create_server

app = Flask("bare")
app.add_url_rule("/", view_func=lambda: "ready")
server = create_server(app, host="127.0.0.1", port=0)
print(f"at http://127.0.0.1:{server.effective_port}", flush=True)
server.run()
"""
EMPTY = [sys.executable, "-c", BARE]
MANDAT = [sys.executable, str(ROOT / "dev.py"), "run", "--port", "0"]
RUNS, PAGES = 5, 100


@dataclass(frozen=True)
class Started:
    """A server that has shown its first page, `seconds` after its command was given."""

    pid: int
    address: str
    seconds: float

    @property
    def resident(self) -> int:
        """The memory that its process holds now, in bytes."""
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def started(command: list[str], database: Path) -> Iterator[Started]:
    """The server of `command`, which is one process, until the block ends."""
    begin = time.perf_counter()
    environment = {**os.environ, "MANDAT_DATABASE_URL": f"sqlite:///{database}"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        address = re.search(r"http://\S+", process.stdout.readline())
        assert address, "the server did not say where it is"
        read(build_opener(), address[0])
        yield Started(process.pid, address[0], time.perf_counter() - begin)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
        process.stdout.close()


def read(browser: OpenerDirector, address: str, form: dict[str, str] | None = None) -> str:
    """A page, or what a form leads to."""
    with browser.open(address, None if form is None else urlencode(form).encode()) as answer:
        assert answer.status == 200
        return str(answer.read().decode(errors="replace"))


def wander(address: str) -> None:
    """Be the secretariat, and read so many pages: those to which links lead, and then the same again."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    token = re.search(r'name="csrf_token" value="(\w+)"', read(browser, address))
    assert token, "the first page has no form"
    form = {"csrf_token": token[1], "persona": "pogi.sec"}
    home = read(browser, f"{address}/pogi/demo/persona", form)
    paths = links(home)
    for number in range(PAGES):
        page = read(browser, address + paths[number % len(paths)])
        paths += [path for path in links(page) if path not in paths]


def links(page: str) -> list[str]:
    """Where the links of a page lead within the workspace, each once."""
    found = re.findall(r'href="(/pogi/[^"]*)"', page)
    return list(dict.fromkeys(urldefrag(unescape(link)).url for link in found))


def median(command: list[str], databases: list[Path]) -> float:
    """Seconds to the first page, one start for each database."""
    seconds = []
    for database in databases:
        with started(command, database) as server:
            seconds.append(server.seconds)
    return statistics.median(seconds)


def test_start(tmp_path, capsys):
    new = [tmp_path / f"{number}.sqlite3" for number in range(RUNS)]
    bare, first, again = median(EMPTY, new), median(MANDAT, new), median(MANDAT, new)
    with capsys.disabled():
        print(f"\nfirst page, new database: {first:.2f} s, {first / bare:.1f} × an empty Flask, median of {RUNS}")
        print(f"first page, old database: {again:.2f} s, {again / bare:.1f} × an empty Flask, median of {RUNS}")


def test_memory(tmp_path, capsys):
    with started(EMPTY, tmp_path / "none.sqlite3") as server:
        bare = server.resident
    with started(MANDAT, tmp_path / "new.sqlite3"):
        pass
    with started(MANDAT, tmp_path / "new.sqlite3") as server:
        first = server.resident
        wander(server.address)
        later = server.resident
    with capsys.disabled():
        print(f"\nmemory at the first page: {first / 1e6:.0f} MB, {first / bare:.1f} × an empty Flask")
        print(f"memory after {PAGES} pages more: {later / 1e6:.0f} MB, {later / bare:.1f} × an empty Flask")
