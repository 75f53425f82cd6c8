"""`scenarios.yaml`: what may stand in it, and how it is told what may not."""

import pytest

from service.engine.bundles import from_files
from service.queries.scenarios import ScenariosUnreadable, read
from tests.diagrams import files, process

DRAWING = process("matter").start().user("task", lane="clerk").end()


def bundle(text: str):
    return from_files(files(DRAWING) | {"scenarios.yaml": text.encode()})


def refusal(text: str) -> str:
    with pytest.raises(ScenariosUnreadable) as refused:
        read(bundle(text))
    return str(refused.value)


def test_a_bundle_without_scenarios_has_none():
    assert read(from_files(files(DRAWING))) == ()


def test_a_scenario_adds_to_what_is_said_for_all():
    [scenario] = read(
        bundle("""
        always:
          start: {one: 1, two: 2}
          operations: {settings.read: {returns: {a: 1}}}
          calls: {other: {returns: {}}}
        scenarios:
          - name: Mine
            start: {two: 3}
            calls: {other: null}
            steps: [{complete: task}]
        """)
    )
    assert scenario.name == "Mine"
    assert scenario.process == "matter"
    assert scenario.start == {"one": 1, "two": 3}
    assert scenario.operations == {"settings.read": {"returns": {"a": 1}}}
    assert scenario.calls == {}


def test_dates_are_text_and_only_true_is_true():
    [scenario] = read(bundle("scenarios: [{name: x, start: {on: 2026-04-21, country: NO, off: yes, held: true}}]"))
    assert scenario.start == {"on": "2026-04-21", "country": "NO", "off": "yes", "held": True}


def test_a_list_among_the_steps_is_taken_step_by_step():
    [scenario] = read(bundle("scenarios: [{name: x, steps: [{due: a}, [{due: b}, [{due: c}]], {due: d}]}]"))
    assert [step["due"] for step in scenario.steps] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("scenarios: [", "expected"),
        ("[]", "the file is no object"),
        ("scenarios: {}", "scenarios is no list"),
        ("always: {sart: {}}\nscenarios: []", "“sart”"),
        ("scenarios: [{name: x, expects: {}}]", "“expects”"),
        ("scenarios: [{name: x, steps: [{complete: a, answer: {}}]}]", "“answer”"),
        ("scenarios: [{name: x, steps: [{complete: a, due: b}]}]", "not one of complete, due, deliver"),
        ("scenarios: [{name: x, calls: {other: {return: {}}}}]", "“return”"),
        ("scenarios: [{name: x, now: 2026-03-02T08:00:00}]", "needs a zone"),
        ("scenarios: [{name: x, now: soon}]", "soon"),
        ("scenarios: [!!python/object/apply:os.getcwd []]", "python"),
    ],
)
def test_what_has_no_meaning_is_told(text, reason):
    assert reason in refusal(text)


def test_aliases_that_multiply_are_refused():
    steps = "&a0 [{due: x}]"
    for number in range(1, 30):
        steps = f"&a{number} [{steps}, *a{number - 1}]"
    assert "more than 2,000 steps" in refusal(f"scenarios: [{{name: x, steps: {steps}}}]")


def test_a_file_without_end_is_refused():
    assert "larger than" in refusal("scenarios: []" + " " * 1_100_000)
