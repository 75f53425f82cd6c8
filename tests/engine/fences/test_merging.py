"""Joins lose, revert or mix what branches wrote."""

from typing import Any

from tests.diagrams import process
from tests.engine.fences.sides import Refused, on_both

ARMS = (
    process("vote").start().user("open").parallel("split").user("a").parallel("join").end()
    .at("split").user("b").to("join")
    .at("split").user("c").to("join")
)  # fmt: skip


def joined(case: Any, name: str, before: Any, **written: Any) -> Any:
    """What the variable is after the arms a, b and c have ended in that order, some of them having written it."""
    case.deploy(ARMS).start("vote")
    case.do("open", **{name: before})
    for arm in "abc":
        case.do(arm, **({name: written[arm]} if arm in written else {}))
    return case.variables[name]


@on_both(bare=1, ours=2)
def test_the_change_of_one_branch(engine, expected):
    assert joined(engine(), "n", 1, a=2) == expected


@on_both(bare=1, ours=2)
def test_the_change_of_one_branch_where_each_has_its_own_end(engine, expected):
    drawing = process("vote").start().user("open").parallel("split").user("a").end().at("split").user("b").end()
    case = engine().deploy(drawing)
    case.start("vote")
    case.do("open", n=1)
    case.do("a", n=2)
    case.do("b")
    assert case.variables["n"] == expected


@on_both(bare=["for"], ours=["for", "against", "for"])
def test_the_votes_of_three_branches(engine, expected):
    assert joined(engine(), "votes", [], a=["for"], b=["against"], c=["for"]) == expected


@on_both(bare={"by": "B", "vote": "for", "remark": "late"}, ours="join-conflict")
def test_the_statements_of_two_people(engine, expected):
    try:
        seen = joined(engine(), "statement", {}, a={"by": "A", "vote": "for"}, b={"by": "B", "remark": "late"})
    except Refused as incident:
        seen = str(incident)
    assert seen == expected
