"""Several web workers count together: whichever is asked tells the sum."""

import http.client
import re

from tests.faults.programs import mandat

ASKED = 20


def get(address: str, path: str) -> str:
    """Over a connection of its own, so that any worker may take it."""
    connection = http.client.HTTPConnection(address, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def test_any_of_two_web_workers_tells_what_both_have_counted(postgres_server):
    with (
        postgres_server.database() as name,
        mandat(postgres_server.url(name), "serve", "--workers", "2", "--port", "0") as web,
    ):
        address = web.says().removeprefix("Mandat is at http://")
        for _ in range(ASKED):
            get(address, "/healthz")
        asked = 'mandat_request_seconds_count{method="GET",route="/healthz",status="200"} '
        told = [re.search(f"^{re.escape(asked)}(.+)$", get(address, "/metrics"), re.MULTILINE) for _ in range(6)]
        assert {float(it[1]) for it in told if it} == {float(ASKED)}
        assert all(told)
        assert web.end() == 0
