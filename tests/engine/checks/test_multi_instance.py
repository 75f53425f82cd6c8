import pytest

from tests.diagrams import Loop, each, message, process, repeat, times
from tests.engine.checks.judging import elements, findings

RULE = "multi-instance"


@pytest.mark.parametrize(
    "loop",
    [
        each("members", item="member"),
        each("members", item="member", into="votes", result="vote"),
        times("3", into="votes", result="vote", sequential=True),
        repeat(maximum=3),
        repeat(condition="n < 3"),
    ],
)
def test_loops_that_say_how_often_and_keep_their_answers_are_no_finding(loop: Loop) -> None:
    assert findings(RULE, process("p").start().user("t", loop=loop).end()) == []


@pytest.mark.parametrize(
    "loop",
    [
        Loop(),
        Loop(cardinality="3", collection="members", item="member"),
        Loop(collection="members"),
        Loop(cardinality="3", into="votes"),
        Loop(cardinality="3", output_item="vote"),
        each("members", item="member", into="members", result="vote"),
        each("members", item="vote", into="vote", result="vote"),
        repeat(),
    ],
)
def test_loops_that_do_not_are_refused(loop: Loop) -> None:
    assert set(elements(RULE, process("p").start().user("t", loop=loop).end())) == {"t"}


def test_messages_are_not_repeated() -> None:
    assert elements(RULE, process("p").start().receive("t", message("M"), loop=times("3")).end()) == ["t"]
