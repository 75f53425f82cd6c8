"""What goes into a called process and what comes out of it. Every step here reads all instances from their snapshots."""

from tests.diagrams import Drawing, each, process
from tests.engine.case import Case


def test_all_variables_go_in_and_what_changed_comes_out():
    child = process("child").start().user("ask").script("set", "b = a + 1\nunchanged = unchanged").end()
    case = Case(hot=False).deploy(process("p").start().call("call", "child").user("after").end(), child)
    case.start("p", a=1, b=1, unchanged=[1], any={"typename": "x"})
    case.do("ask", answer=True)
    case.do("after")
    (inner, outer) = case.ended.values()
    assert inner.variables == {"a": 1, "b": 2, "unchanged": [1], "any": {"typename": "x"}, "answer": True}
    assert outer.variables == inner.variables


def test_two_calls_side_by_side_bring_back_only_what_they_changed():
    child = process("child").start().user("ask").end()
    drawing = process("p").start().parallel("fork").call("left", "child").parallel("join").end()
    drawing.at("fork").call("right", "child").to("join")
    case = Case(hot=False).deploy(drawing, child)
    case.start("p", shared=1)
    case.do("ask", nth=1, right=2)
    case.do("ask", left=1)
    assert case.incident is None
    assert case.ended["root-p"].variables == {"shared": 1, "left": 1, "right": 2}


def declared() -> Drawing:
    """A process that declares what it takes and gives."""
    return process("child").start().user("ask").end().io(inputs=["subject"], outputs=["decision"])


def test_only_declared_inputs_go_in_and_declared_outputs_come_out():
    case = Case(hot=False).deploy(process("p").start().call("call", "child").user("after").end(), declared())
    case.start("p", subject="E1", secret="kept")
    case.do("ask", decision="yes", aside="not handed on")
    case.do("after")
    inner, outer = case.ended.values()
    assert inner.variables == {"subject": "E1", "decision": "yes", "aside": "not handed on"}
    assert outer.variables == {"subject": "E1", "secret": "kept", "decision": "yes"}


def test_a_declared_input_that_the_case_does_not_have_is_an_incident_of_the_call():
    case = Case(hot=False).deploy(process("p").start().user("draft").call("call", "child").end(), declared())
    case.start("p")
    case.do("draft")
    assert case.incident is not None
    assert (case.incident.kind, case.incident.activity_id) == ("input-missing", "call")
    assert "subject" in case.incident.message
    case.do("draft", subject="E1")
    assert case.open == ["ask"]


def test_a_declared_output_that_is_missing_is_an_incident_and_the_child_waits_on():
    case = Case(hot=False).deploy(process("p").start().call("call", "child").end(), declared())
    case.start("p", subject="E1")
    case.do("ask", decided="yes")
    assert case.incident is not None
    assert case.incident.kind == "output-missing"
    assert "decision" in case.incident.message
    assert case.open == ["ask"]
    case.do("ask", decision="yes")
    assert case.ended["root-p"].variables == {"subject": "E1", "decision": "yes"}


def test_children_of_a_repeated_call_end_in_any_order_and_their_results_stand_in_the_order_of_the_items():
    child = process("child").start().user("vote").script("say", 'said = member + ": " + vote').end()
    loop = each("members", item="member", into="votes", result="said")
    case = Case(hot=False).deploy(process("p").start().call("ballot", "child", loop=loop).user("count").end(), child)
    case.start("p", members=["a", "b", "c"])
    case.do("vote", nth=1, vote="yes")
    case.do("vote", nth=1, vote="no")
    case.do("vote", vote="abstain")
    case.do("count")
    assert case.ended["root-p"].variables["votes"] == ["a: abstain", "b: yes", "c: no"]


def test_when_enough_children_have_ended_the_others_are_cancelled():
    child = process("child").start().user("vote").end()
    loop = each("members", item="member", into="votes", result="vote", until="count(votes) >= 2")
    case = Case(hot=False).deploy(process("p").start().call("ballot", "child", loop=loop).user("count").end(), child)
    case.start("p", members=["a", "b", "c", "d"])
    case.do("vote", nth=3, vote="no")
    case.do("vote", nth=1, vote="yes")
    assert case.open == ["count"]
    assert sorted(it.outcome for it in case.ended.values()) == ["cancelled", "cancelled", "completed", "completed"]
    case.do("count")
    assert case.ended["root-p"].variables["votes"] == ["yes", "no"]


def test_a_child_given_up_in_the_step_that_began_it_does_nothing_more():
    child = process("child").start().service("call", "votes.ask", {"member": "member"}, result="vote").end()
    loop = each("members", item="member", into="votes", result="vote", until="count(votes) >= 2")
    case = Case(hot=False).deploy(process("p").start().call("ballot", "child", loop=loop).end(), child)
    case.operations = {"votes.ask": lambda request: "yes"}
    outcome = case.start("p", members=["a", "b", "c"])
    assert [call.parameters["member"] for call in outcome.calls] == ["a", "b"]
    assert case.ended["root-p"].variables["votes"] == ["yes", "yes"]
