"""Hostile texts: refused, stopped or harmless; nothing escapes and nothing takes long.

No test asserts a time. What bounds the time is the count of steps, so that is what is asked for.
"""

import itertools
from datetime import UTC, datetime

import pytest

from service.engine.feel import FeelError, FeelFault, FeelSyntaxError, parse, parse_script, parse_template
from service.engine.feel.limits import STEPS, STRING_LENGTH
from service.engine.feel.run import Run
from tests.engine.feel.asking import context

VALUES: dict[str, object] = {"s": "a" * STRING_LENGTH, "l": list(range(300)), "x": 1, "object": object()}
VALUES |= {"accented": "é" * 8_000}
VALUES |= {"wide": {f"key {number}": number for number in range(2_000)}, "long": {"k" * 900: 1}}


def tower(*, levels: int, last: str) -> str:
    """Ten times ten times ten: small as shared lists, endless when walked."""
    names = [f"n{level}" for level in range(levels)]
    rows = [f"{name}: [{', '.join([before] * 10)}]" for before, name in itertools.pairwise(names)]
    return f"{{n0: [1], {', '.join(rows)}, r: {last.replace('TOP', names[-1])}}}.r"


REACHING_PYTHON = [
    '"".__class__',
    '"".__class__.__mro__[2].__subclasses__()',
    "x.real",
    "x.__class__",
    "s.format",
    "s.join",
    "l.append(1)",
    "l.__len__()",
    "now().__init__.__globals__",
    "count.__call__",
    "count.overloads",
    "(function(x) x).body",
    "{a: 1}.keys",
    "{a: 1}.__class__",
    '@"P1D".nanoseconds',
    "[1..2].__class__",
    "object",
    "object.__class__",
    '__import__("os")',
    'open("/etc/passwd")',
    'eval("1")',
    'exec("x = 1")',
    'getattr(x, "real")',
    '@"2026-05-12T10:00:00Z".__reduce__()',
    "Run",
    "self",
]
"""Texts that ask for what Python has and FEEL has not: null, with a reason."""

REFUSED = [
    "().__class__",
    "lambda: 1",
    "import os",
    "x := 1",
    "x if x else x",
    "f'{x}'",
    "[y for y in x]",
    "{% for %}",
    "1; 2",
    "x\x00",
    "\u202ex",
    '@"2026-01-01T00:00:00@../../etc/passwd"',
    "1e999999999",
    "/* " * 3_000,
    "1 /* a comment that never ends",
    "(" * 4000 + "1" + ")" * 4000,
    "[" * 4000 + "1" + "]" * 4000,
    "-" * 3500 + "1",
    "not(" * 900 + "true" + ")" * 900,
    "{a:" * 1000 + "1" + "}" * 1000,
    "if true then " * 500 + "1",
    "1+" * 2500 + "1",
    "1 in " * 1500 + "1",
    "1=" * 1500 + "1",
    "x in (" * 1500,
    "]1.." * 1200,
    "]1..5[" * 700,
    "for a in " * 800 + "1",
    "function() " * 800,
    "1 instance of " + "list<" * 1000 + "number" + ">" * 1000,
    "for " + ", ".join(f"a{n} in l" for n in range(100)) + " return 1",
    "{" + "a " * 60 + ": 1}",
    "x" + ".x" * 2000,
    "x" + "[1]" * 1300,
    "f" + "()" * 2000,
    '"' * 9999,
    "/*" * 5000,
    "a" * 10_001,
    "+" * 5000,
]

STOPPED = [
    "s + s",
    'for i in 1..300 return s + "b"',
    "string join(for i in 1..500 return s, s)",
    'replace(s, "a", s)',
    'replace(s, "a", "$0$0$0$0")',
    'split(s, "a")',
    "for i in 1..9000 return upper case(s)",
    'for i in 1..9000 return contains(s, "b")',
    'for i in 1..9000 return matches(s, "(a*)*b")',
    'replace(s, "a(.*z)?", "b")',
    "for a in l, b in l, c in l, d in l return 1",
    "some a in l, b in l, c in l, d in l satisfies false",
    "every a in l satisfies every b in l satisfies every c in l satisfies true",
    "l[count(l[count(l[item > 0]) > 0]) > 0]",
    "for i in 1..10**12 return i",
    "for i in 1..9000 return partial",
    "flatten(for i in 1..60 return [partial, partial])",
    'for d in @"-99999-01-01"..@"99999-01-01" return d',
    "for i in 1..1000 return working days(9000)",
    "sort(l, function(x, y) count(sort(l, function(a, b) a < b)) > 0)",
    "{f: function(f) f(f), r: f(f)}.r",
    "{f: function(f, n) f(f, n + 1) + f(f, n + 1), r: f(f, 0)}.r",
    "{u: upper case(s), v: upper case(s), r: for i in 1..9000 return u < v}.r",
    "{u: upper case(s), v: upper case(s), r: for i in 1..9000 return u between v and v}.r",
    "{u: upper case(s), v: upper case(s), r: for i in 1..9000 return list contains([u], v)}.r",
    "{u: upper case(s), v: upper case(s), r: min(for i in 1..9000 return if odd(i) then u else v)}.r",
    "string(for i in 1..9000 return 1E6144)",
    "string(for i in 1..9000 return long)",
    "for i in 1..9000 return context put({}, string(1E3000), i)",
    "{k: for i in 1..9000 return i, r: concatenate(" + ", ".join(["k"] * 1_000) + ")}.r",
    "for i in 1..9000 return s",
    "[" + ", ".join(["s"] * 50) + "]",
    "for i in 1..9000 return get value(wide, l)",
    "for i in 1..9000 return get entries(wide)",
    "distinct values(for i in 1..9000 return wide)",
    "for i in 1..9000 return exp(i / 7) + log(i)",
    "for i in 1..9000 return x ** 0.3333333333333333333333333333333333",
    "stddev(for i in 1..9000 return i)",
    'for i in 1..9000 return range("[1.." + string(i) + "]")',
    'for i in 1..9000 return matches(s, "(a|b)*a(a|b){12}c")',
    'for i in 1..9000 return matches("x", "[a-z]{99}" + string(i))',
    r'for i in 1..9000 return matches("x", "\w{50}" + string(i))',
    'for i in 1..900 return matches(s, "[ab]{999}x")',
    'replace(s + "c", "(a|b)*c", "$1") + matches(s, "[ab]{400}c")',
    r'for i in 1..400 return matches(accented, ".*[^\p{L}]$")',
    r'for i in 1..400 return matches(accented, "[^\p{L}]$")',
    r'for i in 1..400 return matches(accented, "(.*)(.*)[^\p{L}]$")',
    r'for i in 1..400 return matches(accented, "\P{L}", "i")',
    r'for i in 1..400 return matches(accented, "\w*\w*\w*$")',
    r'for i in 1..400 return matches(accented, "\[a\]41[^\p{L}]$")',
    r'replace(accented, "(\p{L}|\p{N})", "$1")',
    'replace(substring(s, 1, 4000), ".", "' + "$0" * 30 + '")',
    'for i in 1..20 return replace(substring(s, 1, 300), "a", "' + "$0" * 100 + '")',
    'for i in 1..20 return replace(substring(s, 1, 1500), "a", "' + r"\\$" * 200 + '")',
    'for i in 1..9000 return replace("a", "b", "' + "$0" * 4_000 + '")',
    'replace(s, ".+", "' + "$0" * 3_000 + '")',
    'replace(substring(s, 1, 2000), "(' + "()" * 300 + 'a)", "$1")',
    'split(s, "a|b")',
    'split(s, "a([^b]*b)?")',
    'for i in 1..9000 return @"2026-05-12T10:00:00@Europe/Oslo" + @"PT1S" * i',
    'sort(for i in 1..5000 return @"2026-05-12T10:00:00@Europe/Oslo" + @"PT1S" * modulo(i * 7919, 5000))',
    'for i in 1..9000 return date and time("2026-05-12T10:00:00@Europe/Oslo")',
    "for i in 1..9000 return working days(40)",
    "for i in l return " + "[1] " * 900,
    "x" + "[1]" * 50 + "[" * 50 + "for i in l, j in l return 1" + "]" * 50,
    tower(levels=12, last="TOP"),
    tower(levels=12, last="string(TOP)"),
    tower(levels=12, last="TOP = [TOP][1]"),
    tower(levels=12, last="distinct values([TOP])"),
    tower(levels=12, last="flatten(TOP)"),
    tower(levels=12, last="TOP instance of " + "list<" * 12 + "number" + ">" * 12),
]

HARMLESS = [
    "10 ** 10 ** 10",
    "9 ** 9 ** 9 ** 9",
    "2 ** 100000",
    "10 ** -999999",
    "exp(1E30)",
    "1E6144 * 1E6144",
    "decimal(1, 1E20)",
    "string(1E6144)",
    "for i in 1..1E6144 return 1",
    "l[1E300]",
    "substring(s, 1E300)",
    "insert before(l, 1E6000, 1)",
    "working days(1E300)",
    'working days(1, @"9999-12-31")',
    "for i in 1..20 return wide.zzz",
    'for i in 1..900 return matches("x", "[")',
    'for i in 1..900 return date and time("2026-01-01T00:00:00@Aa/" + string(i))',
    'number("' + "1" * 9_900 + '")',
    'working days(-1, @"0001-01-01")',
    'number("1" + string(1E6000))',
    'number("1e" + string(1E100))',
    'replace("a", "a", "$' + "9" * 5000 + '")',
    'matches(s, "(a+)+$b")',
    'matches(s, "(((a{1,100}){1,100}){1,100}){1,100}")',
    'matches("x", "' + "(" * 999 + '")',
    'matches("x", "' + "a" * 1001 + '")',
    'range("[[1..2]..3]")',
    'date and time("2026-01-01T00:00:00@/etc/passwd")',
    "date(1E20, 1, 1)",
    'duration("P99999999999999D") * 1E6000',
    "product(for i in 1..9000 return 1E300)",
    "stddev(for i in 1..2000 return 1E3000)",
    'get value({a: 1}, for i in 1..9000 return "a")',
    'context put({}, for i in 1..9000 return "a", 1)',
    "min(count)",
    'week of year(@"-999999999-01-01")',
    "a " * 39 + "a",
]


def numbered(texts: list[str]) -> list[object]:
    """Texts as parameters with short names."""
    return [pytest.param(text, id=f"{number} {text[:30]!a}") for number, text in enumerate(texts)]


@pytest.mark.parametrize("text", numbered(REACHING_PYTHON))
def test_python_is_out_of_reach(text: str) -> None:
    result = parse(text).explain(VALUES, context())
    assert result.value is None
    assert result.reasons
    with pytest.raises(FeelFault):
        parse(text).evaluate(VALUES, context(strict=True))


@pytest.mark.parametrize("text", numbered(REFUSED))
def test_what_is_not_feel_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        parse(text)
    assert caught.value.message.endswith(".")
    assert len(caught.value.message) < 200


@pytest.mark.parametrize("text", numbered(STOPPED))
@pytest.mark.parametrize("strict", [True, False])
def test_what_grows_is_stopped_in_either_mode(text: str, strict: bool) -> None:
    with pytest.raises(FeelFault, match=r"more than [\d,]+|too deep"):
        parse(text).explain(VALUES, context(strict=strict))


@pytest.mark.parametrize("text", numbered(HARMLESS))
def test_what_looks_large_is_small(text: str) -> None:
    try:
        expression = parse(text)
    except FeelSyntaxError:
        return
    run = Run(VALUES, context())
    expression.perform(run)
    assert run.steps > STEPS // 4


REALISTIC = [
    'count(ballots[vote = "for"]) > count(ballots) / 2',
    'every b in ballots satisfies b.vote in ("for", "against", "blank") and b.weight >= 0',
    'sum(ballots[vote = "for"].weight) / sum(ballots.weight) > 0.5',
    'for b in ballots return {by: b.by, late: b.at > @"2026-05-12T10:00:00@Europe/Copenhagen"}',
    "sort(ballots, function(x, y) x.by < y.by)[1].by",
    "distinct values(ballots.by)",
    'string join(ballots.by, ", ")',
    'ballots[matches(by, "^member [0-9]+$")]',
    "sum(amounts)",
    "sum(for n in amounts return n * 1.25)",
    "some n in amounts satisfies n > 9000",
    "count(amounts[item > 500])",
    "max(amounts) - min(amounts)",
    "mean(thousand) + median(thousand) + stddev(thousand)",
    'for n in thousand return if n > 500 then "large" else "small " + string(n)',
    "sort(thousand)",
    "distinct values(thousand)",
    r'ballots[matches(by, "^[\p{L}\p{N} .-]+$")]',
    r'ballots[matches(by, "^\w+ \d+$")]',
    r'for b in ballots return replace(b.by, "^(\w+) (\d+)$", "$2, $1")',
    'count(split(minutes, "\\s+"))',
    'count(split(minutes, ", *"))',
    'count(split(minutes, "[,.;]"))',
    'replace(minutes, "the", "a")',
    'replace(minutes, "[0-9]{4}-[0-9]{2}-[0-9]{2}", "(date)")',
    'matches(minutes, "urgent|adjourn|appeal|complaint|objection", "i")',
    r'matches(minutes, "\p{Lu}{3}")',
]
"""What a diagram may well ask of 200 ballots, 1,000 numbers or 10,000 amounts."""

ASKED: dict[str, object] = {
    "ballots": [
        {
            "by": f"member {n}",
            "vote": "for" if n % 3 else "against",
            "weight": n,
            "at": datetime(2026, 5, 12, tzinfo=UTC),
        }
        for n in range(200)
    ],
    "thousand": [n * 7919 % 1_000 for n in range(1_000)],
    "amounts": list(range(10_000)),
    "minutes": "On 2026-05-12 the board met, heard the members, and resolved the matter. " * 130,
}


@pytest.mark.parametrize("text", numbered(REALISTIC))
def test_what_real_processes_ask_is_within_the_budget(text: str) -> None:
    parse(text).evaluate(ASKED, context(strict=True))


def test_patterns_that_are_too_large_are_paid_for_too() -> None:
    text = r'for i in 1..9000 return matches("a", "(\p{L}{10}){10}" + string(i))'
    with pytest.raises(FeelFault, match="more than 100,000 steps"):
        parse(text).explain(VALUES, context())


STOPPED_AT = [
    ("1 + count(for i in 1..100000 return i)", "for i in 1..100000 return i", "10,000 elements"),
    ("[1, for a in l, b in l, c in l return 1]", "for a in l, b in l, c in l return 1", "10,000 elements"),
    ("[some a in l, b in l satisfies a > b + 300]", "some a in l, b in l satisfies a > b + 300", "100,000 steps"),
    ("{a: s, b: a + a}", "a + a", "100,000 characters"),
    ("1 + count(l[count(l[item > 0]) > 0])", "l[item > 0]", "100,000 steps"),
    ("{k: [s, s, s, s, s, s, s, s, s, s, s]}", "{k: [s, s, s, s, s, s, s, s, s, s, s]}", "1,000,000 characters"),
    ('not(matches(s + "", "[ab]{999}x"))', 'matches(s + "", "[ab]{999}x")', "100,000 steps"),
]


@pytest.mark.parametrize(("text", "place", "bound"), STOPPED_AT)
def test_a_stop_names_the_bound_and_the_place(text: str, place: str, bound: str) -> None:
    with pytest.raises(FeelFault) as caught:
        parse(text).evaluate(VALUES, context(strict=True))
    assert bound in caught.value.message
    assert caught.value.sub_expression == place


def test_a_script_has_one_budget_for_all_its_lines() -> None:
    line = "v{n} = count(for a in l, b in 1..30 return a)"
    few, many = ("\n".join(line.format(n=n) for n in range(count)) for count in (2, 200))
    assert len(parse_script(few).run(VALUES, context(strict=True))) == 2
    with pytest.raises(FeelFault, match="more than 100,000 steps"):
        parse_script(many).run(VALUES, context(strict=True))
    with pytest.raises(FeelFault, match="more than 1,000,000 characters"):
        parse_script("\n".join(f"v{n} = s" for n in range(20))).run(VALUES, context(strict=True))


def test_a_template_has_one_budget_for_all_its_expressions() -> None:
    with pytest.raises(FeelFault, match="more than 100,000 steps"):
        parse_template("{{ count(for a in l, b in 1..30 return a) }} " * 200).render(VALUES, context(strict=True))


def test_data_is_read_within_the_budget_too() -> None:
    rows = [{"a": number, "b": [number]} for number in range(100_000)]
    with pytest.raises(FeelFault, match="more than 100,000 steps"):
        parse("count(rows)").evaluate({"rows": rows}, context(strict=True))
    with pytest.raises(FeelFault, match="at most 1,000 characters"):
        parse("c").evaluate({"c": {"k" * 1_001: 1}}, context(strict=True))


@pytest.mark.parametrize("name", ['a "quoted" b', "a" * 10_001 + " b", "/* a"])
def test_a_name_that_no_text_can_spell_stops_no_text(name: str) -> None:
    assert parse("1 + 1", {name}).evaluate({}, context()) == 2
    assert parse('{"a \\"b\\" /*": 1}').evaluate({}, context()) == {'a "b" /*': 1}


def test_names_in_many_scopes_are_looked_up_once() -> None:
    """A name of forty words, known in thirty scopes, and nine hundred words that begin like it."""
    long = " ".join(["a"] * 39)
    text = "".join(f"{{{long} b: {level}, k: " for level in range(30)) + "[" + ", ".join(["a"] * 900) + "]" + "}" * 30
    assert "a" in parse(text).names


def test_values_nested_deeper_than_anything_real_are_refused() -> None:
    deep: object = 1
    for _ in range(5000):
        deep = [deep]
    result = parse("deep").explain({"deep": deep}, context())
    assert [reason.message for reason in result.reasons] == ["`deep`: the value is nested more than 64 deep."]


def test_a_full_stack_is_a_fault_and_not_the_end() -> None:
    expression = parse("[" * 60 + "1" + "]" * 60)

    def deep(levels: int) -> FeelError | None:
        if levels:
            return deep(levels - 1)
        try:
            expression.evaluate({}, context())
        except FeelError as error:
            return error
        return None

    errors = [deep(levels) for levels in range(700, 900, 10)]
    assert any(error is not None and "nested too deep" in error.message for error in errors)
