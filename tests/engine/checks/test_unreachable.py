from tests.diagrams import after, process
from tests.engine.checks.judging import elements, findings

RULE = "unreachable"


def test_boundary_paths_and_insides_of_sub_processes_are_reachable() -> None:
    drawing = (
        process("p")
        .start()
        .sub("s")
        .start("inner")
        .user("b")
        .end("out")
        .close()
        .end()
        .boundary("late", "s", after('"P1D"'))
        .user("remind")
        .end("late_end")
    )
    assert findings(RULE, drawing) == []


def test_of_a_lost_stretch_the_first_node_is_told() -> None:
    drawing = process("p").start().end().at("nowhere").node("userTask", "lost", joined=False).user("after").end()
    assert elements(RULE, drawing) == ["lost"]


def test_a_lost_ring_is_told_too() -> None:
    drawing = process("p").start().end().node("userTask", "one", joined=False).user("two").to("one")
    assert elements(RULE, drawing) == ["one"]
