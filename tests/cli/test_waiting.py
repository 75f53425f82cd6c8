"""A service whose database is not there when it starts says so in its log, and a worker waits for it."""

import json
import logging
import os
import signal
import subprocess
from contextlib import suppress

import pytest
from psycopg import sql

from service.cli.web_log import bare
from tests.faults.programs import mandat


@pytest.fixture
def address(postgres_server) -> str:
    """That of a database which is not there."""
    found: str = postgres_server.url(f"mandat_late_{os.getpid()}")
    return found


def test_serve_ends_with_one_line_of_the_log_that_tells_nothing_of_its_settings(address):
    with mandat(address, "serve", "--port", "0", log=subprocess.PIPE) as program:
        _, said = program.process.communicate(timeout=60)
    assert program.process.returncode == 1
    (line,) = said.splitlines()
    told = json.loads(line)
    assert (told["level"], told["of"]) == ("critical", "mandat.cli")
    assert "See that it runs" in told["event"]
    assert "MANDAT_DATABASE_URL" in told["event"]
    assert "host" not in line
    assert "mandat_late" not in line


def test_a_command_ends_with_a_sentence(address):
    with mandat(address, "db", "upgrade", log=subprocess.PIPE) as program:
        _, said = program.process.communicate(timeout=60)
    assert (program.process.returncode, said[:39]) == (1, "Error: The database does not answer, or")


def test_a_worker_waits_for_its_database(postgres_server, address):
    name = sql.Identifier(f"mandat_late_{os.getpid()}")
    with mandat(address, "worker", log=subprocess.PIPE) as program:
        assert program.process.stderr is not None
        assert "is asked again: The database does not answer" in json.loads(program.process.stderr.readline())["event"]
        try:
            postgres_server.execute(sql.SQL("CREATE DATABASE {}").format(name))
            assert program.says() == "A worker of 2 threads waits for what falls due."
        finally:
            program.kill()
            postgres_server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


def test_what_gunicorn_says_of_its_processes_stands_in_the_same_log(postgres_server):
    with (
        postgres_server.database() as name,
        mandat(postgres_server.url(name), "serve", "--workers", "1", "--port", "0", log=subprocess.PIPE) as program,
    ):
        assert program.says().startswith("Mandat is at ")
        assert program.process.stderr is not None
        while not (children := program.children()):
            pass
        os.kill(children[0], signal.SIGKILL)
        for line in program.process.stderr:
            with suppress(ValueError):
                told = json.loads(line)
                if told["of"] == "gunicorn.error":
                    break
        assert told["event"] == f"Worker (pid:{children[0]}) was sent SIGKILL! Perhaps out of memory?"
        assert program.end() == 0


@pytest.mark.parametrize(
    ("sentence", "given", "left"),
    [
        ("WORKER TIMEOUT (pid:%s)", (7,), "WORKER TIMEOUT (pid:7)"),
        ("Error handling request %s %s", ("GET", "/pogi/cases/1"), "Error handling request %s %s"),
        ("Invalid request from ip=10.1.2.3: Anne", (), "Invalid request"),
        ("Exception during worker exit:\nTraceback: Anne", (), "Exception during worker exit:"),
        (ValueError("Anne"), (), "ValueError"),
    ],
)
def test_of_requests_and_errors_it_says_neither_whose_nor_what(sentence, given, left):
    record = logging.LogRecord("gunicorn.error", logging.ERROR, "", 0, sentence, given, None)
    assert bare(record)
    assert record.msg == left
