"""Two reviews of one target at once: the second says why, and their cases are told apart."""

from tests.app.house import House
from tests.app.records import partnership, shipped
from tests.app.visiting import visiting
from tests.operations.test_targets import in_force
from tests.web.reading import seen
from tests.web.sending import Form

PARTS = (
    *("decision-rules", "written-procedure", "steering-group-decision", "publication", "editorial-adjustment"),
    *("market-scan", "working-group", "drafting", "hearing", "adoption", "target-initiation", "target-lifecycle"),
)


def test_a_second_review_of_a_target_says_why_and_its_case_is_numbered(sqlite_house: House):
    partnership(sqlite_house)
    _, target = in_force(sqlite_house)
    shipped(sqlite_house, *PARTS, "revision")
    sec = visiting(sqlite_house, "sec", "pogi.sec")
    answers = {"/target": target, "/cause": "law"}
    first = sec.post("/pogi/start/revision", answers).headers["Location"]
    typed = answers | {"/cause_note": "Ny mærkning.", "number": "2026-0044"}
    refused = sec.post("/pogi/start/revision", typed)
    assert refused.status_code == 422
    page = seen(refused.text)
    assert "Hvorfor en gennemgang til? En sag om det samme er i gang. Skriv, hvorfor der skal en til." in page
    assert "Dette er allerede i gang: Revidering af et indkøbsmål, " + target in page
    assert f'href="{first}"' in refused.text
    assert Form(refused.text).sent["/cause_note"] == "Ny mærkning."
    held = sec.post("/pogi/start/revision", answers | {"/again_reason": "Kun en slåfejl skal rettes."})
    assert held.status_code == 303
    cases = seen(sec.get("/pogi/cases").text)
    assert f"Revidering af et indkøbsmål, {target} (2)" in cases
    assert cases.count(f"Revidering af et indkøbsmål, {target}") == 2
