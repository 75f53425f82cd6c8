"""One id leads from a request to the log, the journal, the mail and the notice that came of it."""

import logging
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.app import create_app
from service.commands import mailboxes, webhooks
from service.domain import traces
from service.identity import clockwork
from service.settings import Settings
from service.store import db, journal
from tests.app.house import House, two_tasks, waiting
from tests.app.sending import Sending

GIVEN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def entries(stream: str) -> list[dict[str, Any]]:
    with db.reading() as session:
        return journal.entries(session, "pogi", stream)


def test_a_requests_id_stands_in_the_answer_the_journal_the_mail_and_the_notice(sending: Sending):
    house = sending.house
    house.deploy(two_tasks())
    house.person("bo", "pogi.sec")
    mailboxes.choose(house.operator(), "bo@example.dk", "at-once", account="bo")
    webhooks.add(house.operator(), sending.receiver.url, ["task.opened"])
    answer = house.person("anne", "pogi.sec").post("/api/v1/instances", {"definition": "adoption"})
    trace = answer.headers["X-Request-Id"]
    assert re.fullmatch(r"00-" + trace + r"-[0-9a-f]{16}-01", answer.headers["Traceparent"])
    written = entries(answer.json["case_id"])
    assert [entry.get("trace") for entry in written if "trace" in entry] == [trace]
    assert written[0]["trace"] == trace, "the first of what was written together names it"
    sending.send()
    assert [letter["X-Request-Id"] for letter in sending.mail.letters] == [trace]
    (call,) = sending.receiver.calls
    assert traces.of_header(call.headers["traceparent"]) == trace
    assert call.headers["traceparent"][36:52] == call.headers["webhook-id"].replace("-", "")[-16:]
    assert {entry["trace"] for entry in entries("pogi") if entry["kind"] == "outbox.sent"} == {trace}


def test_every_request_has_an_id_of_its_own(one_house: House):
    client = one_house.app.test_client()
    ids = {client.get("/healthz").headers["X-Request-Id"] for _ in range(3)}
    assert len(ids) == 3
    assert traces.current() is None


def test_an_id_from_outside_is_taken_over_only_from_a_proxy_of_ours(tmp_path):
    url = f"sqlite:///{tmp_path / 'mandat.sqlite3'}"
    for hops, taken in ((0, False), (1, True)):
        app = create_app(Settings(database_url=url, proxy_hops=hops))
        answer = app.test_client().get("/healthz", headers={"Traceparent": GIVEN})
        assert (answer.headers["X-Request-Id"] == GIVEN[3:35]) == taken
        nonsense = app.test_client().get("/healthz", headers={"Traceparent": "00-" + "0" * 32 + "-b7ad6b7169203331-01"})
        assert set(nonsense.headers["X-Request-Id"]) != {"0"}


def test_what_the_service_does_by_itself_has_an_id_too(house: House):
    house.deploy(waiting())
    case = house.person("anne", "pogi.sec").post("/api/v1/instances", {"definition": "waiting"}).json["case_id"]
    house.later(days=3)
    assert clockwork.fire_due() == 1
    begun, fired = [entry["trace"] for entry in entries(case) if "trace" in entry]
    assert begun != fired


def test_a_page_that_failed_names_the_id_that_finds_the_log(one_house: House, caplog: pytest.LogCaptureFixture):
    one_house.app.view_functions["health.healthz"], kept = broken, one_house.app.view_functions["health.healthz"]
    try:
        answer = one_house.app.test_client().get("/healthz", headers={"Accept": "text/html"})
    finally:
        one_house.app.view_functions["health.healthz"] = kept
    assert answer.status_code == 500
    assert f"<code>{answer.headers['X-Request-Id']}</code>" in answer.text
    failed = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [getattr(record, "trace", "") for record in failed] == [answer.headers["X-Request-Id"]]


def broken() -> str:
    raise RuntimeError("a secret")


@given(st.text(max_size=60))
def test_whatever_stands_in_the_header_nothing_but_an_id_comes_of_it(text: str):
    found = traces.of_header(text)
    assert found is None or re.fullmatch(r"[0-9a-f]{32}", found)


@given(st.text(max_size=60))
def test_a_header_of_ours_is_one_that_others_read(span: str):
    trace = traces.new()
    assert traces.of_header(traces.header(trace, span)) == trace
