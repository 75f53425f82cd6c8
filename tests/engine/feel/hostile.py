"""Hostile texts without end, the same ones for the same seed, and what may come of them: a value, or a fault.

Seven hands write them: tokens at random, brackets within brackets, expressions that grow whatever they are given,
functions called again and again with all that is large, mutilated attacks, text that is hardly text, and large rows of
small things.
"""

import datetime
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from service.engine.feel import FeelError, parse, parse_script, parse_template, parse_unary
from service.engine.feel.builtins import BUILTINS
from service.engine.feel.builtins.table import Builtin
from service.engine.feel.kinds.kind import NAMES
from service.engine.feel.kinds.special import Range, Sealed
from service.engine.feel.limits import LIST_LENGTH, STRING_LENGTH, TEXT_LENGTH
from service.engine.feel.run import Run
from tests.engine.feel.asking import context


def nested(levels: int) -> object:
    """A list in a list in a list …"""
    value: object = 1
    for _ in range(levels):
        value = [value]
    return value


VALUES: dict[str, object] = {
    "s": "a" * STRING_LENGTH,
    "t": "ab," * 3_000,
    "l": list(range(LIST_LENGTH)),
    "m": [{"a": number, "b": f"name {number}", "c d": [number]} for number in range(500)],
    "c": {"a": 1, "b": {"a b": 2}, "f": None},
    "wide": {f"key {number}": number for number in range(2_000)},
    "deep": nested(60),
    "deeper": nested(5_000),
    "long": {"k" * 900: 1},
    "n": 10**300,
    "x": 1,
    "y": -2.5,
    "a b": True,
    "d": datetime.date(2026, 5, 12),
    "w": datetime.datetime(2026, 5, 12, 10, tzinfo=datetime.UTC),
    "sealed": {"sealed": "00"},
    "nothing": None,
    "object": object(),
    "endless": float("inf"),
}

WORDS = [
    *("if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "between", "of"),
    *("function", "instance", "external", "null", "true", "false", "not", "item", "partial", "?", "list<", "range<"),
    *("+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "(", ")", "[", "]", "{", "}", ",", ":", "."),
    *("..", "@", '"a"', '"', "//", "/*", "*/", "->", "\n", " ", "'", "\\", "1", "0", ".5", "1e9", "10", "1E6144"),
    *('@"2026-05-12"', '@"P1D"', '@"10:00:00Z"', '@"2026-05-12T10:00:00@Europe/Oslo"', "{{", "}}", "{%", ";"),
    *("__class__", "__import__", "lambda", "eval", "\x00", "\ud800", "\u202e", "\U0001f600", "\ufeff", '"\\uD83D"'),
    *VALUES,
    *(f"{name}(" for name in BUILTINS),
]
ATOMS = [
    *("0", "1", "-1", "2.5", "10 ** 300", "1E6144", "-1E6144", "1E-6000", "9999999999999999999999999999999999"),
    *('""', '"a"', '"ab"', '"[a-z]+"', '"(a|b)*a(a|b){12}c"', r'"\\w{1,90}"', r'"(\\pL|\\pN){40}"', '"[ab]{999}x"'),
    *(
        '"$0$0$0"',
        '"$1"',
        '"["',
        '"a(.*z)?"',
        '"2026-05-12"',
        '"@Europe/Oslo"',
        '"@Aa/Bb"',
        '"P999999999Y"',
        '"[1..9]"',
    ),
    *("null", "true", "false", "item", "partial", "?", "i", "f", "[]", "{}", "[1..3]", "(1..1E12)", "1..9000"),
    *('@"P1D"', '@"P2Y"', '@"-P999999999Y"', '@"P999999999D"', '@"10:00:00Z"', '@"10:00:00@Europe/Oslo"'),
    *(
        '@"-999999999-01-01"',
        '@"2026-05-12T10:00:00@Europe/Oslo"',
        '@"2026-05-12T10:00:00"',
        '"2026-05-12T10:00:00@Asia/Tokyo"',
    ),
    *VALUES,
    *BUILTINS,
]
OPERATORS = ["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in"]
MEMBERS = ["a", "b", "c d", "k", "year", "weekday", "hours", "months", "start", "time offset", "timezone", "__class__"]
TYPES = ["number", "list<number>", "context<a: number>", "range<date>", "function<number> -> Any", "Nope"]
GROWTH: list[Callable[[str, str, str], str]] = [
    lambda a, b, c: f"for i in {a} return {b}",
    lambda a, b, c: f"for i in 1..9000 return {b}",
    lambda a, b, c: f"for i in {a}, j in {b} return {c}",
    lambda a, b, c: f"some i in {a} satisfies {b}",
    lambda a, b, c: f"every i in {a}, j in {b} satisfies {c}",
    lambda a, b, c: f"({a})[{b}]",
    lambda a, b, c: f"{{f: function(f, i) {a}, r: f(f, {b})}}.r",
    lambda a, b, c: f"{{k: {a}, r: [k, k, k, k, k, k, k, k], q: [r, r, r, r, r, r], z: {b}}}.q",
    lambda a, b, c: f"sort({a}, function(i, j) {b})",
    lambda a, b, c: f"list replace({a}, function(i, j) {b}, {c})",
    lambda a, b, c: f"if {a} then {b} else {c}",
    lambda a, b, c: f"({a}) between ({b}) and ({c})",
    lambda a, b, c: f"({a}) in ({b}, {c})",
    lambda a, b, c: f"(function(i) {a})({b})",
    lambda a, b, c: f"{{{a if a.isidentifier() else 'k'}: {b}, m n: {c}}}",
    lambda a, b, c: f"[{a}..{b}]",
    lambda a, b, c: f"-({a})",
]

ATTACKS = [
    "for i in 1..9000 return string(for j in 1..9000 return 1E6144)",
    'for i in 1..9000 return matches(s, "(a|b)*a(a|b){12}c" + string(i))',
    'for i in 1..9000 return date and time("2026-01-01T00:00:00@Aa/" + string(i))',
    "{u: upper case(s), v: upper case(s), r: for i in 1..9000 return u < v}.r",
    "{u: upper case(s), v: upper case(s), r: for i in 1..9000 return list contains([u], v)}.r",
    "for i in 1..9000 return wide.zzz",
    "string(for i in 1..9000 return context put({}, s, 1))",
    'for i in 1..9000 return context put({}, "a", partial[-1])',
    "for i in 1..1000 return function() partial[-1]",
    "{l2: for i in 1..9000 return i, r: concatenate(" + ", ".join(["l2"] * 1_000) + ")}.r",
    'for i in 1..9000 return range("[1.." + string(i) + "]")',
    "distinct values(for i in 1..9000 return wide)",
    'sort(for i in 1..5000 return @"2026-05-12T10:00:00@Europe/Oslo" + @"PT1S" * modulo(i * 7919, 5000))',
    "for i in 1..9000 return x ** 0.3333333333333333333333333333333333",
    "for i in 1..9000 return s",
    "[" + ", ".join(["s"] * 500) + "]",
    "x[" * 50 + "a b + " * 300 + "1" + "]" * 50,
    "for i in m return for j in m return i.a + j.a",
    "stddev(for i in 1..9000 return i ** 0.5)",
    "for i in 1..9000 return get value(wide, l)",
    "f(f)(f)(f)",
    "{f: function(n, f) if n = 0 then 1 else n * f(n - 1, f), r: f(9000, f)}.r",
    "{f: function(g, n) g(f, n), g: function(f, n) f(g, n), r: f(g, 1)}.r",
    "for a in l, b in l return a",
    "flatten(for i in 1..9000 return deep)",
    "/* " * 3_000,
    '"\\u0041' * 1_400,
    "1 " * 4_990,
]


@dataclass(frozen=True)
class Outcome:
    """What became of a text: the exception that may come, or None for a value; and the steps that were left."""

    fault: FeelError | None
    steps_left: int


class Writer:
    """Writes hostile texts. One seed, one row of texts."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def texts(self, count: int) -> Iterator[str]:
        """So many texts."""
        hands = (
            self.soup,
            self.brackets,
            self.grown,
            self.grown,
            self.repeated,
            self.repeated,
            self.mutilated,
            self.rubbish,
            self.rows,
        )
        for _ in range(count):
            yield self.random.choice(hands)()

    def soup(self) -> str:
        """Tokens at random."""
        glue = self.random.choice([" ", "", "\n"])
        return glue.join(self.random.choices(WORDS, k=self.random.randint(1, 40)))

    def brackets(self) -> str:
        """Brackets within brackets, and what else nests."""
        openers = ["(", "[", "{a: ", "not(", "-", "x[", "if true then ", "for i in [1] return ", "]1..", "f(", "1 in ("]
        openers += ["function(a) ", "some i in ", "[1..", "list<", '{"', "{{", "abs(", "x.", "1 + ", "/*", "@"]
        chosen = self.random.sample(openers, self.random.randint(1, 3))
        depth = self.random.choice([10, 60, 70, 500, 3_000])
        row = "".join(self.random.choices(chosen, k=depth))
        ends = "".join(")" if sign == "(" else "]" if sign == "[" else "}" for sign in reversed(row) if sign in "([{")
        return (row + self.random.choice(["1", "", '"', "x"]) + ends)[: TEXT_LENGTH + 10]

    def grown(self, depth: int = 0) -> str:
        """An expression that makes much of what it is given."""
        if depth > 4 or self.random.random() < 0.12 * depth:
            return self.random.choice(ATOMS)
        parts = [self.grown(depth + 1) for _ in range(3)]
        kind = self.random.randrange(7)
        if kind <= 2:
            return self.random.choice(GROWTH)(*parts)
        if kind == 3:
            return f"({parts[0]}) {self.random.choice(OPERATORS)} ({parts[1]})"
        if kind == 4:
            return f"({parts[0]}).{self.random.choice(MEMBERS)}"
        if kind == 5 and self.random.random() < 0.2:
            return f"({parts[0]}) instance of {self.random.choice(TYPES)}"
        name = self.random.choice(sorted(BUILTINS))
        return f"{name}({', '.join(parts[: self.random.randint(0, 3)])})"

    def repeated(self) -> str:
        """A function, an operator or a step, many times over large arguments."""
        big = [
            "s",
            "t",
            "l",
            "m",
            "wide",
            "deep",
            "c",
            "n",
            "x",
            "d",
            "w",
            "count",
            "function(i, j) i",
            "null",
            '"a"',
            "[s]",
        ]
        one, two, three = self.random.choices(big, k=3)
        name = self.random.choice(sorted(BUILTINS))
        shapes = [
            *(f"{name}({one})", f"{name}({one}, {two})", f"{name}({one}, {two}, {three})") * 4,
            *(
                f"({one}) {self.random.choice(OPERATORS)} ({two})",
                f"({one})[{two}]",
                f"({one}).{self.random.choice(MEMBERS)}",
            ),
            *(f"({one}) instance of {self.random.choice(TYPES)}", f"[{one}..{two}]", f"({one})[item = {two}]"),
        ]
        return f"for i in 1..9000 return {self.random.choice(shapes)}"

    def mutilated(self) -> str:
        """An attack, whole or not, put where the next one stood."""
        text = self.random.choice(ATTACKS)
        for _ in range(self.random.randint(0, 3)):
            at = self.random.randrange(len(text) + 1)
            other = self.random.choice(ATTACKS)
            cut = self.random.randrange(len(other) + 1)
            piece = self.random.choice([self.random.choice(ATOMS), self.random.choice(WORDS), other[cut : cut + 20]])
            text = text[:at] + piece + text[at + self.random.randint(0, 6) :]
        return text

    def rubbish(self) -> str:
        """What is hardly text."""
        points = [
            *range(0x20, 0x7F),
            0,
            9,
            10,
            13,
            0x85,
            0x2028,
            0xFEFF,
            0x200D,
            0xD800,
            0xDFFF,
            0x10FFFF,
            0x1F600,
            0x660,
        ]
        return "".join(map(chr, self.random.choices(points, k=self.random.randint(1, 200))))

    def rows(self) -> str:
        """Large rows of small things."""
        many = self.random.choice([50, 400, 1_900])
        sign = self.random.choice([" + ", ", ", " and ", " or ", " * ", " = ", "; ", "\n", ".", " "])
        atom = self.random.choice([*ATOMS, "exp(1.5)", "2 ** 0.5", "now()", "upper case(s)", "k = 1", "{{x}}", "[1]"])
        row = sign.join([atom] * many)[:TEXT_LENGTH]
        return self.random.choice([row, f"[{row}]", f"max({row})", f"{{k: {row}}}", f"for i in l return {row}"])


def tried(text: str, *, reader: int = 0, strict: bool = False) -> Outcome:
    """What becomes of a text: read as an expression (0), a cell (1), a script (2) or a template (3), and run.

    Raises whatever escapes, and AssertionError where a value comes out that is none of FEEL's.
    """
    about = context(strict=strict)
    run = Run(VALUES, about)
    try:
        if reader == 0:
            checked(parse(text, VALUES).perform(run))
        elif reader == 1:
            assert parse_unary(text, VALUES).matches(VALUES["s"], VALUES, about) in {True, False, None}
        elif reader == 2:
            checked(parse_script(text, VALUES).run(VALUES, about))
        else:
            assert len(parse_template(text, VALUES).render(VALUES, about)) <= STRING_LENGTH
    except FeelError as fault:
        assert fault.message.endswith(".")
        assert len(fault.message) < 1_000
        assert 0 <= fault.start <= fault.end <= len(fault.text)
        return Outcome(fault, run.steps)
    return Outcome(None, run.steps)


def checked(value: object) -> None:
    """Looks into a result for anything that is no value of FEEL, or more than one may be."""
    kind = type(value)
    assert kind in NAMES or kind in {Sealed, Builtin}, kind
    if isinstance(value, str):
        assert len(value) <= STRING_LENGTH
    elif isinstance(value, list):
        for item in value:
            checked(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            assert type(key) is str
            checked(item)
    elif isinstance(value, Range):
        checked(value.start)
        checked(value.end)
