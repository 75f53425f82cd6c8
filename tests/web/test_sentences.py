"""What FEEL and decisions say of a text, in every language: whatever a text is refused for has its translation."""

import pytest

from service.domain.sentences import Sentence, core
from service.engine import feel
from service.engine.feel.builtins import BUILTINS
from service.web import findings, i18n
from tests.engine.feel import asking
from tests.web.texts import OTHERS

REFUSED = [
    *(
        "1 +",
        "(",
        "for x",
        "if true",
        '"a',
        "/* a",
        "a b c ]",
        "@1",
        '@"x"',
        "x instance of <",
        "[1, 2",
        "{a: 1",
        "1 2",
    ),
    *("{{ a", "{% if %}", "a.b = 1", "not(", "[1..", "1" * 10_001, "(" * 70, "x" + " x" * 50),
]
FAULTY = [
    *(
        "nobody",
        "1 + true",
        '"a" - 1',
        "1 / 0",
        "0 ** -1",
        "-true",
        "1 < true",
        "{a: 1}.b",
        "null.a",
        "[1][5]",
        "[1][0.5]",
    ),
    *("if 1 then 2 else 3", "for x in null return x", "for x in 1..true return x", "some x in [1] satisfies x"),
    *("true and 1", "{a: 1, a: 2}", "[2..1]", "[1..true]", "1()", "(function(a) a)()", "(function(a: string) a)(1)"),
    *('number("x")', 'date("x")', 'time("25:00:00")', 'duration("x")', "date(2026, 2, 30)", "date(99999, 1, 1)"),
    *('replace("a", "(", "b")', 'matches("a", "\\\\1")', 'split("a", "")', 'substring("a", 5)', "sqrt(-1)", "log(0)"),
    *("stddev([1])", "sum([true])", "before([1..2], true)", "finishes(1, 2)", "context([1])", "1 instance of nobody"),
    *('range("x")', "working days(0.5)", "working days(100000)", "sort([2, 1], function(a, b) 1)", "number(1, 2)"),
]


def templates(said: str):
    """The templates of a sentence and of all that was put into it."""
    assert isinstance(said, Sentence), said
    said = core(said)
    yield said.template
    for value in said.values.values():
        if isinstance(value, Sentence):
            yield from templates(value)


def told():
    """Everything that is said of these texts, and of every built-in that is called with what it does not take."""
    calls = [
        f"{name}({arguments})" for name in sorted(BUILTINS) for arguments in ("", "x", "true, 1", "a: 1", "[[1]], {}")
    ]
    for text in [*REFUSED, *FAULTY, *calls]:
        for read in (feel.parse, feel.parse_unary, feel.parse_script, feel.parse_template):
            try:
                found = read(text)
            except feel.FeelSyntaxError as error:
                yield error.message
                continue
            if isinstance(found, feel.Expression):
                try:
                    yield from (reason.message for reason in found.explain({"x": object()}, asking.context()).reasons)
                except feel.FeelFault as error:
                    yield error.message


@pytest.mark.parametrize("language", OTHERS)
def test_whatever_feel_says_of_a_text_is_said_in_every_language(language):
    known, said = i18n.catalogue(language), list(told())
    found = {template for sentence in said for template in templates(sentence)}
    assert len(found) > 80
    assert {template for template in found if known.gettext(template) is template} == set()


def test_a_null_is_said_in_the_readers_language_down_to_the_kinds_of_values():
    message = asking.explained('"a" + 1').reasons[0].message
    assert message == "A number cannot be added to a string."
    said = {}
    for language in i18n.LANGUAGES:
        with i18n.speaking(language):
            said[language] = str(findings.message(message))
    assert said == {
        "en": "A number cannot be added to a string.",
        "da": "Et tal kan ikke lægges til en tekst.",
        "nb": "Et tall kan ikke legges til en tekst.",
    }
