"""A tree that is printed reads back as the same tree."""

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.engine.feel import FeelSyntaxError, parse
from service.engine.feel.syntax.nodes import Negation
from service.engine.feel.syntax.printing import printed
from tests.engine.feel.hostile import VALUES, Writer
from tests.engine.feel.test_properties import LITERALS, TEXTS, grown


def reprinted(text: str) -> str:
    """The normal form of a text, after it was seen to read back as the same tree, and to be its own normal form."""
    tree = parse(text, VALUES, members={"c d", "m n"}).node
    once = printed(tree)
    again = parse(once, VALUES, members={"c d", "m n"}).node
    assert again == tree, (text, once)
    assert printed(again) == once
    return once


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("a+b*c", "a + b * c"),
        ("(a+b)*c", "(a + b) * c"),
        ("((a))-((b-c))", "a - (b - c)"),
        ("a-b-c", "a - b - c"),
        ("2**(3**2)", "2 ** (3 ** 2)"),
        ("-(a+b)", "-(a + b)"),
        ("-1", "-1"),
        ("-(1)", "-(1)"),
        ("1E-7 + 1E40", "0.0000001 + 1E+40"),
        ("--a", "--a"),
        ("(1).x", "(1).x"),
        ("(a.b).c", "(a.b).c"),
        ("a and(b and c)or d", "a and (b and c) or d"),
        ("a = b = c", "(a = b) = c"),
        ("a = (b = c)", "a = (b = c)"),
        ("x in <5", "x in ((< 5))"),
        ("x in (1,[2..3[,>4)", "x in (1, [2..3), (> 4))"),
        ("x in =5", "x in (? = 5)"),
        ("[(!=a+1),((=5))]", "[(!= a + 1), (= 5)]"),
        ("x between 1 and 2 and y", "x between 1 and 2 and y"),
        ("if a then b else if c then d else e", "if a then b else if c then d else e"),
        ("if a then b else (if c then d else e)", "if a then b else (if c then d else e)"),
        ("(if a then b else c)+1", "(if a then b else c) + 1"),
        ("for i in 1..3, j in [i] return i+j", "for i in 1..3, j in [i] return i + j"),
        ("some i in l satisfies i>1", "some i in l satisfies i > 1"),
        ('{a:1,"b c":"x\\ny"}', '{a: 1, "b c": "x\\ny"}'),
        ("{if x:1}", '{"if x": 1}'),
        ("function(a:number,b)a", "function(a: number, b) a"),
        ('date(from:"2026-05-12")', 'date(from: "2026-05-12")'),
        ('@"P1D"', '@"P1D"'),
        ("x instance of list<number>", "x instance of list<number>"),
        ("l[item>1][1].a", "l[item > 1][1].a"),
        ("a b+1", "a b + 1"),
        ("// a remark\n1", "1"),
    ],
)
def test_the_normal_form(text: str, normal: str) -> None:
    assert reprinted(text) == normal


OPERATORS = ["+", "-", "*", "/", "**", "=", "<", "and", "or", "in", "instance of number"]


def test_every_operator_beside_every_other_keeps_its_brackets() -> None:
    def joined(left: str, operator: str, right: str) -> str:
        return f"{left} {operator}" if operator.startswith("instance") else f"{left} {operator} {right}"

    for first, second in itertools.product(OPERATORS, repeat=2):
        for shape in ("({0}) {1}", "{0} {1}"):
            inner = joined("a", first, "b")
            reprinted(joined(shape.format(inner, "").strip(), second, "c"))
        reprinted(joined("a", first, f"({joined('b', second, 'c')})"))
        reprinted(f"-({joined('1', first, 'b')})")


@settings(deadline=None, max_examples=300)
@given(st.recursive(LITERALS, grown, max_leaves=15) | TEXTS)
@example("-(1 instance of number)")
def test_what_is_printed_reads_back_as_the_same_tree(text: str) -> None:
    try:
        parse(text, VALUES, members={"c d", "m n"})
    except FeelSyntaxError:
        return
    reprinted(text)


def test_so_do_hostile_texts() -> None:
    writer = Writer(seed=11)
    for _ in range(300):
        text = writer.grown()
        try:
            tree = parse(text, VALUES, members={"c d", "m n"}).node
        except FeelSyntaxError:
            continue
        if len(printed(tree)) < 9_000:
            reprinted(text)


def test_a_minus_before_a_number_is_a_minus() -> None:
    assert isinstance(parse(printed(parse("-(1)").node)).node, Negation)
