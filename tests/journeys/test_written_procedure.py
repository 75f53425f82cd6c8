"""The chair is offered a written procedure where the rules allow one, and nowhere else."""

import pytest

from service.commands import instances, tasks
from service.domain.errors import AnswersRefused
from service.queries.tasks import inbox
from service.runtime.command import Call
from tests.app.browsing import browser
from tests.app.house import House
from tests.app.records import partnership, shipped
from tests.app.visiting import cookie_of
from tests.web.reading import seen

AGENDA = {"meeting_on": "2026-04-21", "meeting": "spring"}
WRITTEN = {"agenda_approval": "written"}


def at_the_agenda(house: House, question: str) -> tuple[Call, str, str]:
    """The chair, her task to agree to the agenda of an item on that question, and what its page says."""
    partnership(house)
    shipped(house, "decision-rules", "written-procedure", "steering-group-decision")
    sec = Call(house.person("sec", "pogi.sec").actor, house.ports)
    chair = Call(house.person("chair", "pogi.chair").actor, house.ports)
    variables = {"target": "E1", "title": "Eksempel: arbejdstøj", "question": question}
    started = instances.start(sec, "steering-group-decision", variables, None)
    tasks.complete(sec, str(started["tasks"][0]["id"]), AGENDA)
    (task,) = (str(it["id"]) for it in inbox(chair.actor, "roles")["tasks"])
    visitor = browser(house)
    visitor.hold(cookie_of(house, chair.actor))
    return chair, task, seen(visitor.get(f"/pogi/tasks/{task}").text)


@pytest.mark.parametrize("question", ["adoption", "interim", "retire"])
def test_a_target_is_adopted_at_a_meeting_and_nobody_is_offered_another_way(house: House, question: str) -> None:
    chair, task, page = at_the_agenda(house, question)
    assert "Ja, dagsordenen er fastlagt" in page
    assert "punktet afgøres ved skriftlig procedure" not in page
    assert "Afgør skriftligt" not in page, "what cannot happen is not promised"
    with pytest.raises(AnswersRefused) as wrong:
        tasks.complete(chair, task, WRITTEN)
    assert [fault.pointer for fault in wrong.value.faults] == ["/agenda_approval"]
    assert tasks.complete(chair, task, {"agenda_approval": "agree"})["incident"] is None


def test_another_question_may_be_decided_in_writing(house: House) -> None:
    chair, task, page = at_the_agenda(house, "direction")
    assert "Ja, og punktet afgøres ved skriftlig procedure" in page
    assert "Afgør skriftligt" in page
    tasks.complete(chair, task, WRITTEN)
    assert inbox(chair.actor, "roles")["tasks"] == []
