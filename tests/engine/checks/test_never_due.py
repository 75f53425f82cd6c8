import pytest

from tests.diagrams import Drawing, after, every, on, process
from tests.engine.checks.judging import beside, findings

RULE = "never-due"
FORMS = {
    "asked": {
        "properties": {
            "day": {"type": "string", "format": "date"},
            "amount": {"type": "number"},
            "pace": {"enum": ["fast", "slow"]},
            "span": {"enum": ["P1D", "P7D"]},
        }
    }
}


def _waiting(text: str) -> Drawing:
    return process("p").start(form="asked").catch("t", after(text)).end()


@pytest.mark.parametrize(
    "text",
    ["5", '"whenever"', "true", "null", '"P1D" + 5', "amount", "pace", '@"10:00:00"', 'duration("P" + "5 days")'],
)
def test_a_timer_at_which_no_time_comes_is_refused(text: str) -> None:
    (found,) = findings(RULE, _waiting(text), forms=FORMS)
    assert (found.element, found.level) == ("t", "error")
    assert found.message.startswith(f"The timer `{text}` gives no time: ")


@pytest.mark.parametrize(
    "text",
    [
        '@"P1D"',
        '"P1D"',
        "working days(5)",
        'duration("P1D")',
        "day",
        "span",
        "now()",
        'date("2026-05-01")',
        "date(day)",
    ],
)
def test_one_at_which_it_comes_is_no_finding(text: str) -> None:
    assert findings(RULE, _waiting(text), forms=FORMS) == []


def test_a_cycle_is_a_duration_or_a_repetition() -> None:
    def repeated(text: str) -> list[str | None]:
        drawing = process("p").start().user("a").end().boundary("t", "a", every(text), interrupting=False).end()
        return [it.element for it in findings(RULE, drawing)]

    assert repeated('"R3/P7D"') == repeated('@"P7D"') == []
    assert repeated('"2026-05-01"') == repeated('"R3"') == ["t"]


def test_a_date_and_a_due_date_are_held_to_it_too() -> None:
    drawing = process("p").start().catch("t", on("7")).user("u", properties={"dueDate": '"soon"'}).end()
    assert [it.element for it in findings(RULE, drawing)] == ["t", "u"]


def test_what_another_bundle_hands_back_may_change_with_it() -> None:
    called = process("q").io(outputs=["verdict"]).start().script("s", "verdict = 1").end()
    assert (
        findings(RULE, process("p").start().call("c", "q").catch("t", after("verdict")).end(), **beside(called)) == []
    )
