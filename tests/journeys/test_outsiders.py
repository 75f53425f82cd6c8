"""Who is from outside has before her what her own task shows, and nothing else of the case."""

from service.commands import organisations
from service.domain.origins import From
from service.runtime.command import Call
from tests.app.house import House, Someone
from tests.app.records import representative
from tests.diagrams import each, files, process
from tests.journeys.test_papers import enter, lies


def test_who_is_from_outside_has_what_the_form_of_her_own_task_shows_and_no_more(house: House):
    text = {"type": "string", "title": "Udkast", "maxLength": 2000}
    forms = {
        "draft": {"type": "object", "title": "D", "properties": {"draft": text}},
        "inner": {"type": "object", "title": "I", "properties": {"inner": {**text, "title": "Internt"}}},
        "answer": {
            "type": "object",
            "x-shows": ["draft"],
            "x-own": True,
            "properties": {"answer": {**text, "title": "Svar"}},
        },
        "sum": {"type": "object", "x-shows": ["answers"], "properties": {"sum": text}},
    }
    drawing = (
        process("asking")
        .start()
        .user("draft", lane="pogi.sec", form="draft")
        .user("inner", lane="pogi.sec", form="inner")
        .user(
            "answer",
            lane="member.officer",
            form="answer",
            loop=each("guests", item="guest", into="answers", result="reply"),
            properties={"candidateFrom": "guest"},
        )
        .user("sum", lane="pogi.sec", form="sum")
        .end()
    )
    house.role("member.officer")
    house.deploy(files(drawing, forms=forms))
    guests = [
        organisations.register(house.operator(), name, kind, From("sample"))["id"]
        for name, kind in (("Brancheforening Eksempel", "trade body"), ("NGO Eksempel", "ngo"))
    ]
    trade, ngo = (representative(house, f"g{number}", it, "member.officer") for number, it in enumerate(guests))
    sec = house.person("sec", "pogi.sec")
    started = sec.post("/api/v1/instances", {"definition": "asking", "variables": {"guests": guests}}).json

    def do(who: Someone, **answers: str) -> None:
        (task,) = who.get("/api/v1/tasks?scope=roles").json["tasks"]
        done = who.post(f"/api/v1/tasks/{task['id']}/complete", {"answers": answers})
        assert done.status_code == 200, done.json

    do(sec, draft="Tøjet kan repareres.")
    do(sec, inner="Kun for os.")
    (own,) = trade.get("/api/v1/tasks?scope=roles").json["tasks"]
    page = enter(house, Call(trade.actor, house.ports)).get(f"/pogi/tasks/{own['id']}").text
    assert "Udkast Tøjet kan repareres." in lies(page)
    assert "Kun for os." not in page
    told = trade.get(f"/api/v1/tasks/{own['id']}").json["papers"]
    assert (told["before"], told["earlier"]) == ([], [])
    assert trade.get(f"/api/v1/cases/{started['case_id']}").status_code == 404
    (other,) = ngo.get("/api/v1/tasks?scope=roles").json["tasks"]
    assert trade.get(f"/api/v1/tasks/{other['id']}").status_code == 404, "for another organisation"

    do(trade, answer="Vi er imod.")
    do(ngo, answer="Vi er for.")
    (last,) = sec.get("/api/v1/tasks?scope=roles").json["tasks"]
    kept = sec.get(f"/api/v1/tasks/{last['id']}").json["papers"]["grounds"]
    assert [paper["withheld"] for paper in kept] == [True, True], (
        "the form keeps them for the organisation's own people"
    )
