import pytest

from tests.diagrams import Drawing, process
from tests.engine.checks.judging import findings
from tests.engine.feel.asking import fault

RULE = "unlike-comparison"
FORM = {
    "properties": {
        "present": {"type": "integer"},
        "title": {"type": "string", "x-sealed": False},
        "approved": {"type": "boolean"},
        "either": {"type": ["string", "number"]},
        "day": {"type": "string", "format": "date"},
    }
}


def _decided(expression: str) -> Drawing:
    drawing = process("p").start(form="asked").exclusive("g").end(when=expression, flow="asked")
    return drawing.at("g").otherwise().end()


@pytest.mark.parametrize(
    "expression",
    [
        "present > 5",
        'title = "x"',
        "approved = true",
        "either = 5",
        "present != null",
        "present + 1 > 2",
        "day = title",
        "date(day) > today()",
        'date(day) <= @"2030-01-01"',
        "day = null",
    ],
)
def test_like_with_like_is_no_finding(expression: str) -> None:
    assert findings(RULE, _decided(expression), forms={"asked": FORM}) == []


@pytest.mark.parametrize(
    "expression", ['present = "5"', 'present > "5"', 'approved = "true"', "title = 5", "title = present"]
)
def test_unlike_things_are_refused(expression: str) -> None:
    assert [it.element for it in findings(RULE, _decided(expression), forms={"asked": FORM})] == ["asked"]


@pytest.mark.parametrize(
    ("expression", "cure"),
    [
        ("day > today()", "`date(day)`"),
        ('day = @"2030-01-01"', "`date(day)`"),
        ("today() < day", "`date(day)`"),
        ("day >= now()", "`date and time(day)`"),
        ('day != date("2030-01-01")', "`date(day)`"),
        ('title > duration("P1D")', "`duration(title)`"),
    ],
)
def test_the_date_of_a_form_is_a_text_until_it_is_read(expression: str, cure: str) -> None:
    (found,) = findings(RULE, _decided(expression), forms={"asked": FORM})
    assert (found.level, cure in found.message) == ("error", True)
    assert fault(expression, day="2026-05-12", title="P1D"), "the case would stop there"


def test_the_sentence_says_what_each_is() -> None:
    (found,) = findings(RULE, _decided('present = "5"'), forms={"asked": FORM})
    assert found.message == 'In the condition, `present` is a number and `"5"` is a text. Compare like with like.'
