"""A service with people in it: what tests of the floors above the engine stand on."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

from service.app import create_app
from service.commands import accounts, deployments, roles
from service.domain.actors import Actor, operator
from service.domain.ports import Ports, SteppedClock, seeded
from service.identity import passwords, tokens
from service.queries import bundles
from service.queries.accounts import bearer
from service.runtime.command import Call
from service.settings import Settings
from service.store import db
from tests.diagrams import after, process

START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
VOTE = {
    "type": "object",
    "required": ["vote"],
    "properties": {
        "vote": {"type": "string", "enum": ["for", "against"]},
        "remark": {"type": "string", "maxLength": 2000},
        "amount": {"type": "integer"},
    },
}


@dataclass(frozen=True)
class Someone:
    """A person with a token: what a program sends in her name."""

    client: FlaskClient
    actor: Actor
    token: str

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, headers=self.headers())

    def post(self, path: str, body: Any = None, **headers: str) -> TestResponse:
        return self.client.post(path, json={} if body is None else body, headers=self.headers(**headers))

    def headers(self, **more: str) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {"Authorization": f"Bearer {self.token}", **named}


@dataclass(frozen=True)
class House:
    """One application on one database, with a clock that is moved by hand."""

    app: Flask
    ports: Ports

    @property
    def clock(self) -> SteppedClock:
        assert isinstance(self.ports.clock, SteppedClock)
        return self.ports.clock

    def later(self, **span: float) -> datetime:
        """Move the clock on."""
        return self.clock.forward(self.clock() + timedelta(**span))

    def operator(self, workspace: str = "pogi") -> Call:
        return Call(operator(workspace), self.ports)

    def person(
        self, name: str, *held: str, workspace: str = "pogi", administrator: bool = False, password: str | None = None
    ) -> Someone:
        """A person who holds these roles; a role that the workspace lacks is made."""
        call = self.operator(workspace)
        accounts.create(call, name, administrator, password_hash=password and passwords.hashed(password))
        accounts.join(call, name, name.title())
        for key in held:
            self.role(key, workspace)
            roles.grant(call, name, key)
        made = tokens.new()
        accounts.give_token(call, name, made.prefix, made.digest, self.ports.wall() + timedelta(days=300))
        found = bearer(made.prefix, self.ports.now(), self.ports.wall())
        assert found is not None
        return Someone(self.app.test_client(), found[1], made.text)

    def role(self, key: str, workspace: str = "pogi") -> None:
        with db.reading() as session:
            known = session.connection().exec_driver_sql(
                f"SELECT 1 FROM roles WHERE workspace_id = '{workspace}' AND key = '{key}'"  # noqa: S608 - ours
            )
            if known.first():
                return
        roles.add(self.operator(workspace), key, key)

    def approve(self, proposal_id: str, by: str = "approver", workspace: str = "pogi") -> dict[str, Any]:
        """What somebody has proposed, approved by a process owner who is new here."""
        actor = self.person(by, "process.owner", workspace=workspace).actor
        return deployments.approve(Call(actor, self.ports), proposal_id)

    def deploy(self, files: Mapping[str, bytes], workspace: str = "pogi") -> dict[str, Any]:
        return deployments.deploy(self.operator(workspace), bundles.sent(files), "", True)

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """Every SQL statement that is sent to the database meanwhile, on every connection."""
        seen: list[str] = []

        def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
            seen.append(statement)

        engines: list[Engine] = list(db.db.engines.values())
        for engine in engines:
            event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            for engine in engines:
                event.remove(engine, "before_cursor_execute", note)


def two_tasks() -> dict[str, bytes]:
    """A process of two tasks in two lanes: the secretariat prepares, the chair votes."""
    drawing = (
        process("adoption")
        .start()
        .user("prepare", lane="pogi.sec")
        .user("vote", lane="pogi.chair", form="vote")
        .end("adopted")
    )
    return {"adoption.bpmn": drawing.bpmn(), "vote.schema.json": json.dumps(VOTE).encode()}


def gate() -> dict[str, bytes]:
    """A task whose answer `share` a gateway looks at; a completion without it is an incident."""
    drawing = (
        process("gate").start().user("ask", lane="pogi.sec", form="share").exclusive("enough")
        .end("adopted", when="share > 50").at("enough").otherwise().end("lapsed")
    )  # fmt: skip
    form = {"type": "object", "properties": {"share": {"type": "integer"}}}
    return {"gate.bpmn": drawing.bpmn(), "share.schema.json": json.dumps(form).encode()}


def waiting() -> dict[str, bytes]:
    """Two days' rest, then a task."""
    drawing = process("waiting").start().catch("rest", after('duration("P2D")')).user("act", lane="pogi.sec").end()
    return {"waiting.bpmn": drawing.bpmn()}


@contextmanager
def opened(url: str, *, demo: bool = False) -> Iterator[House]:
    """A house on a migrated database, for as long as the context lasts.

    Credentials go by the same clock; in a demonstration by one that stands still, as the machine's all but does.
    """
    ports = seeded(7, START)
    ports = replace(ports, wall=SteppedClock(START) if demo else ports.clock, demo=demo)
    app = create_app(Settings(database_url=url, secret_key="k" * 32), ports)
    with app.app_context():
        yield House(app, ports)
        db.dispose()


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    """A service on each database in turn."""
    with opened(database_url) as house:
        yield house


@pytest.fixture(scope="module")
def one_house(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One service on SQLite for all tests of a file: where neither the database nor what is in it matters."""
    copy = shutil.copy(sqlite_template, tmp_path_factory.mktemp("house"))
    with opened(f"sqlite:///{copy}") as house:
        yield house
