"""A move that failed is made with help: other values where it failed, or past what failed. Nothing else is different."""

import pytest

from service.engine.shapes import Complete, Correct, Move, Skip, Start
from tests.diagrams import Drawing, after, each, error, message, process, times
from tests.engine.case import Case


def stopped(drawing: Drawing, *others: Drawing, **answers) -> tuple[Case, Move]:
    """A case whose first task could not be completed with these answers, and that move."""
    case = Case().deploy(drawing, *others)
    case.start(drawing.key)
    (task,) = [it for it in case.tasks.values() if it.activity_id == "ask"]
    move = Complete(task.instance_id, task.id, answers)
    case.move(move)
    assert case.incident is not None
    return case, move


def scripted() -> Drawing:
    return process("p").start().user("ask").script("count", "total = share * factor").user("sign").end()


def test_an_incident_names_what_its_text_reads():
    case, _ = stopped(scripted(), share=3, remark="x")
    assert case.incident is not None
    known = [(it.name, it.there, it.value) for it in case.incident.known]
    assert known == [("factor", False, None), ("share", True, 3)]
    assert (case.incident.bundle_digest, case.incident.process_key) == ("v1", "p")


def test_a_value_too_large_to_be_shown_is_only_said_to_be_there():
    case, _ = stopped(scripted(), share=["x" * 5_000])
    assert case.incident is not None
    assert [(it.name, it.large, it.value) for it in case.incident.known][1] == ("share", True, None)


def test_other_values_stand_where_the_move_failed_and_the_answers_stay_what_they_were():
    case, move = stopped(scripted(), share=3)
    case.move(Correct(move, "root-p", "count", {"factor": 2}))
    assert case.incident is None
    assert case.open == ["sign"]
    case.do("sign")
    assert case.ended["root-p"].variables == {"share": 3, "factor": 2, "total": 6}


def test_a_value_that_the_move_itself_brings_gives_way_too():
    case, move = stopped(scripted(), share="three", factor=2)
    case.move(Correct(move, "root-p", "count", {"share": 3}))
    case.do("sign")
    assert case.ended["root-p"].variables["total"] == 6


def test_help_for_the_whole_instance_stands_against_what_the_move_brings():
    case, move = stopped(scripted(), share="three", factor=2)
    case.move(Correct(move, "root-p", None, {"share": 3}))
    case.do("sign")
    assert case.ended["root-p"].variables["total"] == 6


def test_a_start_can_be_helped():
    case = Case().deploy(process("p").start().script("count", "total = share * 2").user("sign").end())
    move = Start("root-p", case.in_force["p"], {"share": "three"})
    case.move(move)
    assert case.incident is not None
    case.move(Correct(move, "root-p", None, {"share": 3}))
    case.do("sign")
    assert case.ended["root-p"].variables == {"share": 3, "total": 6}


def test_what_began_in_the_failed_step_can_be_helped():
    child = process("child").start().script("count", "total = share * factor").end()
    case, move = stopped(process("p").start().user("ask").call("do", "child").end(), child, share=3)
    assert case.incident is not None
    inside = case.incident.instance_id
    assert case.incident.process_key == "child"
    assert inside != "root-p"
    case.move(Correct(move, inside, "count", {"factor": 2}))
    assert case.ended["root-p"].variables["total"] == 6


def test_an_activity_is_passed_over_as_if_it_were_done():
    case, move = stopped(scripted(), share=3)
    outcome = case.move(Skip(move, "root-p", "count"))
    assert [it.activity_id for it in outcome.passed] == ["ask", "count"]
    assert case.open == ["sign"]
    case.do("sign")
    assert case.ended["root-p"].variables == {"share": 3}


def test_help_adds_up():
    drawing = process("p").start().user("ask").script("one", "a = b + 1").script("two", "c = d + 1").user("sign").end()
    case, move = stopped(drawing)
    first = Skip(move, "root-p", "one")
    case.move(first)
    assert case.incident is not None
    assert case.incident.activity_id == "two"
    case.move(Correct(first, "root-p", "two", {"d": 1}))
    case.do("sign")
    assert case.ended["root-p"].variables == {"c": 2, "d": 1}


def choice() -> Drawing:
    drawing = process("p").start().user("ask").exclusive("which").user("left", when="share > 50", flow="Left")
    return drawing.end("end_left").at("which").otherwise().user("right", flow="Right").end("end_right")


def test_a_gateway_takes_the_way_that_it_is_given():
    for flow, expected in (("Left", "left"), ("Right", "right")):
        case, move = stopped(choice())
        case.move(Skip(move, "root-p", "which", flow))
        assert case.open == [expected]


def test_a_gateway_without_a_way_stops_again():
    case, move = stopped(choice())
    case.move(Skip(move, "root-p", "which"))
    assert case.incident is not None
    assert case.incident.kind == "no-flow"


def test_a_task_whose_deadline_cannot_be_worked_out_is_never_opened():
    drawing = process("p").start().user("ask").user("late", properties={"dueDate": "nothing + 1"}).user("sign").end()
    case, move = stopped(drawing)
    case.move(Skip(move, "root-p", "late"))
    assert case.open == ["sign"]


def test_a_call_that_cannot_begin_is_passed_over():
    drawing = process("p").start().user("ask").call("do", "nowhere").user("sign").end()
    case = Case().deploy(drawing)
    case.in_force.pop("nowhere", None)
    child = process("child").start().user("work").end()
    case, move = stopped(
        process("p").start().user("ask").call("do", "child").user("sign").end(), child.io(inputs=["missing"])
    )
    case.move(Skip(move, "root-p", "do"))
    assert case.open == ["sign"]


def test_an_error_that_nothing_catches_ends_like_any_other_branch():
    case, move = stopped(process("p").start().user("ask").end("bad", error("lapsed")))
    assert case.incident is not None
    case.move(Skip(move, "root-p", "bad"))
    assert case.ended["root-p"].outcome == "completed"


def test_an_event_beside_a_task_is_not_waited_for():
    drawing = process("p").start().user("ask").user("work").end()
    drawing.boundary("late", "work", after("nothing")).end("end_late")
    case, move = stopped(drawing)
    case.move(Skip(move, "root-p", "late"))
    assert (case.open, case.waiting_timers) == (["work"], [])
    case.do("work")
    assert case.ended["root-p"].outcome == "completed"


def test_an_event_in_the_flow_has_come():
    case, move = stopped(process("p").start().user("ask").catch("rest", after("nothing")).user("sign").end())
    case.move(Skip(move, "root-p", "rest"))
    assert case.open == ["sign"]


def test_of_events_that_race_the_others_are_still_waited_for():
    drawing = process("p").start().user("ask").first_of("race").catch("rest", after("nothing")).user("a").end("end_a")
    drawing.at("race").catch("answer", message("answer")).user("b").end("end_b")
    case, move = stopped(drawing)
    case.move(Skip(move, "root-p", "rest"))
    assert case.incident is None
    case.deliver("answer", None)
    assert case.open == ["b"]


def test_where_branches_meet_the_later_stands():
    drawing = process("p").start().parallel("fork").user("ask").script("left", "x = 1").parallel("join").user("sign")
    drawing.end().at("fork").script("right", "x = 2").to("join")
    case, move = stopped(drawing)
    assert case.incident is not None
    assert case.incident.kind == "join-conflict"
    case.move(Skip(move, "root-p", "join"))
    assert case.open == ["sign"]
    again, move = stopped(drawing)
    again.move(Correct(move, "root-p", "join", {"x": 3}))
    assert again.open == ["sign"]
    again.do("sign")
    assert again.ended["root-p"].variables == {"x": 3}


def test_a_repetition_that_cannot_say_when_it_ends_ends_now():
    loop = each("people", item="person", into="votes", result="vote", until="count(votes) >= quorum")
    drawing = process("p").start().user("ask", loop=loop).user("sign").end()
    case = Case().deploy(drawing)
    case.start("p", people=["a", "b", "c"])
    task = next(iter(case.tasks.values()))
    move = Complete(task.instance_id, task.id, {"vote": "yes"})
    case.move(move)
    assert case.incident is not None
    case.move(Skip(move, "root-p", "ask"))
    assert case.open == ["sign"]
    case.do("sign")
    assert case.ended["root-p"].variables["votes"] == ["yes"]


def test_a_repetition_goes_on_with_a_value_put_right():
    loop = each("people", item="person", into="votes", result="vote", until="count(votes) >= quorum")
    case = Case().deploy(process("p").start().user("ask", loop=loop).user("sign").end())
    case.start("p", people=["a", "b", "c"])
    first, second, _ = case.tasks.values()
    move = Complete(first.instance_id, first.id, {"vote": "yes"})
    case.move(move)
    case.move(Correct(move, "root-p", "ask", {"quorum": 2}))
    assert case.open == ["ask", "ask"]
    case.move(Complete(second.instance_id, second.id, {"vote": "no"}))
    assert case.open == ["sign"]


def test_every_item_is_helped():
    drawing = process("p").start().user("ask").sub("each", loop=times("3")).start("in").script("one", "y = x + 1")
    case, move = stopped(drawing.end("out").close().user("sign").end())
    case.move(Skip(move, "root-p", "one"))
    assert case.open == ["sign"]


@pytest.mark.parametrize("hot", [True, False])
def test_help_leaves_the_same_state_hot_and_cold(hot):
    case = Case(hot=hot).deploy(scripted())
    case.start("p")
    task = next(iter(case.tasks.values()))
    move = Complete(task.instance_id, task.id, {"share": 3})
    case.move(move)
    case.move(Correct(Skip(move, "root-p", "sign"), "root-p", "count", {"factor": 2}))
    assert case.ended["root-p"].variables["total"] == 6


def test_a_step_that_takes_too_long_is_stopped_and_can_be_made_again():
    case = Case(patience=0.0).deploy(
        process("p").start().sub("many", loop=times("100")).start("in").end("out").close().end()
    )
    case.start("p")
    assert case.incident is not None
    assert case.incident.kind == "too-long"
    case.patience = None
    case.start("p")
    assert case.incident is None
