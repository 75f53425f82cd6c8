"""Scripts, instructions and timers."""

import pytest

from service.engine.translating import Untranslatable, script_to_feel, template_to_feel, timer_to_feel


def test_lines_of_a_script_become_assignments() -> None:
    script = """
        total = len([1, 2])  # a remark
        n += 1
        case["state"] = "open"
        votes.append({"by": me})
        pass
    """
    assert script_to_feel(script).splitlines() == [
        "total = count([1, 2])",
        "n = n + 1",
        'case = context put(case, "state", "open")',
        "votes = append(votes, {by: me})",
    ]


def test_what_a_line_sets_is_known_in_the_next() -> None:
    assert script_to_feel("n = [1]\nm = not n\nn = n + [2]\nn.append(3)").splitlines() == [
        "n = [1]",
        "m = n in (null, [])",
        "n = concatenate(n, [2])",
        "n = append(n, 3)",
    ]


@pytest.mark.parametrize(
    "script",
    [
        "mine = votes\nmine.append(1)",
        "mine = votes\nvotes.append(1)",
        "mine = [votes]\nvotes.append(1)",
        "mine = {}\nmine['all'] = votes\nvotes.append(1)",
        "votes.append(case)\ncase['state'] = 'open'",
        "mine = case.get('votes')\nmine.append(1)",
        "mine = votes if late else []\nmine += [1]",
    ],
)
def test_a_list_that_python_would_change_under_two_names_is_refused(script: str) -> None:
    with pytest.raises(Untranslatable, match="another name"):
        script_to_feel(script)


@pytest.mark.parametrize(
    "script",
    [
        "import os",
        "from os import path",
        "if a:\n    b = 1",
        "for x in y:\n    pass",
        "def f():\n    pass",
        "print(1)",
        "a = b = 1",
        "a, b = 1, 2",
        "x.y = 1",
        "del x",
        "exec('x = 1')",
        "x = ",
    ],
)
def test_what_is_more_than_assignments_is_refused(script: str) -> None:
    with pytest.raises(Untranslatable):
        script_to_feel(script)


def test_expressions_in_instructions_are_translated_where_they_stand() -> None:
    assert template_to_feel('# Hej {{ case["name"] }}\n\n{{n}} of {{ len([1]) }}') == (
        "# Hej {{ case.name }}\n\n{{ n }} of {{ count([1]) }}"
    )


@pytest.mark.parametrize("text", ["{% if a %}x{% endif %}", "{# note #}", "{{ name | upper }}", "{{ name.format() }}"])
def test_what_jinja_does_beyond_that_is_refused(text: str) -> None:
    with pytest.raises(Untranslatable):
        template_to_feel(text)


@pytest.mark.parametrize(
    ("python", "expected"),
    [
        ('"PT15M"', 'duration("PT15M")'),
        ("'P2W'", 'duration("P14D")'),
        ("timedelta(days=2)", 'duration("P2D")'),
        ('"2026-03-01"', 'date("2026-03-01")'),
        ('"2026-03-01T12:00:00+01:00"', 'date and time("2026-03-01T12:00:00+01:00")'),
        ('"R3/PT10H"', '"R3/PT10H"'),
        ("deadline", "deadline"),
    ],
)
def test_timers_become_durations_and_moments(python: str, expected: str) -> None:
    assert timer_to_feel(python) == expected
