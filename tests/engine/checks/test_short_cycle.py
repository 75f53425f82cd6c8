import pytest

from tests.diagrams import Drawing, every, process
from tests.engine.checks.judging import findings

RULE = "short-cycle"


def _reminded(expression: str) -> Drawing:
    return process("p").start().user("t").end().boundary("asked", "t", every(expression), interrupting=False).end()


@pytest.mark.parametrize("expression", ['"R/PT1M"', '"R3/P7D"', 'duration("P1M")', "pause", '"R/PT0S"', '"nonsense"'])
def test_a_minute_or_more_and_what_depends_on_the_case_is_no_finding(expression: str) -> None:
    assert findings(RULE, _reminded(expression)) == []


@pytest.mark.parametrize("expression", ['"R/PT59S"', '"R3/PT1S"', 'duration("PT30S")', '"R/2030-01-01/PT0.5S"'])
def test_rounds_that_come_closer_are_refused(expression: str) -> None:
    assert [it.element for it in findings(RULE, _reminded(expression))] == ["asked"]


def test_the_sentence_says_how_often_and_how_often_it_may() -> None:
    (found,) = findings(RULE, _reminded('"R/PT5S"'))
    assert found.message == ("The timer comes every 5 seconds; between two rounds lie at least 60. Give it more time.")
