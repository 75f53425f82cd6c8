"""A case step by step, on both databases."""

import pytest

from service.commands import documents, tasks
from service.queries.replay import moments
from service.queries.timeline import compared, moment, timeline
from service.queries.timeline.steps import steps_of
from service.runtime.command import Call
from tests.app import steering
from tests.app.house import House
from tests.app.meeting import files, prepared, started, waiting
from tests.app.records import MEMBERS


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


def test_a_moment_tells_the_values_and_what_its_step_changed_of_them(house: House):
    house.deploy(files())
    anne = house.person("anne", "pogi.sec", "pogi.chair").actor
    case = started(house, anne)
    prepared(house, anne, case, present=3, kind="full")
    prepared(house, anne, case, present=7, kind="full")
    told = [moment(anne, case, "da", at=number)["values"] for number in range(1, 6)]
    names = [[it["name"] for part in it["changed"] for it in part["values"]] for it in told]
    assert names == [[], [], ["kind", "needed", "present", "remark"], [], ["present"]]
    (part,) = told[4]["changed"]
    (value,) = part["values"]
    assert (value["name"], value["before"], value["after"]) == ("present", [3], [7])
    assert value["asked"]["label"].text == "Til stede"
    assert {name: [it["value"] for it in values] for name, values in told[3]["all"].items()} == {
        "kind": ["full"], "needed": [5], "present": [3], "remark": [None],
    }  # fmt: skip


def test_on_a_machine_that_is_slow_the_values_are_told_look_by_look(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(moments, "PATIENCE", -1.0)
    monkeypatch.setattr(moments, "EVERY", 1)
    house.deploy(files())
    anne = house.person("anne", "pogi.sec", "pogi.chair").actor
    case = started(house, anne)
    prepared(house, anne, case, present=3, kind="full")
    prepared(house, anne, case, present=7, kind="full")
    looks = [moment(anne, case, "da", at=5)["values"] for _ in range(2)]
    assert [(it["unknown"], it["why"]) for it in looks] == [(True, None), (False, None)]


def test_a_moment_in_the_past_is_told_the_same_for_ever(house: House):
    house.deploy(files())
    anne = house.person("anne", "pogi.sec", "pogi.chair").actor
    case = started(house, anne)
    prepared(house, anne, case, present=3, kind="full")
    before = moment(anne, case, "da", at=3)
    house.later(days=3)
    prepared(house, anne, case, present=7, kind="full")
    after = moment(anne, case, "da", at=3)
    for part in ("step", "diagram", "held", "values", "instances"):
        assert after[part] == before[part], part


def test_a_moment_tells_who_had_which_task(house: House):
    house.deploy(files())
    call = Call(house.person("anne", "pogi.sec").actor, house.ports)
    case = started(house, call.actor)
    task = waiting(case)
    tasks.claim(call, task)
    birgit = house.person("birgit", "pogi.sec").actor.person_id
    assert birgit is not None
    tasks.assign(call, task, birgit)
    tasks.release(house.operator(), task)
    held = [moment(call.actor, case, "da", at=number)["held"]["tasks"] for number in range(1, 5)]
    assert [[(it["name"].text, it["role"], it["taken_by"]) for it in tasks] for tasks in held] == [
        [("Forbered mødet", "pogi.sec", None)],
        [("Forbered mødet", "pogi.sec", "Anne")],
        [("Forbered mødet", "pogi.sec", "Birgit")],
        [("Forbered mødet", "pogi.sec", None)],
    ]


def test_a_moment_tells_who_was_entitled_and_who_had_voted_what(house: House):
    item = steering.at_the_vote(house)
    opened = timeline(item.sec.actor, item.case_id, "da")["count"]
    item.vote("for", "for", "against")
    (ballot,) = moment(item.sec.actor, item.case_id, "da")["held"]["ballots"]
    assert [it["voted"] for it in ballot["voters"]].count(True) == 3
    assert {it["choice"] for it in ballot["voters"]} == {None}, "it is open, and nobody sees who voted what"
    for name, choice in zip(MEMBERS[3:], ["for"] * 6, strict=True):
        item.do(item.voters[name], "Task_vote", {"vote": choice})
    (ballot,) = moment(item.sec.actor, item.case_id, "da", at=opened)["held"]["ballots"]
    assert ([it["voted"] for it in ballot["voters"]], ballot["taking_part"]) == ([False] * 9, 0)
    (ballot,) = moment(item.sec.actor, item.case_id, "da", at=opened + 3)["held"]["ballots"]
    assert (ballot["closed"], ballot["entitled"], ballot["taking_part"], ballot["needed"]) == (False, 9, 3, 5)
    assert sorted(str(it["choice"]) for it in ballot["voters"]) == ["None"] * 6 + ["against", "for", "for"]
    (ballot,) = moment(item.sec.actor, item.case_id, "da")["held"]["ballots"]
    assert (ballot["closed"], ballot["outcome"], ballot["taking_part"]) == (True, "adopted", 9)


def test_a_moment_tells_the_documents_that_lay_in_the_case_then(house: House):
    house.deploy(files())
    call = Call(house.person("anne", "pogi.sec").actor, house.ports)
    case = started(house, call.actor)
    house.later(hours=1)
    documents.attach(call, case, "notat.txt", b"Et notat.")
    prepared(house, call.actor, case, present=3, kind="full")
    before, after = (moment(call.actor, case, "da", at=number)["held"]["documents"] for number in (1, 4))
    assert (before, [(it["name"], it["size"], it["step"]) for it in after]) == ([], [("notat.txt", 9, 2)])


def test_two_moments_are_compared_whichever_is_named_first(house: House):
    house.deploy(files())
    call = Call(house.person("anne", "pogi.sec", "pogi.chair").actor, house.ports)
    case = started(house, call.actor)
    prepared(house, call.actor, case, present=3, kind="full")
    prepared(house, call.actor, case, present=7, kind="full")
    told = compared(call.actor, case, "da", before=5, after=1)
    assert [it["number"] for it in told["moments"]] == [1, 5]
    (part,) = told["parts"]
    assert ([it["name"].text for it in part["left"]], [it["name"].text for it in part["reached"]]) == (
        ["Forbered mødet"], ["Afgiv stemme"],
    )  # fmt: skip
    assert [[it["name"].text for it in told["tasks"][name]] for name in ("gone", "new")] == [
        ["Forbered mødet"], ["Afgiv stemme"],
    ]  # fmt: skip
    (values,) = told["values"]
    assert [(it["name"], it["before"], it["after"]) for it in values["values"]] == [
        ("kind", [], ["full"]), ("needed", [], [5]), ("present", [], [7]), ("remark", [], [None]),
    ]  # fmt: skip
    same = compared(call.actor, case, "da", before=2, after=2)
    assert (same["parts"], same["values"], same["documents"], same["ballots"]) == ([], [], [], [])
