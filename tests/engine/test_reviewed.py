"""What a reader of the engine found: each in its smallest form."""

from datetime import UTC, datetime

from service.domain.errors import TaskNotWaiting
from tests.diagrams import after, each, every, message, process, times
from tests.engine.case import Case


def test_what_is_on_the_edge_of_a_receive_task_is_over_with_it():
    drawing = process("p").start().receive("wait", message("m")).user("next").end()
    case = Case().deploy(drawing.boundary("late", "wait", after('duration("P1D")')).user("chase").end("chased"))
    case.start("p")
    case.deliver("m")
    assert (case.open, case.waiting_timers) == (["next"], [])


def test_what_is_on_the_edge_of_a_send_task_does_not_keep_the_case_open():
    drawing = process("p").start().send("tell", message("m")).end()
    case = Case().deploy(drawing.boundary("late", "tell", after('duration("P1D")')).end("too_late"))
    case.start("p")
    assert [ended.outcome for ended in case.ended.values()] == ["completed"]


def test_answers_go_under_the_one_name_that_the_author_chose():
    case = Case().deploy(process("p").start().user("ask", texts={"variableName": "form"}).end())
    case.start("p")
    case.do("ask", a=1)
    assert case.ended["root-p"].variables == {"form": {"a": 1}}


def test_a_priority_that_is_none_is_said_with_its_element():
    case = Case().deploy(process("p").start().user("ask", properties={"priority": '"high"'}).end())
    case.start("p")
    assert case.incident is not None
    assert (case.incident.kind, case.incident.activity_id) == ("not-usable", "ask")


def test_a_cycle_keeps_its_day_and_its_hour():
    drawing = process("p").start().user("work").end()
    drawing.boundary("monthly", "work", every('"R/2026-03-31T09:00:00/P1M"'), interrupting=False).end("told")
    case = Case().deploy(drawing)
    case.start("p")
    seen = []
    for _ in range(3):
        seen += [due for _, due in case.waiting_timers]
        case.due("monthly")
    assert seen == [datetime(2026, month, day, 7, tzinfo=UTC) for month, day in ((3, 31), (4, 30), (5, 31))]


def test_a_cycle_that_began_long_ago_comes_once_and_not_for_all_its_past():
    drawing = process("p").start().user("work").end()
    drawing.boundary("tick", "work", every('"R/2000-01-01T00:00:00/PT1H"'), interrupting=False).end("ticked")
    case = Case().deploy(drawing)
    case.start("p")
    [(_, first)] = case.waiting_timers
    assert first >= case.now
    case.now = first
    case.wait(days=7)
    case.due("tick")
    [(_, following)] = case.waiting_timers
    assert following > case.now


def test_each_waiting_event_takes_the_message_that_is_meant_for_it():
    drawing = process("p").start().sub("all", loop=each("members", item="m", into="got", result="answer"))
    drawing.start("in").to("hear").raw(
        '<bpmn:intermediateCatchEvent id="hear"><bpmn:messageEventDefinition messageRef="message_answer">'
        "<bpmn:extensionElements><spiffworkflow:messageVariable>answer</spiffworkflow:messageVariable>"
        "<spiffworkflow:processVariableCorrelation><spiffworkflow:propertyId>member</spiffworkflow:propertyId>"
        "<spiffworkflow:expression>m</spiffworkflow:expression></spiffworkflow:processVariableCorrelation>"
        "</bpmn:extensionElements></bpmn:messageEventDefinition></bpmn:intermediateCatchEvent>"
    )
    drawing.events.append(message("answer", member="member"))
    case = Case().deploy(drawing.at("hear").end("out").close().end())
    case.start("p", members=["A", "B", "C"])
    for member in "CAB":
        case.deliver("answer", f"from {member}", member=member)
    assert case.ended["root-p"].variables["got"] == ["from A", "from B", "from C"]


def test_a_case_that_only_a_called_process_keeps_and_nobody_can_move_is_stuck():
    child = process("q").start().exclusive("choose").user("one", when="1 > 2").parallel("join").end()
    child.at("choose").otherwise().to("join")
    case = Case().deploy(process("p").start().call("ask", "q").end(), child)
    case.start("p")
    assert case.incident is not None
    assert case.incident.kind == "stuck"


def test_repetitions_inside_repetitions_stop_with_a_sentence():
    drawing = process("p").start().sub("many", loop=times("100")).start("in")
    case = Case().deploy(drawing.user("ask", loop=times("2000")).end("out").close().end())
    case.start("p")
    assert case.incident is not None
    assert case.incident.kind == "too-many-items"


def test_a_message_for_nobody_is_refused():
    case = Case().deploy(process("p").start().user("ask").end())
    case.start("p")
    try:
        case.deliver("m")
    except TaskNotWaiting:
        return
    raise AssertionError("nobody waits for it")
