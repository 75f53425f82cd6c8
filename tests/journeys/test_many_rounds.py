"""A case that goes round and round asks no more of the database in the end than in the beginning, and rests as small."""

from service.engine.stepping.advance import CACHE
from service.queries import replay
from service.store import cases, timers
from service.store.db import reading
from tests.app.house import House
from tests.diagrams import every, files, process

ROUNDS = 90
FIRST = 100
"""Rounds are counted from here, so that all numbers are equally long."""
SETTLED = 10
"""After so many rounds nothing is new any more."""


def loop() -> dict[str, bytes]:
    """A task again and again, with a reminder each time, beside a task that waits all the while."""
    drawing = process("p").start().parallel("both").user("waits", lane="pogi.sec").parallel("join").end("done")
    drawing.at("both").exclusive("again").user("work", lane="pogi.sec").script("counted", "n = n + 1")
    drawing.exclusive("enough").to("again", when=f"n < {FIRST + ROUNDS}").otherwise().to("join")
    drawing.boundary("remind", "work", every('"R/PT1H"'), interrupting=False).script("reminded", "last = n").end("told")
    return files(drawing)


def test_many_rounds_are_flat_in_statements_and_in_what_is_kept(house: House):
    anne = house.person("anne", "pogi.sec")
    house.deploy(loop())
    begun = anne.post("/api/v1/instances", {"definition": "p", "variables": {"n": FIRST}}).json
    (task,) = [it["id"] for it in begun["tasks"] if it["activity"] == "work"]
    asked, kept = [], []
    for number in range(ROUNDS - 1):
        if number % 20 == 15:
            CACHE.clear()  # as after a restart
        with house.statements() as statements:
            done = anne.post(f"/api/v1/tasks/{task}/complete")
        ((task, activity),) = [(it["id"], it["activity"]) for it in done.json["opened"]]
        assert (done.status_code, activity) == (200, "work")
        asked.append(len(statements))
        with reading() as session:
            (row,) = cases.active(session, "pogi", begun["case_id"])
            assert row.snapshot is not None
            kept.append((len(row.snapshot), len(timers.of_case(session, "pogi", begun["case_id"]))))
    assert len(set(asked[SETTLED:])) == 1, asked
    assert {waiting for _, waiting in kept} == {1}
    assert max(size for size, _ in kept[SETTLED:]) <= kept[SETTLED][0] + 30, kept
    with house.statements() as statements:
        inbox = anne.get("/api/v1/tasks?scope=roles").json["tasks"]
    assert (len(inbox), len(statements) <= 4) == (2, True), "what was done is not looked through"

    for waiting in inbox:
        anne.post(f"/api/v1/tasks/{waiting['id']}/complete")
    ended = anne.get(f"/api/v1/instances/{begun['id']}").json
    assert (ended["status"], ended["variables"]) == ("completed", {"n": FIRST + ROUNDS})
    assert replay.case(anne.actor, begun["case_id"])["steps"] == ROUNDS + 2
