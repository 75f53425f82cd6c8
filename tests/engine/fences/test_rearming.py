"""Non-interrupting boundary events fire once."""

from tests.diagrams import escalation, every, process
from tests.engine.fences.sides import on_both


@on_both(bare=["remind", "second"], ours=["remind", "remind", "second"])
def test_the_second_escalation(engine, expected):
    drawing = process("p").start().sub("work").start("begin_work").throw("late", escalation("late")).user("first")
    drawing.throw("later", escalation("late")).user("second").end("worked").close().end()
    drawing.boundary("edge", "work", escalation("late"), interrupting=False).user("remind").end("reminded")
    case = engine().deploy(drawing)
    case.start("p")
    case.do("first")
    assert case.open == expected


@on_both(bare=[], ours=["remind"])
def test_the_task_of_a_reminder_outlives_the_activity(engine, expected):
    drawing = process("p").start().user("work").end()
    drawing.boundary("weekly", "work", every('"R3/P7D"'), interrupting=False).user("remind").end("reminded")
    case = engine().deploy(drawing)
    case.start("p")
    case.due("weekly")
    assert case.open == ["remind", "work"]
    case.do("work")
    assert case.open == expected
