"""A running instance goes on under another version of its process: what is kept, and what does not fit."""

from datetime import timedelta
from typing import Any

import pytest

from service.domain.errors import CaseMovedOn
from service.domain.misfits import MigrationRefused
from service.engine.migrating import Migrate
from service.engine.shapes import Advance
from service.engine.stepping.cache import LiveCache
from tests.diagrams import Drawing, after, condition, each, error, every, message, process, repeat, signal
from tests.engine.case import Case

VARIANTS = [(hot, compact) for hot in (True, False) for compact in (True, False)]


@pytest.fixture(params=VARIANTS, ids=lambda it: f"{'hot' if it[0] else 'cold'}{', compacted' if it[1] else ''}")
def case(request):
    """A case, kept alive or read back at each step, compacted or not."""
    hot, compact = request.param
    return Case(hot=hot, compact=compact)


def migrated(case: Case, to: Drawing | None = None, key: str = "p", digest: str = "v2", **renamed: str) -> Advance:
    """Put another drawing into force, and bring the root instance over."""
    if to is not None:
        case.deploy(to, digest=digest)
    (state,) = [it for it in case.state.instances if it.process_key == key]
    return case.move(Migrate(state.id, state.bundle_digest, case.deployed[digest, key], renamed))


def refused(case: Case, to: Drawing, key: str = "p", **renamed: str) -> dict[str, str]:
    """What does not fit, by element, and why. The case is as it was."""
    before = case.state
    with pytest.raises(MigrationRefused) as stopped:
        migrated(case, to, key, **renamed)
    assert case.state == before
    return {it.element: it.reason for it in stopped.value.misfits}


def two(name: str = "Ask", script: str = "total = share") -> Drawing:
    return process("p").start().user("ask", name=name).script("sum", script).user("sign").end()


# --- what is kept ----------------------------------------------------------------------------------------------------


def test_nothing_moves_and_the_rest_is_done_as_the_new_version_says(case):
    case.deploy(two()).start("p", factor=2)
    before = dict(case.tasks)
    outcome = migrated(case, two("Ask them", "total = share * factor"))
    assert (outcome.opened, outcome.closed, outcome.passed) == ((), (), ())
    (task,) = case.tasks.values()
    assert (list(case.tasks), task.name) == (list(before), "Ask them")
    case.do("ask", share=3)
    case.do("sign")
    assert case.ended["root-p"].variables["total"] == 6


def test_a_timer_keeps_the_moment_at_which_it_is_due(case):
    def drawing(days: int) -> Drawing:
        drawn = process("p").start().user("work").end().boundary("late", "work", after(f'duration("P{days}D")'))
        drawn.user("chase").end().boundary("remind", "work", every('"R3/P1D"'), interrupting=False)
        return drawn.script("reminded", "times = times + 1").end()

    case.deploy(drawing(10)).start("p", times=0)
    case.due("remind")
    case.wait(hours=3)
    before = case.waiting_timers
    migrated(case, drawing(30))
    assert case.waiting_timers == before
    case.due("remind")
    case.due("remind")
    assert [name for name, _ in case.waiting_timers] == ["late"], "the third repetition was the last"
    case.due("late")
    assert case.open == ["chase"]


def test_a_multi_instance_goes_on_with_its_items_and_the_results_that_have_come(case):
    def drawing(until: str | None, sequential: bool = False) -> Drawing:
        loop = each("who", item="one", into="votes", result="vote", until=until, sequential=sequential)
        return process("p").start().user("vote", loop=loop).user("count").end()

    case.deploy(drawing(None)).start("p", who=["a", "b", "c"])
    case.do("vote", nth=1, vote="b yes")
    assert refused(case, drawing(None, sequential=True)) == {"vote": "It is repeated in another way there."}
    migrated(case, drawing("count(votes) >= 2"), digest="v3")
    assert case.open == ["vote", "vote"]
    case.do("vote", nth=1, vote="c no")
    case.do("count")
    assert case.ended["root-p"].variables["votes"] == ["b yes", "c no"]


@pytest.mark.parametrize("sequential", [False, True])
def test_sub_processes_side_by_side_and_one_after_another_are_carried_with_all_that_is_in_them(case, sequential):
    def drawing(key: str, task: str) -> Drawing:
        loop = each("who", item="one", into="said", result="answer", sequential=sequential)
        drawn = process("p").start().sub(key, loop=loop).start("in").parallel("fork").user(task).parallel("join")
        drawn.end("out").at("fork").user("other").to("join").close()
        return drawn.user("after").end().boundary("late", key, after('duration("P9D")')).end("too_late")

    case.deploy(drawing("each", "reply")).start("p", who=["a", "b"])
    case.do("other")
    before = case.waiting_timers
    migrated(case, drawing("round", "answer"), each="round", reply="answer")
    assert len(case.tasks) == (1 if sequential else 3)
    assert [due for _, due in case.waiting_timers] == [due for _, due in before]
    while "answer" in case.open or "other" in case.open:
        case.do("answer" if "answer" in case.open else "other", answer="yes")
    case.do("after")
    assert case.ended["root-p"].variables["said"] == ["yes", "yes"]


def test_a_called_process_goes_on_under_its_own_version_and_hands_back_to_the_new_one(case):
    def caller(call: str, script: str) -> Drawing:
        drawn = process("p").start().call(call, "inner").script("took", script).user("last").end()
        return drawn.boundary("lapsed", call, error("no")).user("again").end()

    inner = process("inner").start().user("work").exclusive("well").end(when="fine").at("well").otherwise()
    inner.end("badly", error("no"))
    case.deploy(caller("call", "sum = found"), inner).start("p")
    migrated(case, caller("called", "sum = found + 1"), call="called")
    assert {it.process_key: it.bundle_digest for it in case.state.instances} == {"p": "v2", "inner": "v1"}
    migrated(case, inner, key="inner")
    case.do("work", fine=True, found=1)
    assert case.open == ["last"]
    case.do("last")
    assert case.ended["root-p"].variables["sum"] == 2


def test_an_error_of_what_was_called_comes_to_the_edge_that_was_drawn_then(case):
    drawn = process("p").start().call("call", "inner").end().boundary("lapsed", "call", error("no")).user("again").end()
    inner = process("inner").start().user("work").end("badly", error("no"))
    case.deploy(drawn, inner).start("p")
    migrated(case, drawn)
    case.do("work")
    assert case.open == ["again"]


def test_half_of_a_join_waits_for_the_other_half(case):
    def drawing(left: str, right: str) -> Drawing:
        drawn = process("p").start().parallel("fork").user(left).parallel("join").user("after").end()
        return drawn.at("fork").script("noted", "seen = true").user(right).to("join")

    case.deploy(drawing("a", "b")).start("p")
    case.do("a", x=1)
    renamed = {"Flow_a_join": "Flow_left_join", "a": "left"}
    migrated(case, drawing("left", "b"), **renamed)
    case.do("b", y=2)
    case.do("after")
    assert case.ended["root-p"].variables == {"seen": True, "x": 1, "y": 2}


def test_steps_may_be_put_in_and_taken_out_before_and_behind_where_a_case_stands(case):
    first = process("p").start().user("gone").parallel("fork").user("a").parallel("join").user("after").end()
    first.at("fork").user("b").to("join")
    case.deploy(first).start("p")
    case.do("gone", was=1)
    second = process("p").start().script("new", "was = 2").parallel("fork").user("a").user("then").parallel("join")
    second.script("sum", "total = was").end().at("fork").user("b").to("join")
    migrated(case, second)
    case.do("b")
    case.do("a")
    case.do("then")
    assert case.ended["root-p"].variables == {"was": 1, "total": 1}


def test_what_waits_for_messages_and_conditions_hears_them_afterwards(case):
    def drawing(task: str) -> Drawing:
        drawn = process("p").start().parallel("fork").first_of("race").catch("hear", message("hello", variable="said"))
        drawn.user("heard").end().at("race").catch("pause", after('duration("P1D")')).end("silent")
        drawn.at("fork").user(task).end("did").boundary("urgent", task, condition("hot"), interrupting=False)
        return drawn.user("hurry").end("hurried").boundary("stop", task, signal("halt")).end("halted")

    case.deploy(drawing("work")).start("p", hot=False)
    outcome = migrated(case, drawing("job"), work="job")
    assert {(it.activity_id, it.kind) for it in outcome.carried.events} == {("hear", "message"), ("stop", "signal")}
    case.deliver("hello", "good day")
    assert case.open == ["heard", "job"]
    case.do("heard", hot=True)
    assert case.open == ["hurry", "job"]


def test_a_loop_keeps_its_count_and_takes_the_new_condition(case):
    def drawing(condition: str) -> Drawing:
        return process("p").start().user("try", loop=repeat(condition=condition, maximum=5)).end()

    case.deploy(drawing("again")).start("p", again=True)
    case.do("try")
    migrated(case, drawing("loopCounter < 3"))
    (task,) = case.tasks.values()
    assert task.item_index == 1


def test_a_case_can_go_over_again_and_back(case):
    case.deploy(two()).start("p")
    start = case.state_hash
    migrated(case, two("Ask them"))
    assert case.state_hash != start, "the hash says which version a case goes by"
    case.move(Migrate("root-p", "v2", case.deployed["v1", "p"]))
    assert case.state_hash == start


def test_who_is_asked_and_how_is_what_the_new_version_says_but_when_it_is_due_is_not(case):
    def drawing(role: str, days: int, form: str) -> Drawing:
        due = {"candidateRole": role, "dueDate": f'duration("P{days}D")', "priority": str(days)}
        return process("p").start().user("ask", form=form, properties=due, instructions=f"Ask in {days}.").end()

    case.deploy(drawing("pogi.sec", 3, "old")).start("p")
    (task,) = migrated(case, drawing("pogi.chair", 9, "new")).carried.tasks
    assert (task.role, task.form, task.priority, task.instructions) == ("pogi.chair", "new.schema.json", 9, "Ask in 9.")
    assert (task.due_at, task.follow_up_at) == (None, None), "nothing is said of these"


def test_an_event_that_is_new_on_the_edge_of_what_waits_counts_from_the_next_time_on(case):
    late = two().boundary("late", "ask", after('duration("P1D")')).end("late_end")
    case.deploy(two()).start("p")
    outcome = migrated(case, late)
    assert outcome.carried.idle == ("late",)
    assert (case.waiting_timers, outcome.timers_set) == ([], ())
    case.do("ask", share=1)
    assert case.open == ["sign"]


def test_an_event_that_has_come_already_may_be_gone(case):
    with_reminder = two().boundary("remind", "ask", after('duration("P1D")'), interrupting=False).user("look").end("l")
    case.deploy(with_reminder).start("p")
    case.due("remind")
    elsewhere = two().parallel("never").user("look").end("l")
    migrated(case, elsewhere)
    case.do("look", seen=1)
    case.do("ask", share=1)
    assert case.open == ["sign"]


# --- what does not fit -----------------------------------------------------------------------------------------------


def one(kind: str, key: str, *events: Any, **more: Any) -> Drawing:
    return process("p").start().node(kind, key, *events, **more).user("later").end()


WAITS = "It waits for something else there."


@pytest.mark.parametrize(
    ("before", "then", "why"),
    [
        (one("userTask", "a"), one("userTask", "b"), "It is not there any more."),
        (one("userTask", "a"), one("manualTask", "a"), "It is something of another kind there."),
        (one("userTask", "a"), one("userTask", "a", loop=repeat(maximum=2)), "It is repeated in another way there."),
        (one("userTask", "a"), process("p").start().sub("s").start("i").user("a").close().end(),
         "It stands in another sub-process there."),
        (one("intermediateCatchEvent", "a", message("x")), one("intermediateCatchEvent", "a", message("y")), WAITS),
        (one("intermediateCatchEvent", "a", message("x")), one("intermediateCatchEvent", "a", signal("x")), WAITS),
        (one("intermediateCatchEvent", "a", after('"P1D"')), one("intermediateCatchEvent", "a", every('"R/P1D"')),
         WAITS),
        (process("p").start().call("a", "inner").end(), process("p").start().call("a", "other").end(),
         "It calls another process there."),
        (one("userTask", "a"), process("p").start().user("later").end().user("a", joined=False).end("e"),
         "No way leads to it any more."),
    ],
)  # fmt: skip
def test_what_has_no_counterpart_is_named_with_the_reason(case, before, then, why):
    case.deploy(before, process("inner").start().user("work").end()).start("p", b=1)
    assert refused(case, then) == {"a": why}


def test_an_event_on_an_edge_must_stay_on_that_edge(case):
    def drawing(host: str | None) -> Drawing:
        drawn = process("p").start().user("a").user("b").end()
        return drawn if host is None else drawn.boundary("late", host, after('duration("P1D")')).end("l")

    case.deploy(drawing("a")).start("p")
    assert refused(case, drawing(None)) == {"late": "It is not there any more."}
    assert refused(case, drawing("b")) == {"late": "It stands on the edge of something else there."}


def test_events_that_race_must_race_on(case):
    def drawing(gateway: str) -> Drawing:
        drawn = process("p").start().node(gateway, "race").catch("hear", message("m")).end("h")
        return drawn.at("race").catch("pause", after('duration("P1D")')).end("s")

    case.deploy(drawing("eventBasedGateway")).start("p")
    why = "It does not stand behind the same event gateway any more."
    assert refused(case, drawing("parallelGateway")) == {"hear": why, "pause": why}


def fork(*branches: str, kind: str = "parallelGateway", join: str = "join") -> Drawing:
    """Branches side by side that meet again; in none of these is anything but one task."""
    drawn = process("p").start().node(kind, "fork").user(branches[0]).node(kind, join).user("after").end()
    for branch in branches[1:]:
        drawn.at("fork").user(branch).to(join)
    return drawn


ALONE = "It waits for a branch there that has not begun in this case and cannot come."
PARTS = "Branches of the case would meet here, and do not meet there."


def test_a_branch_that_has_not_begun_is_missed_where_the_others_meet(case):
    case.deploy(fork("a", "b")).start("p")
    assert refused(case, fork("a", "b", "c")) == {"join": ALONE}
    case.do("a")
    assert refused(case, fork("a", "b", "c")) == {"join": ALONE}
    case.do("b")
    migrated(case, fork("a", "b", "c"), digest="v3")
    assert case.open == ["after"]


def test_a_fork_drawn_around_where_a_case_stands_is_found_out(case):
    case.deploy(process("p").start().user("a").user("after").end()).start("p")
    assert refused(case, fork("a", "b")) == {"join": ALONE}


def test_branches_that_would_have_met_must_meet(case):
    apart = process("p").start().parallel("fork").user("a").end("ea").at("fork").user("b").end("eb")
    case.deploy(fork("a", "b")).start("p")
    assert refused(case, apart) == {"join": PARTS}
    chosen = process("p").start().parallel("fork").user("a").exclusive("join").user("after").end()
    assert refused(case, chosen.at("fork").user("b").to("join")) == {"join": PARTS}
    case.do("a")
    assert refused(case, apart) == {"join": "It is not there any more."}


def test_branches_that_may_meet_are_held_to_it_too(case):
    inclusive = fork("a", "b", kind="inclusiveGateway")
    case.deploy(inclusive).start("p")
    assert refused(case, fork("a", "b", kind="inclusiveGateway", join="other")) == {"join": PARTS}
    migrated(case, fork("a", "b", kind="inclusiveGateway", join="other"), digest="v2", join="other")
    case.do("a")
    case.do("b")
    assert case.open == ["after"]


def test_the_way_by_which_a_branch_came_to_a_join_must_be_there(case):
    case.deploy(fork("a", "b")).start("p")
    case.do("a")
    drawn = process("p").start().parallel("fork").user("b").parallel("join").user("after").end()
    why = "A branch waits here for the others, and the way by which it came is not there any more."
    assert refused(case, drawn.at("fork").user("c").to("join")) == {"join": why}


def test_new_names_are_looked_at_first(case):
    case.deploy(fork("a", "b")).start("p")
    assert refused(case, fork("a", "b"), nothing="a", b="c", join="fork") == {
        "nothing": "It is to be called otherwise, but the case's own version has no such element.",
        "b": "It is to be called “c”, and nothing is called so there.",
    }
    assert refused(case, fork("a", "b"), b="a") == {"b": "Two things that the case waits at would become one."}


def test_a_text_that_cannot_be_evaluated_for_what_waits_stops_it(case):
    case.deploy(two()).start("p")
    wrong = process("p").start().user("ask", properties={"priority": "nobody knows"}).end()
    assert list(refused(case, wrong)) == ["ask"]


# --- whoever else is there -------------------------------------------------------------------------------------------


def test_whoever_saw_another_version_is_told_that_the_case_moved_on(case):
    case.deploy(two()).start("p")
    migrated(case, two("Ask them"))
    with pytest.raises(CaseMovedOn):
        case.move(Migrate("root-p", "v1", case.deployed["v2", "p"]))


def test_a_process_that_still_holds_the_living_object_does_not_go_on_by_the_old_version():
    case = Case()
    case.deploy(two()).start("p")
    elsewhere = case.cache
    case.cache = LiveCache()
    migrated(case, two(script="total = share * 100"))
    case.cache = elsewhere
    case.do("ask", share=1)
    case.do("sign")
    assert case.ended["root-p"].variables["total"] == 100


def test_time_goes_on_while_nothing_else_does(case):
    case.deploy(two()).start("p")
    case.wait(days=400)
    assert migrated(case, two()).states[0].version == 2
    assert case.now - case.steps[0][1] == timedelta(days=400)
