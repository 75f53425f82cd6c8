import pytest

from tests.diagrams import after, process
from tests.engine.checks.judging import findings

RULE = "unknown-function"
FORM = {"properties": {"votes": {"type": "array"}}}


@pytest.mark.parametrize("text", ["count(votes) > 1", "(function(x) x + 1)(2) = n", "string length(name) > case.n"])
def test_functions_of_feel_are_no_finding(text: str) -> None:
    drawing = process("p").start().exclusive("g").end(when=text).at("g").otherwise().end()
    assert findings(RULE, drawing) == []


def test_a_function_of_python_is_refused_and_shown_in_feel() -> None:
    drawing = process("p").start().user("t", form="vote").exclusive("g").end(when="len(votes) > 1", flow="asked")
    (found,) = findings(RULE, drawing.at("g").otherwise().end(), forms={"vote": FORM})
    assert (found.level, found.element) == ("error", "asked")
    assert found.message.endswith(
        "calls `len`, which is no function of FEEL. Use one that is. In FEEL: `count(votes) > 1`."
    )


def test_scripts_timers_and_instructions_are_looked_into() -> None:
    drawing = process("p").start().script("s", "a = 1\nb = name.upper()").catch("t", after("timedelta(days=2)"))
    drawing.user("u", instructions="Dear {{ title(name) }}").end()
    assert [it.element for it in findings(RULE, drawing)] == ["s", "t", "u"]
