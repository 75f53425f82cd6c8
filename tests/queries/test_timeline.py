"""A case step by step, on both databases."""

from service.commands import tasks
from service.queries.timeline import timeline
from service.queries.timeline.steps import steps_of
from service.runtime.command import Call
from tests.app.house import House
from tests.app.meeting import files, prepared, started, waiting


def test_the_steps_of_a_case_are_what_was_done_in_it(house: House):
    house.deploy(files())
    anne = house.person("anne", "pogi.sec", "pogi.chair").actor
    case = started(house, anne)
    prepared(house, anne, case, present=3, kind="full")
    prepared(house, anne, case, present=7, kind="written")
    told = timeline(anne, case, "da")
    assert [step["kind"] for step in told["steps"]] == [
        "instance.started",
        "task.claimed",
        "task.completed",
        "task.claimed",
        "task.completed",
    ]
    assert told["decisions"] == [3, 5]
    assert told["diagram"]["tokens"] == {"Prepare": 1}, "in writing all nine must answer"
    tasks.complete(Call(anne, house.ports), waiting(case), {"present": 9, "kind": "written"})
    told = timeline(anne, case, "da")
    assert told["diagram"]["tokens"] == {"Vote": 1}
    assert [table["numbers"] for table in told["step"]["tables"]] == [[1]]


def test_what_a_step_did_at_once_belongs_to_it_and_what_others_did_in_that_moment_does_not():
    def entry(kind, actor="anne", **data):
        return {"kind": kind, "actor": actor, "at": "2026-01-05T08:00:00Z", "data": data}

    entries = [
        entry("instance.started", state="a"),
        entry("task.opened", task="1"),
        entry("task.claimed", task="1"),
        entry("task.completed", state="b", task="1"),
        entry("evaluation.made"),
        entry("timer.fired", actor="service", state="c"),
        entry("instance.ended", actor="service"),
        entry("document.added", actor="birgit"),
    ]
    told = [(step.number, step.kind, [it["kind"] for it in step.follow]) for step in steps_of(entries)]
    assert told == [
        (1, "instance.started", ["task.opened"]),
        (2, "task.claimed", []),
        (3, "task.completed", ["evaluation.made"]),
        (4, "timer.fired", ["instance.ended"]),
        (5, "document.added", []),
    ]
