"""Playing scenarios on the engine: what goes as it should is silent, what does not is one sentence."""

import json

import pytest

from service.engine.bundles import from_files
from service.queries.scenarios import Library, play, read, uncovered
from tests.diagrams import after, each, error, escalation, files, process

FORM = {
    "type": "object",
    "properties": {"agreed": {"type": "boolean"}, "note": {"type": "string"}},
    "required": ["agreed"],
}
MATTER = (
    process("matter")
    .start()
    .service("look", "targets.read", {"target": "target"}, result="found")
    .user("ask", lane="clerk", form="ask")
    .boundary("late", "ask", after('"PT1H"'))
    .end("lapsed")
    .at("ask")
    .exclusive("agreed")
    .to("no", when="not(agreed)", name="no")
    .otherwise()
    .to("yes", name="yes")
    .at("agreed")
)
MATTER.node("endEvent", "no", joined=False).node("endEvent", "yes", joined=False)
FILES = files(MATTER, forms={"ask": FORM})
FOUND = {"targets.read": {"returns": {"title": "E1"}}}


def outcome(scenario, content=FILES, *others):
    said = {"name": "x", "start": {"target": "E1"}, "operations": FOUND, **scenario}
    bundle = from_files({**content, "scenarios.yaml": json.dumps({"scenarios": [said]}).encode()})
    [scenario] = read(bundle)
    return bundle, play(Library([bundle, *others]), scenario)


def difference(scenario, content=FILES, *others):
    [told] = outcome(scenario, content, *others)[1].differences
    return told


YES = {"complete": "ask", "answers": {"agreed": True, "note": "A name"}}


def test_what_goes_as_it_should_says_nothing_and_is_covered():
    bundle, played = outcome({"steps": [YES], "expect": {"ended": "yes", "variables": {"agreed": True}}})
    assert played.differences == ()
    assert uncovered(bundle, [played]) == ("late", "Flow_late_lapsed", "Flow_agreed_no")


def test_scenarios_cover_a_diagram_together():
    bundle, first = outcome({"steps": [YES]})
    _, second = outcome({"steps": [{"complete": "ask", "answers": {"agreed": False}}]})
    _, third = outcome({"steps": [{"due": "late"}], "expect": {"ended": "lapsed"}})
    assert uncovered(bundle, [first, second, third]) == ()


def test_free_text_is_sealed_and_a_scenario_says_what_was_written():
    written = {"steps": [YES], "expect": {"ended": "yes", "variables": {"note": "A name"}}}
    assert outcome(written)[1].differences == ()
    assert "A name" in difference({"steps": [YES], "expect": {"ended": "yes", "variables": {"note": "Another"}}})


@pytest.mark.parametrize(
    ("scenario", "told"),
    [
        ({"steps": [{"complete": "tell"}]}, "step 1, tell: it is not open; open are ask."),
        ({"steps": [{**YES, "open": ["ask"]}]}, "after step 1: open are none, and not ask."),
        ({"steps": [{"complete": "ask", "answers": {}}]}, "step 1, ask: the form refuses /agreed."),
        ({"steps": [{**YES, "refused": ["/agreed"]}]}, "step 1, ask: the form takes these answers."),
        ({"steps": [{"complete": "ask", "each": []}]}, "step 1, ask: 1 of it are open, and 0 answers are given."),
        ({"steps": [{"due": "soon"}]}, "step 1, soon: it does not wait; waiting are late."),
        ({"steps": [{"deliver": "news"}]}, "step 1, news: nothing waits for it."),
        ({"expect": {"ended": "yes"}}, "at the end: the case still waits; open are ask."),
        ({"expect": {"open": []}}, "at the end: open are ask, and not none."),
        ({"steps": [YES], "expect": {"ended": "no"}}, "at the end: it ended at yes, and not at no."),
        ({"steps": [YES], "expect": {"ended": "yes", "variables": {"other": 1}}}, "at the end: there is no other."),
        (
            {"steps": [YES], "expect": {"ended": "yes", "variables": {"agreed": 1}}},
            "at the end: agreed is True, and not 1.",
        ),
        ({"operations": {}}, "the start: “targets.read” is asked more often than the scenario answers, 0 times."),
        (
            {"operations": {"targets.read": []}},
            "the start: “targets.read” is asked more often than the scenario answers, 0 times.",
        ),
        ({"start": {"target": 7}}, "the start: the operation “targets.read” does not take"),
        ({"start": {}}, "the start: an incident at look: "),
    ],
)
def test_what_does_not_is_one_sentence(scenario, told):
    assert difference(scenario).startswith(told)


def test_an_operation_that_the_service_does_not_have_is_told():
    drawing = process("matter").start().service("look", "targets.dream", {}).end()
    assert "“targets.dream” is none of the service's" in difference({"operations": {}}, files(drawing))


def test_a_decision_that_no_bundle_brings_is_told():
    assert "There is no decision “quorum”" in difference(
        {}, files(process("matter").start().rule("ask", "quorum").end())
    )


def test_an_operation_answers_in_turn_or_by_its_parameters():
    twice = (
        process("matter")
        .start()
        .service("one", "targets.status", {"target": "target", "status": '"planned"'}, result="a")
    )
    twice.service("two", "targets.status", {"target": "target", "status": '"lapsed"'}, result="b").end()
    turns = {"targets.status": [{"returns": 1}, {"evaluates": 'target + " " + status'}]}
    _, played = outcome(
        {"operations": turns, "expect": {"ended": "done", "variables": {"a": 1, "b": "E1 lapsed"}}}, files(twice)
    )
    assert played.differences == ()


CALLER = (
    process("matter")
    .start()
    .call("part", "other")
    .boundary("broken", "part", error("broken", variable="why"))
    .end("failed")
    .boundary("raised", "part", escalation("raised"), interrupting=False)
    .end("told")
    .at("part")
    .end("whole")
)


@pytest.mark.parametrize(
    ("answer", "flow", "variables"),
    [
        (
            {"returns": {"got": {"a": ["»x«", None, 1.5, True]}}},
            "Flow_part_whole",
            {"got": {"a": ["»x«", None, 1.5, True]}},
        ),
        ({"error": "broken", "payload": [1]}, "Flow_broken_failed", {"why": [1]}),
        ({"escalation": "raised", "returns": {"got": 1}}, "Flow_raised_told", {"got": 1}),
    ],
)
def test_a_called_process_may_be_stood_in_for(answer, flow, variables):
    _, played = outcome({"calls": {"other": answer}, "expect": {"variables": variables}}, files(CALLER))
    assert played.differences == ()
    assert ("matter", flow) in played.covered


def test_a_called_process_of_another_bundle_is_played():
    other = from_files(files(process("other").start().user("deep", lane="clerk").end()))
    _, played = outcome({"steps": [{"complete": "deep"}], "expect": {"ended": "whole"}}, files(CALLER), other)
    assert played.differences == ()
    assert ("other", "Flow_begin_deep") in played.covered
    assert "No version of “other” is in force" in difference({}, files(CALLER))


def test_items_are_answered_in_order_or_by_number():
    votes = (
        process("matter")
        .start()
        .user("vote", lane="clerk", form="vote", loop=each("people", item="one", into="votes", result="cast"))
        .end()
    )
    form = {"type": "object", "properties": {"vote": {"enum": [1, 2, 3]}}, "required": ["vote"]}
    content = files(votes, forms={"vote": form})
    scenario = {
        "start": {"people": ["a", "b", "c"]},
        "steps": [
            {"complete": "vote", "item": 2, "answers": {"vote": 2}},
            {"complete": "vote", "each": [{"vote": 1}, {"vote": 3}]},
        ],
        "expect": {"ended": "done", "variables": {"votes": [{"vote": 1}, {"vote": 2}, {"vote": 3}]}},
    }
    assert outcome(scenario, content)[1].differences == ()
