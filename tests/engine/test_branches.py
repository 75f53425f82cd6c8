"""What branches wrote counts once, in whichever order they end, where they meet and where they end on their own."""

from itertools import permutations

import pytest

from tests.diagrams import Drawing, after, each, process, repeat
from tests.engine.case import Case

VARIANTS = [(hot, compact) for hot in (True, False) for compact in (True, False)]


@pytest.fixture(params=VARIANTS, ids=lambda it: f"{'hot' if it[0] else 'cold'}{', compacted' if it[1] else ''}")
def case(request):
    """A case, kept alive or read back at each step, compacted or not."""
    hot, compact = request.param
    return Case(hot=hot, compact=compact)


def nested(*, joined: bool) -> Drawing:
    """One arm adds to a list and forks again; its two and the other arm add more, and end alone or in one join."""
    drawing = process("p").start().parallel("fork").script("noted", "told = append(told, 0)").parallel("again")
    for arm, gateway in (("a", "again"), ("b", "again"), ("c", "fork")):
        drawing.at(gateway).user(arm).script(f"{arm}_told", f'told = append(told, "{arm}")')
        drawing.to("join") if joined else drawing.end(f"{arm}_done")
    return drawing.node("parallelGateway", "join", joined=False).end("done") if joined else drawing


ORDERS = pytest.mark.parametrize("order", list(permutations("abc")), ids="".join)


@ORDERS
def test_arms_that_end_on_their_own_add_what_they_added_in_the_order_of_their_ends(case, order):
    case.deploy(nested(joined=False)).start("p", told=[])
    for arm in order:
        case.do(arm)
    told = case.ended["root-p"].variables["told"]
    # What came before the inner fork is told once, by the first of its two arms.
    first = min("ab", key=order.index)
    assert told == [it for arm in order for it in ([0, arm] if arm == first else [arm])]


@ORDERS
def test_arms_of_two_forks_that_meet_in_one_join_add_each_addition_once_in_the_order_of_the_flows(case, order):
    case.deploy(nested(joined=True)).start("p", told=[])
    for arm in order:
        case.do(arm)
    assert case.ended["root-p"].variables["told"] == [0, "a", "b", "c"]


def test_a_reminder_inside_an_arm_tells_once_what_the_arm_had_noted_before(case):
    drawing = process("p").start().parallel("fork").script("noted", "told = append(told, 1)").user("slow")
    drawing.script("more", "told = append(told, 3)").parallel("join").user("last").end("done")
    drawing.at("fork").user("beside").script("beside_told", "told = append(told, 4)").to("join")
    drawing.boundary("remind", "slow", after('"PT1H"'), interrupting=False)
    drawing.script("reminded", "told = append(told, 2)").end("told_so")
    case.deploy(drawing).start("p", told=[])
    case.due("remind")
    case.do("slow")
    case.do("beside")
    case.do("last")
    assert case.ended["root-p"].variables["told"] == [1, 2, 3, 4]


def test_a_change_before_a_fork_does_not_come_back_over_a_later_one(case):
    drawing = process("p").start().parallel("fork").user("early").parallel("again").user("a").end("a_done")
    drawing.at("again").user("b").end("b_done").at("fork").user("late").end("late_done")
    case.deploy(drawing).start("p", n=0)
    case.do("early", n=1)
    case.do("a")
    case.do("late", n=2)
    case.do("b")
    assert case.ended["root-p"].variables == {"n": 2}


def test_a_conflict_is_only_between_changes_made_side_by_side(case):
    drawing = process("p").start().parallel("fork").user("early").parallel("again").user("a").parallel("first")
    drawing.parallel("second").end("done").at("again").user("b").to("second").at("fork").user("c").to("first")
    case.deploy(drawing).start("p", n=0)
    case.do("early", n=1)
    case.do("a", n=2)
    case.do("c")
    case.do("b")
    assert case.incident is None
    assert case.ended["root-p"].variables == {"n": 2}


def test_the_item_and_the_counter_of_an_outer_activity_come_back_after_an_inner_one(case):
    outer = each("members", item="member", into="said", result="answer")
    drawing = process("p").start().sub("ask", loop=outer).start("begin_ask")
    drawing.user("inner", loop=each("questions", item="member", into="answers", result="answer"))
    drawing.user("again", loop=repeat(maximum=1))
    drawing.script("say", "answer = string(loopCounter) + member").end("asked").close().end()
    case.deploy(drawing).start("p", members=["x", "y"], questions=["q"], member="somebody", loopCounter=9)
    for _ in range(2):
        case.do("inner", answer="yes")
    for _ in range(2):
        case.do("again")
    variables = case.ended["root-p"].variables
    assert (variables["said"], variables["member"], variables["loopCounter"]) == (["1x", "2y"], "somebody", 9)


def test_the_end_event_is_told_though_another_token_ends_later(case):
    drawing = process("p").start().parallel("fork").user("a").end("adopted").at("fork").user("b")
    case.deploy(drawing).start("p")
    case.do("a")
    case.do("b")
    assert case.ended["root-p"].end_event == "adopted"
