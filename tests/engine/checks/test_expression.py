import pytest

from tests.diagrams import Drawing, after, condition, each, message, process, signal
from tests.engine.checks.judging import elements, findings

RULE = "expression"
BAD = "a === b"


def _gateway(expression: str) -> Drawing:
    return process("p").start().exclusive("g").end(when=expression, flow="asked").at("g").otherwise().end()


def test_texts_in_feel_are_no_finding() -> None:
    drawing = (
        _gateway('count(votes[choice = "for"]) > quorum')
        .at("g")
        .script("s", 'total = a + b\nname = "x"', when="approved")
        .user("t", instructions="Dear {{ name }}, {{ total }}", properties={"dueDate": "working days(5)"})
        .catch("w", after('duration("P1D")'))
        .service("o", "targets.publish", {"target": "{id: target}"})
        .end()
    )
    assert findings(RULE, drawing) == []


def test_a_name_with_spaces_is_known_from_its_form() -> None:
    form = {"properties": {"market scan": {"type": "boolean"}}}
    drawing = process("p").start().user("t", form="scan").exclusive("g").end(when="market scan = true", flow="asked")
    assert findings(RULE, drawing.at("g").otherwise().end(), forms={"scan": form}) == []
    assert elements(RULE, drawing, forms={"scan": {}}) == ["asked"]


@pytest.mark.parametrize(
    "drawing",
    [
        _gateway(BAD).at("begin"),
        process("p").start().script("asked", f"x = {BAD}").end(),
        process("p").start().user("asked", pre=BAD).end(),
        process("p").start().user("asked", post=BAD).end(),
        process("p").start().user("asked", instructions="Dear {{ a === b }}").end(),
        process("p").start().user("asked", properties={"dueDate": BAD}).end(),
        process("p").start().user("asked", properties={"priority": BAD}).end(),
        process("p").start().user("asked", loop=each("m", item="i"), properties={"candidateFrom": BAD}).end(),
        process("p").start().user("asked", loop=each("m", item="i", until=BAD)).end(),
        process("p").start().service("asked", "targets.publish", {"target": BAD}).end(),
        process("p").start().catch("asked", after(BAD)).end(),
        process("p").start().catch("asked", condition(BAD)).end(),
        process("p").start().throw("asked", signal("S", payload=BAD)).end(),
        process("p").start().user("a").end().boundary("asked", "a", after(BAD)).end(),
    ],
)
def test_a_text_that_is_no_feel_is_refused_wherever_it_stands(drawing: Drawing) -> None:
    assert elements(RULE, drawing) == ["asked"]


def test_an_empty_text_is_refused() -> None:
    assert elements(RULE, _gateway(" ")) == ["asked"]


def test_the_correlation_of_a_message_is_read() -> None:
    drawing = process("p").start().catch("w", message("Reply", matter=BAD)).end()
    assert elements(RULE, drawing) == ["message_Reply"]


def test_a_text_in_python_is_shown_in_feel() -> None:
    (found,) = findings(RULE, _gateway("approved == True and amount >= 2"))
    assert found.message.endswith("In FEEL: `approved = true and amount >= 2`.")
    (found,) = findings(RULE, process("p").start().script("s", "n += 1").end())
    assert found.message.endswith("In FEEL: `n = n + 1`.")


@pytest.mark.parametrize("text", ["().__class__", "().__class__.__base__.__subclasses__()", "open('x', 'w')"])
def test_ways_into_python_are_refused_with_the_element_and_no_translation(text: str) -> None:
    (found,) = findings(RULE, _gateway(text))
    assert (found.level, found.element) == ("error", "asked")
    assert "In FEEL" not in found.message


@pytest.mark.parametrize("text", ["{% for x in y %}{{ x }}{% endfor %}", "{% raw %}"])
def test_statements_in_instructions_are_refused(text: str) -> None:
    (found,) = findings(RULE, process("p").start().user("t", instructions=text).end())
    assert (found.level, found.element) == ("error", "t")
    assert "{%" in found.message


@pytest.mark.parametrize("text", ["(" * 5_000 + "1" + ")" * 5_000, "-" * 9_000 + "1", "x" * 100_000, "not(" * 2_000])
def test_texts_beyond_all_bounds_are_refused(text: str) -> None:
    assert elements(RULE, _gateway(text)) == ["asked"]
