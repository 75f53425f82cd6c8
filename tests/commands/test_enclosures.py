"""Files that are put to an answer: documents of the case when the answer that names them is taken, and not before."""

import json
from typing import Any

import pytest

from service.commands import incidents, instances, tasks
from service.domain.errors import AnswersRefused, TaskAlreadyClaimed
from service.queries import cases, documents
from service.queries.tasks import inbox
from service.runtime.command import Call
from service.store import db, journal
from service.store.tables import Blob, Enclosure
from tests.app.house import House
from tests.diagrams import process

PDF, OTHER = b"%PDF-1.7 et notat", b"%PDF-1.7 et andet"
FORM = {
    "type": "object",
    "required": ["note"],
    "properties": {
        "paper": {"type": "string", "format": "data-url"},
        "note": {"type": "string"},
        "share": {"type": "integer"},
    },
}


@pytest.fixture
def anne(house: House) -> Call:
    return Call(house.person("anne", "pogi.sec").actor, house.ports)


def waiting(house: House, anne: Call, *, fails: bool = False) -> tuple[str, str]:
    """A case and its task, which asks for a file; with `fails`, the case cannot move on before its diagram is helped."""
    drawing = process("papers").start().user("write", lane="pogi.sec", form="paper")
    if fails:
        drawing = drawing.exclusive("enough").end("adopted", when="share > 50").at("enough").otherwise().end("lapsed")
    else:
        drawing = drawing.end()
    house.deploy({"papers.bpmn": drawing.bpmn(), "paper.schema.json": json.dumps(FORM).encode()})
    begun = instances.start(anne, "papers", {}, None)
    (task,) = inbox(anne.actor, "roles")["tasks"]
    return str(begun["case_id"]), str(task["id"])


def of_case(call: Call, case_id: str) -> list[str]:
    return [it["name"] for it in cases.one(call.actor, case_id)["documents"]]


def left() -> tuple[int, int]:
    """How many files are on their way, and how many bytes are kept under a digest."""
    with db.reading() as session:
        return session.query(Enclosure).count(), session.query(Blob).count()


def told(case_id: str) -> list[str]:
    """The kinds of the case's entries that a file could be told by."""
    with db.reading() as session:
        kinds = [entry["kind"] for entry in journal.entries(session, "pogi", case_id)]
    return [kind for kind in kinds if kind in ("document.added", "task.completed")]


def test_what_the_answer_names_is_the_cases_when_it_is_taken_and_the_rest_is_gone(house: House, anne: Call):
    case, task = waiting(house, anne)
    named = tasks.enclose(anne, task, "notat.pdf", PDF)
    assert tasks.enclose(anne, task, "notat.pdf", PDF) == named, "the same file once"
    tasks.enclose(anne, task, "kladde.pdf", OTHER)
    with pytest.raises(AnswersRefused):
        tasks.complete(anne, task, {"paper": named["id"]})
    assert (of_case(anne, case), told(case), left()) == ([], [], (2, 2))
    tasks.complete(anne, task, {"paper": named["id"], "note": "Vedlagt."})
    assert (of_case(anne, case), left()) == (["notat.pdf"], (0, 1))
    assert told(case) == ["task.completed", "document.added"]
    assert documents.one(anne.actor, named["id"]).content == PDF


def test_files_go_with_the_drafts_of_a_task_that_is_taken_back(house: House, anne: Call):
    case, task = waiting(house, anne)
    tasks.enclose(anne, task, "notat.pdf", PDF)
    (instance,) = cases.one(anne.actor, case)["instances"]
    instances.cancel(house.operator(), instance["id"])
    assert (of_case(house.operator(), case), told(case), left()) == ([], [], (0, 0))


def test_bytes_that_a_document_has_too_stay(house: House, anne: Call):
    _, first = waiting(house, anne)
    named = tasks.enclose(anne, first, "notat.pdf", PDF)
    tasks.complete(anne, first, {"paper": named["id"], "note": "Vedlagt."})
    begun: Any = instances.start(anne, "papers", {}, None)
    (task,) = inbox(anne.actor, "roles")["tasks"]
    tasks.enclose(anne, task["id"], "samme.pdf", PDF)
    tasks.complete(anne, task["id"], {"note": "Uden."})
    assert (of_case(anne, begun["case_id"]), left()) == ([], (0, 1))
    assert documents.one(anne.actor, named["id"]).content == PDF


def test_nobody_gives_anothers_file_or_puts_one_to_anothers_task(house: House, anne: Call):
    case, task = waiting(house, anne)
    bo = Call(house.person("bo", "pogi.sec").actor, house.ports)
    hers = tasks.enclose(anne, task, "notat.pdf", PDF)
    tasks.claim(bo, task)
    with pytest.raises(TaskAlreadyClaimed):
        tasks.enclose(anne, task, "sent.pdf", OTHER)
    tasks.complete(bo, task, {"paper": hers["id"], "note": "Hendes."})
    assert (of_case(bo, case), left()) == ([], (0, 0))


def test_an_answer_that_waits_in_an_incident_keeps_its_file_until_the_case_moves(house: House, anne: Call):
    case, task = waiting(house, anne, fails=True)
    first, second = tasks.enclose(anne, task, "notat.pdf", PDF), tasks.enclose(anne, task, "andet.pdf", OTHER)
    failed = tasks.complete(anne, task, {"paper": first["id"], "note": "Vedlagt."})["incident"]
    assert (of_case(anne, case), left()) == ([], (2, 2))
    again = tasks.complete(anne, task, {"paper": second["id"], "note": "Vedlagt."})["incident"]
    assert again["id"] == failed["id"]
    helped(house, again["id"])
    assert (of_case(anne, case), left()) == (["andet.pdf"], (0, 1))


def helped(house: House, incident_id: str) -> None:
    """Make the move again with the value that was missing."""
    answer = incidents.correct(house.operator(), incident_id, {"share": 60}, "Andelen manglede.")
    assert answer["incident"]["resolved_at"], answer
