"""A mistake of ours in the middle of a step is an incident that keeps the answers, and its log names no value."""

from service.engine.nodes import activities
from tests.diagrams import process
from tests.engine.case import Case


def test_our_own_mistake_keeps_the_case_as_it_was(monkeypatch, caplog):
    case = Case().deploy(process("p").start().user("ask").script("note", "n = 2").user("next").end())
    case.start("p", name="Kirsten")
    before = case.state

    def fail(self, my_task):
        raise KeyError(my_task.data["name"])

    with monkeypatch.context() as broken:
        broken.setattr(activities.ScriptTask, "act", fail)
        case.do("ask", remark="Kirsten")
    assert case.incident is not None
    assert case.incident.kind == "internal"
    assert case.state == before
    assert "KeyError" in caplog.text
    assert "Kirsten" not in caplog.text
    case.do("ask", remark="Kirsten")
    assert case.open == ["next"]
