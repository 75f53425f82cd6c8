"""An editorial adjustment of a target in force: what it changes lies before the chair who approves it."""

from service.commands import instances, tasks
from service.queries.tasks import inbox
from service.runtime.command import Call
from tests.app.house import House
from tests.app.records import REQUIREMENTS, partnership, shipped
from tests.app.visiting import visiting
from tests.operations.test_targets import in_force
from tests.web.reading import seen
from tests.web.sending import Form


def test_the_chair_compares_the_adjustment_with_the_text_in_force(house: House) -> None:
    partnership(house)
    _, target = in_force(house)
    shipped(house, "decision-rules", "written-procedure", "steering-group-decision", "hearing", "publication")
    shipped(house, "editorial-adjustment", "working-group", "market-scan", "drafting", "adoption")
    shipped(house, "target-initiation", "target-lifecycle", "revision")
    sec = Call(house.person("sec", "pogi.sec").actor, house.ports)
    started = instances.start(sec, "revision", {"target": target, "cause": "law"}, None)
    done = tasks.complete(sec, str(started["tasks"][0]["id"]), {"path": "editorial", "path_reason": "Ny standard."})
    assert done["incident"] is None
    (task,) = (str(it["id"]) for it in inbox(sec.actor, "roles")["tasks"])
    anne, chair = visiting(house, "anne", "pogi.sec"), visiting(house, "carl", "pogi.chair")
    sent = dict(Form(anne.get(f"/pogi/tasks/{task}").text).sent.items()) | {"/adjustment_reason": "Ny standard."}
    assert sent["/requirements/0/text"] == REQUIREMENTS[0]["text"]
    wrong = anne.post(f"/pogi/tasks/{task}/complete", sent | {"/requirements/0/kind": "recommendation"})
    assert "kræver det en fuld revidering" in seen(wrong.text)
    given = {"/requirements/0/kind": "requirement", "/requirements/1/evidence": "Test efter EN 15797"}
    assert anne.post(f"/pogi/tasks/{task}/complete", sent | given).status_code == 303
    (approval,) = (it[:36] for it in chair.get("/pogi/inbox").text.split("/tasks/")[1:2])
    page = chair.get(f"/pogi/tasks/{approval}").text
    shown = seen(page.partition('id="grounds"')[2].partition("<form")[0])
    assert "Del Før Nu b) Dokumentation Test Test efter EN 15797" in shown
    assert "<ins> efter EN 15797</ins>" in page
    assert "a) Udbudstekst" not in shown, "what is the same is not told"
