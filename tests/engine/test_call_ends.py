"""Who ends whom when processes call one another. Every step here reads all instances back from their snapshots."""

import pytest

from service.domain.errors import TaskNotWaiting
from service.engine.shapes import Complete, Escalated
from tests.diagrams import Drawing, after, error, escalation, every, process
from tests.engine.case import Case


def outcomes(case: Case) -> dict[str, str]:
    """How the ended instances ended, by process; each process has run once."""
    keys = {it.child_id: it.process_key for outcome in case.advances for it in outcome.bound}
    return {keys.get(key, key): it.outcome for key, it in case.ended.items()}


def three_deep(innermost: Drawing, *, on_outer: Drawing | None = None, on_middle: Drawing | None = None) -> Case:
    """`outer` calls `middle` calls `inner`."""
    outer = on_outer or process("outer").start().call("to_middle", "middle").user("went_well").end()
    middle = on_middle or process("middle").start().call("to_inner", "inner").end()
    case = Case(hot=False).deploy(outer, middle, innermost)
    case.start("outer", since=1)
    return case


def test_a_timer_of_the_parent_cancels_child_and_grandchild():
    outer = process("outer").start().call("to_middle", "middle").user("went_well").end()
    outer.boundary("too_late", "to_middle", after('duration("P3D")')).user("make_up").end()
    inner = process("inner").start().user("slow").end()
    inner.boundary("remind", "slow", every('"R/P1D"'), interrupting=False).user("hurry").end()
    case = three_deep(inner, on_outer=outer)
    case.due("remind")
    assert case.open == ["hurry", "slow"]
    slow = next(task for task in case.tasks.values() if task.activity_id == "slow")
    outcome = case.due("too_late")
    assert case.open == ["make_up"]
    assert case.waiting_timers == []
    assert {it.reason for it in outcome.closed} == {"cancelled"}
    assert outcomes(case) == {"middle": "cancelled", "inner": "cancelled"}
    with pytest.raises(TaskNotWaiting):
        case.move(Complete(slow.instance_id, slow.id))
    case.do("make_up")
    assert case.ended["root-outer"].variables == {"since": 1}


def test_an_error_three_deep_is_caught_one_level_up_and_no_further():
    outer = process("outer").start().call("to_middle", "middle").user("went_well").end()
    outer.boundary("outer_catches", "to_middle", error("refused")).user("outer_mends").end()
    middle = process("middle").start().call("to_inner", "inner").end()
    middle.boundary("middle_catches", "to_inner", error("refused")).user("middle_mends").end()
    inner = process("inner").start().parallel("fork").user("decide").end("refuse", error("refused"))
    inner.at("fork").user("beside").end()
    case = three_deep(inner, on_outer=outer, on_middle=middle)
    case.do("decide")
    assert case.open == ["middle_mends"]
    assert outcomes(case) == {"inner": "error"}
    case.do("middle_mends")
    assert case.open == ["went_well"]


def test_an_error_goes_past_a_level_that_catches_another_and_ends_it():
    outer = process("outer").start().call("to_middle", "middle").user("went_well").end()
    outer.boundary("outer_catches", "to_middle", error("refused")).user("outer_mends").end()
    middle = process("middle").start().call("to_inner", "inner").end()
    middle.boundary("middle_catches", "to_inner", error("another")).user("middle_mends").end()
    inner = process("inner").start().user("decide").end("refuse", error("refused"))
    case = three_deep(inner, on_outer=outer, on_middle=middle)
    case.do("decide")
    assert case.open == ["outer_mends"]
    assert outcomes(case)["inner"] == "error"
    assert [state.process_key for state in case.state.instances] == ["outer"]


def test_an_error_that_nobody_catches_is_an_incident_and_the_task_can_be_done_again():
    inner = process("inner").start().user("decide").exclusive("well").end("fine", when="ok")
    inner.at("well").otherwise().end("refuse", error("refused"))
    case = three_deep(inner)
    case.do("decide", ok=False)
    assert case.incident is not None
    assert (case.incident.kind, case.incident.activity_id) == ("uncaught-error", "refuse")
    assert case.open == ["decide"]
    case.do("decide", ok=True)
    assert case.open == ["went_well"]


def test_an_escalation_bubbles_up_two_levels_while_the_child_goes_on():
    outer = process("outer").start().call("to_middle", "middle").user("went_well").end()
    outer.boundary("heard", "to_middle", escalation("delayed"), interrupting=False).user("look_into_it").end()
    inner = process("inner").start().user("first").throw("say", escalation("delayed")).user("second").end()
    case = three_deep(inner, on_outer=outer)
    outcome = case.do("first")
    assert case.open == ["look_into_it", "second"]
    assert outcome.escalated == ()
    case.do("second")
    assert case.open == ["look_into_it", "went_well"]


def test_an_escalation_that_nobody_catches_is_noted_and_the_child_goes_on():
    inner = process("inner").start().user("first").throw("say", escalation("delayed")).user("second").end()
    case = three_deep(inner)
    outcome = case.do("first")
    (child,) = [state.id for state in case.state.instances if state.process_key == "inner"]
    assert outcome.escalated == (Escalated(child, "say", "delayed"),)
    assert case.open == ["second"]


def test_an_escalation_that_interrupts_ends_the_child():
    outer = process("outer").start().call("to_middle", "middle").user("went_well").end()
    outer.boundary("heard", "to_middle", escalation()).user("take_over").end()
    inner = process("inner").start().user("first").throw("say", escalation("delayed")).user("second").end()
    case = three_deep(inner, on_outer=outer)
    case.do("first")
    assert case.open == ["take_over"]
    assert outcomes(case) == {"middle": "cancelled", "inner": "cancelled"}


def test_a_child_whose_last_token_escalates_into_an_interruption_was_given_up_and_did_not_complete():
    outer = process("outer").start().call("to_inner", "inner").user("went_well").end()
    outer.boundary("heard", "to_inner", escalation()).user("take_over").end()
    case = Case(hot=False).deploy(outer, process("inner").start().user("first").end("say", escalation("delayed")))
    case.start("outer")
    case.do("first")
    assert case.open == ["take_over"]
    assert outcomes(case) == {"inner": "cancelled"}


def test_an_error_in_a_called_process_is_caught_by_the_sub_process_around_the_call():
    outer = process("outer").start().sub("around").start("inside").call("to_inner", "inner").end("over").close()
    outer.user("went_well").end().boundary("caught", "around", error()).user("mend").end()
    case = Case(hot=False).deploy(outer, process("inner").start().user("decide").end("refuse", error("refused")))
    case.start("outer")
    case.do("decide")
    assert case.open == ["mend"]


def test_cancelling_the_case_from_outside_ends_all_it_started():
    case = three_deep(process("inner").start().user("slow").end())
    case.cancel("outer")
    assert case.state.instances == ()
    assert case.open == []
    assert outcomes(case) == {"root-outer": "cancelled", "middle": "cancelled", "inner": "cancelled"}


def test_processes_that_call_one_another_round_and_round_stop_at_the_depth_that_is_allowed():
    ping = process("ping").start().call("to_pong", "pong").end()
    pong = process("pong").start().call("back", "ping").end()
    case = Case(hot=False).deploy(process("p").start().user("draft").call("to_ping", "ping").end(), ping, pong)
    case.start("p")
    case.do("draft")
    assert case.incident is not None
    assert case.incident.kind == "too-deep"
    assert case.open == ["draft"]
    assert [state.process_key for state in case.state.instances] == ["p"]
