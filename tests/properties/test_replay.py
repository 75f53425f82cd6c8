"""A recorded case, replayed in a fresh process, comes to the same state hashes step by step."""

import json
import os
import subprocess
import sys
from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.diagrams import after, each, error, escalation, every, message, process
from tests.engine.case import Case
from tests.properties.playing import played
from tests.properties.processes import cases
from tests.properties.recording import recorded
from tests.support.repository import ROOT


def replayed(*records: dict[str, Any]) -> list[list[str]]:
    """The state hashes of each record's steps, from a process of its own."""
    called = subprocess.run(
        [sys.executable, "-m", "tests.properties.replayer"],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "4711"},
        input=json.dumps(records),
        capture_output=True,
        text=True,
        check=True,
    )
    hashes: list[list[str]] = json.loads(called.stdout)
    return hashes


def hashes(record: dict[str, Any]) -> list[str]:
    """The state hashes that were recorded."""
    return [step["hash"] for step in record["steps"]]


def adoption(version: str) -> Any:
    """A vote of the members, each in a process of its own, with reminders and a deadline, and an error when it lapses."""
    ballot = each("members", item="member", into="votes", result="vote", until="count(votes) >= 3")
    drawing = process("adoption").start().service("open", "ballots.open", {"of": "subject"}, result="ballot")
    drawing.call("ballot", "vote", loop=ballot).script("tally", f'yes = count(votes[item = "yes"])\nby = "{version}"')
    drawing.exclusive("carried").end("adopted", when="yes >= 2")
    drawing.at("carried").otherwise().end("lapsed", error("lapsed"))
    drawing.boundary("deadline", "ballot", after("working days(3)")).end("late", error("lapsed"))
    return drawing


def vote() -> Any:
    """One member's vote."""
    drawing = process("vote").start().parallel("fork").user("cast").parallel("join").end()
    drawing.at("fork").throw("told", escalation("asked")).to("join")
    drawing.boundary("remind", "cast", every('"R3/PT8H"'), interrupting=False).script("noted", "reminded = true").end()
    return drawing


def lifecycle() -> Any:
    """Hearing and drafting side by side, adoption, and back when it lapses."""
    drawing = process("lifecycle").start().exclusive("again").parallel("fork").user("draft").parallel("join")
    drawing.call("adopt", "adoption").sub("publish").start("begin_publish").user("proofread").end(
        "proofread_done"
    ).close()
    drawing.user("archive").end("in_force").at("fork").first_of("first").catch(
        "answered", message("answer", variable="remark")
    )
    drawing.exclusive("heard").to("join").at("first").catch("silence", after('duration("P2D")')).to("heard")
    drawing.boundary("lapses", "adopt", error("lapsed")).script("count", "rounds = rounds + 1").to("again")
    drawing.boundary("asked", "adopt", escalation("asked"), interrupting=False).script("told", "asked = true").end(
        "told_end"
    )
    return drawing


def lived() -> Case:
    """A life of a case with everything in it: two rounds, a vote that lapses, a new version in force meanwhile."""
    tickets = iter(range(100))
    case = Case(operations={"ballots.open": lambda request: {"ticket": next(tickets), "of": request.parameters["of"]}})
    case.deploy(lifecycle(), adoption("v1"), vote(), digest="v1")
    case.start("lifecycle", subject="E1", members=["a", "b", "c", "d"], rounds=0, kept={"typename": "x", "true": True})
    case.do("draft", text={"sealed": "abc"})
    case.deliver("answer", {"from": "trade", "score": 0.5})
    case.due("remind")
    case.do("cast", nth=2, vote="no")
    case.deploy(adoption("v2"), vote(), digest="v2")
    case.due("deadline")
    case.due("silence")
    case.do("draft", text=None)
    case.do("cast", nth=3, vote="yes")
    case.due("remind")
    case.do("cast", nth=1, vote="no")
    case.do("cast", vote="yes")
    case.do("proofread", corrected=1)
    case.do("archive")
    variables = case.ended["root-lifecycle"].variables
    assert (variables["by"], variables["rounds"]) == ("v2", 1)
    return case


def test_a_life_is_replayed_in_a_fresh_process():
    record = recorded(lived())
    assert replayed(record) == [hashes(record)]


def first_difference(record: dict[str, Any], found: list[str]) -> int:
    """The number of the first step whose hash is not the recorded one."""
    return next(n for n, (was, now) in enumerate(zip(hashes(record), found, strict=False)) if was != now)


TAMPERED: dict[str, tuple[str, tuple[Any, ...], Any]] = {
    "an answer": ("Complete", ("fields", "answers", "vote"), "yes"),
    "its kind": ("Complete", ("fields", "answers", "vote"), ["no"]),
    "a seal": ("Complete", ("fields", "answers", "text"), {"sealed": "abd"}),
    "true for 1": ("Complete", ("fields", "answers", "corrected"), True),
    "1 for true": ("Start", ("fields", "variables", "kept", "true"), 1),
    "a message": ("Deliver", ("fields", "payload", "score"), 1),
    "the clock": ("Start", ("now",), "2026-03-02T08:00:01+00:00"),
    "a version": ("Deliver", ("bound", 0, 0), "v2"),
    "a result": ("Deliver", ("results", 0, "ticket"), 7),
}
"""What was done to the record: in the first step of that kind that says something there, another value."""


def test_what_was_tampered_with_is_flagged_at_exactly_its_step():
    record = recorded(lived())
    steps, copies, places = record["steps"], [], []
    for kind, place, value in TAMPERED.values():
        places.append(next(n for n, step in enumerate(steps) if step["move"] == kind and has(step, place)))
        copies.append(deepcopy(record))
        change(copies[-1]["steps"][places[-1]], place, value)
    found = [first_difference(record, hashes) for hashes in replayed(*copies)]
    assert dict(zip(TAMPERED, found, strict=True)) == dict(zip(TAMPERED, places, strict=True))


def has(step: Any, place: tuple[Any, ...]) -> bool:
    """Whether the step says something at that place."""
    try:
        for key in place:
            step = step[key]
    except LookupError:
        return False
    return True


def change(step: Any, place: tuple[Any, ...], value: Any) -> None:
    """Put something else at that place."""
    for key in place[:-1]:
        step = step[key]
    assert json.dumps(step[place[-1]]) != json.dumps(value)
    step[place[-1]] = value


@settings(max_examples=2, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.lists(cases(), min_size=5, max_size=5))
def test_random_cases_are_replayed_in_a_fresh_process(random_cases):
    records = [recorded(case) for random_case in random_cases for case in played(random_case).cases]
    assert replayed(*records) == [hashes(record) for record in records]
