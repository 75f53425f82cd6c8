"""What the tests themselves stand on."""

import socket

import psycopg
import pytest
from pytest_socket import SocketConnectBlockedError

from tests.support import postgres


def test_the_way_out_is_closed():
    with pytest.warns(UserWarning, match=r"192\.0\.2\.1"), pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("192.0.2.1", 443))


def test_a_postgresql_of_ones_own_can_be_named(postgres_server, monkeypatch):
    monkeypatch.setenv("MANDAT_TEST_POSTGRES", f"postgresql://postgres@/postgres?host={postgres_server.host}")
    with postgres.server() as named, named.database() as name, psycopg.connect(f"dbname={name} {where(named)}") as db:
        assert db.execute("SELECT current_database()").fetchone() == (name,)


def where(server: postgres.Server) -> str:
    return f"host={server.host} port={server.port} user={server.user}"
