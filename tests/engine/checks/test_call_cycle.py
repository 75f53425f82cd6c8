from tests.diagrams import Drawing, process
from tests.engine.checks.judging import elements, findings

RULE = "call-cycle"


def _calls(key: str, *called: str) -> Drawing:
    drawing = process(key).start()
    for target in called:
        drawing.call(f"{key}_calls_{target}", target)
    return drawing.end()


def test_processes_that_call_one_another_are_refused_with_the_ring() -> None:
    (first,) = findings(RULE, _calls("a", "b"), _calls("b", "a"))
    assert (first.level, first.element, first.file, first.trace) == ("error", "a_calls_b", "a.bpmn", ("a", "b", "a"))


def test_of_two_rings_each_is_told_once() -> None:
    assert elements(RULE, _calls("a", "b"), _calls("b", "a"), _calls("c", "d", "a"), _calls("d", "c")) == [
        "a_calls_b",
        "c_calls_d",
    ]


def test_a_process_that_calls_itself_is_refused() -> None:
    assert elements(RULE, _calls("a", "a")) == ["a_calls_a"]


def test_calls_are_followed_over_what_is_in_force() -> None:
    assert elements(RULE, _calls("a", "b"), in_force={"b": ["c"], "c": ["a"]}) == ["a_calls_b"]
    assert elements(RULE, _calls("a", "b"), in_force={"b": ["c"]}) == []


def test_what_the_bundle_replaces_is_not_followed() -> None:
    assert elements(RULE, _calls("a", "b"), _calls("b"), in_force={"b": ["a"]}) == []


def test_calls_nest_twenty_deep_and_no_deeper() -> None:
    chain = {f"p{number}": [f"p{number + 1}"] for number in range(1, 20)}
    assert elements(RULE, _calls("p0", "p1"), in_force=chain) == []
    assert elements(RULE, _calls("p0", "p1"), in_force=chain | {"p20": ["p21"]}) == ["p0"]
