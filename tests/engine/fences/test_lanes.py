"""Lanes are lost in called processes."""

from types import SimpleNamespace

from tests.diagrams import diagram, process
from tests.engine.fences.sides import on_both

MESSAGES = SimpleNamespace(key="messages", bpmn=lambda: diagram(drawn=False))
OUTER = process("outer").start().call("call", "inner").end()
INNER = process("inner").start(lane="secretariat").user("scan", lane="secretariat").end(lane="secretariat")


@on_both(bare={None, "secretariat"}, ours={"secretariat"})
def test_a_called_process_is_read_after_a_file_without_a_process(engine, expected):
    """The library files lanes under the memory address of a document, which is used again once that is gone."""
    seen = set()
    for _ in range(100):
        case = engine().deploy(OUTER, MESSAGES, INNER)
        case.start("outer")
        seen.add(case.lanes["scan"])
    assert seen == expected
