"""Scripts and templates."""

import pytest

from service.engine.feel import FeelFault, FeelSyntaxError, parse_script, parse_template
from service.engine.values import to_rest
from tests.engine.feel.asking import context


def ran(text: str, **values: object) -> object:
    return to_rest(parse_script(text, values).run(values, context(strict=True)))


def test_lines_set_names_and_see_those_before_them() -> None:
    assert ran("a = 1\nb = a + x\na = b * 2", x=2) == {"a": 6, "b": 3}


def test_a_line_goes_on_while_a_bracket_is_open() -> None:
    text = """
    // what is counted
    votes for = count(
        votes[choice = "for"]
    )

    result = {
        carried: votes for > 1,   // more than one
        seats: [1,
                2]
    };
    """
    votes = [{"choice": "for"}, {"choice": "for"}, {"choice": "against"}]
    assert ran(text, votes=votes) == {"votes for": 2, "result": {"carried": True, "seats": [1, 2]}}


def test_a_name_does_not_run_on_into_the_next_line() -> None:
    assert ran("x = risk\nscore = 2", risk=1, **{"risk score": 9}) == {"x": 1, "score": 2}


def test_a_script_says_what_it_needs_and_what_it_sets() -> None:
    script = parse_script("a = x + 1\nb = a + y\na = b[z]")
    assert script.names == {"x", "y"}
    assert script.possible == {"z"}
    assert script.assigned == ("a", "b")


def test_an_empty_script_sets_nothing() -> None:
    assert ran("") == {}
    assert ran("\n // nothing\n\n") == {}


def test_nothing_is_set_when_a_line_fails() -> None:
    values: dict[str, object] = {"x": 1}
    with pytest.raises(FeelFault) as caught:
        parse_script("a = 1\nx = missing").run(values, context(strict=True))
    assert (caught.value.sub_expression, caught.value.start) == ("missing", 10)
    assert values == {"x": 1}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a", "A line of a script reads `name = expression`; here stands the end of the line."),
        ("a.b = 1", "`a.b` cannot be set: a script sets whole variables, not entries of one."),
        ("1 = 2", "A name must stand here, not `1`."),
        ("if = 2", "`if` is a word of the language and cannot be a name."),
        ("a = 1 b = 2", "`b` cannot stand here."),
        ("a = 1 +\n2", "A value must stand here, not the end of the line."),
        ("import os", "A line of a script reads `name = expression`; here stands the end of the line."),
        ("\n".join(f"a{n} = 1" for n in range(201)), "A script has at most 200 lines."),
    ],
)
def test_what_is_no_script_is_refused(text: str, message: str) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        parse_script(text)
    assert caught.value.message == message


def shown(text: str, **values: object) -> str:
    return parse_template(text, values).render(values, context(strict=True))


def test_templates_put_values_in() -> None:
    text = "Frist **{{ due }}** for {{ count(members) }} medlemmer: {{members.name}}{{ none }}."
    members = [{"name": "A"}, {"name": "B"}]
    assert shown(text, due="12 maj", members=members, none=None) == "Frist **12 maj** for 2 medlemmer: A, B."
    assert shown('{{ {a: {b: "}}"}}.a.b }}') == r"\}\}"
    assert shown('{{ @"2026-05-12" }} {{ 1.50 }} {{ true }}') == r"2026\-05\-12 1\.5 true"
    assert shown("plain { text } }}") == "plain { text } }}"


def test_values_in_a_template_are_never_markdown() -> None:
    value = "<script>alert(1)</script>\n\n# [x](javascript:y) *z* `q` {{ 1 }}"
    rendered = shown("{{ value }}", value=value)
    assert "\n" not in rendered
    assert rendered.startswith(r"\<script\>alert\(1\)\<\/script\> \# \[x\]\(javascript\:y\) \*z\* \`q\` \{\{ 1 \}\}")


def test_a_template_says_what_it_needs() -> None:
    template = parse_template("{{ a }} {{ b[c] }}")
    assert (set(template.names), set(template.possible)) == ({"a", "b"}, {"c"})


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a {% if x %}", "{%", "`{% … %}` is not run here"),
        ("a {{ x", "{{", "The `{{` that stands here has no `}}`"),
        ("a {{ 1 + }} b", "", "A value must stand here"),
        ("a {{ x y }} b", "y", "`x y` is no name that is known here"),
        ("{{ ''.__class__ }}", "'", "A value must stand here"),
        ("{{}}", "", "A value must stand here"),
    ],
)
def test_what_is_no_template_is_refused_with_the_place(text: str, place: str, message: str) -> None:
    with pytest.raises(FeelSyntaxError, match=None) as caught:
        parse_template(text)
    assert caught.value.message.startswith(message)
    assert caught.value.sub_expression == place


def test_a_sealed_value_stands_there_by_its_commitment_for_whoever_shows_the_text_to_open() -> None:
    assert shown("**{{ remark }}**", remark={"sealed": "ab"}) == "**{sealed:ab}**"
    assert shown("{{ remark }}", remark="{sealed:ab}") == "\\{sealed\\:ab\\}", "a text that looks like one is a text"


def test_a_value_that_cannot_be_shown_is_a_fault() -> None:
    with pytest.raises(FeelFault, match="sealed"):
        shown("{{ upper case(remark) }}", remark={"sealed": "ab"})
    with pytest.raises(FeelFault, match="A function has no text"):
        shown("{{ function(x) x }}")
