"""`mandat serve` as a process of its own: it starts, answers, fires timers, and ends when it is told to."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from service.app import create_app
from service.cli.background import Background
from service.commands import instances
from service.identity.clockwork import go_round
from service.runtime.command import Call
from service.settings import Settings
from service.store import db
from tests.app.house import House, waiting

ROOT = Path(__file__).parents[2]


def test_the_service_starts_answers_and_ends_cleanly(tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MANDAT_")}
    environment["MANDAT_DATABASE_URL"] = f"sqlite:///{tmp_path}/mandat.sqlite3"
    command = [
        sys.executable,
        "-W",
        "error",
        "-c",
        "from service.app import main; main()",
        "serve",
        "--port",
        "0",
        "--demo",
    ]
    service = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert service.stdout is not None
        said = service.stdout.readline()
        found = re.fullmatch(r"Mandat is at http://127\.0\.0\.1:(\d+)\n", said)
        assert found, said
        connection = http.client.HTTPConnection("127.0.0.1", int(found[1]))
        connection.request("GET", "/readyz")
        ready = json.loads(connection.getresponse().read())
        connection.close()
        assert ready["ready"]
        assert ready["background_silent_for"] is not None
    finally:
        service.send_signal(signal.SIGTERM)
        rest, _ = service.communicate(timeout=30)
    assert service.returncode == 0, rest
    assert {path.name for path in tmp_path.iterdir()} == {
        "mandat.sqlite3",
        "mandat.sqlite3.lock",
        "mandat.sqlite3.log-key",
    }, "all is in one file, and beside it the key that signs the log"


def test_what_a_proxy_says_is_believed_as_far_as_the_settings_go(tmp_path):
    """Whichever server answers: over HTTPS the cookie is for HTTPS alone, and nobody reads figures through a proxy."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MANDAT_")}
    environment |= {"MANDAT_DATABASE_URL": f"sqlite:///{tmp_path}/mandat.sqlite3", "MANDAT_PROXY_HOPS": "1"}
    command = [sys.executable, "-c", "from service.app import main; main()", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as service:
        try:
            assert service.stdout is not None
            said = next(line for line in service.stdout if line.startswith("Mandat is at"))
            passed_on = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
            seen = {}
            for path in ("/sign-in", "/metrics"):
                connection = http.client.HTTPConnection("127.0.0.1", int(said.rpartition(":")[2]))
                connection.request("GET", path, headers=passed_on)
                answer = connection.getresponse()
                seen[path] = answer.status, answer.headers.get("Strict-Transport-Security"), answer.read()
                connection.close()
        finally:
            service.send_signal(signal.SIGTERM)
    assert seen["/sign-in"][0] == 200
    assert seen["/sign-in"][1]
    assert seen["/metrics"][0] == 404


def test_the_background_fires_timers_and_stops(house: House):
    secretary = house.person("secretary", "pogi.sec")
    house.deploy(waiting())
    instances.start(Call(secretary.actor, house.ports), "waiting", {}, None)
    house.later(days=3)
    background = Background(house.app, go_round, pause=0.01)
    background.start()
    while not secretary.get("/api/v1/tasks?scope=roles").json["tasks"]:
        pass
    background.stop()
    assert background.silent_for() >= 0


def test_a_service_whose_background_is_silent_is_not_ready(house: House):
    class Silent:
        def silent_for(self) -> float:
            return 61.0

    house.app.extensions["mandat.background"] = Silent()
    answer = house.app.test_client().get("/readyz")
    assert (answer.status_code, answer.json["ready"]) == (503, False)


def test_a_database_without_tables_is_not_ready(empty_database_url):
    app = create_app(Settings(database_url=empty_database_url, secret_key="k" * 32))
    with app.app_context():
        answer = app.test_client().get("/readyz")
        db.dispose()
    assert (answer.status_code, answer.json["database"]) == (503, False)
