"""Ids of extensions are taken for activities."""

from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

from tests.diagrams import each, process
from tests.engine.fences.sides import on_both


@on_both(bare="There is no support implemented for this task type.", ours=["target"])
def test_a_parameter_is_called_like_a_task(engine, expected):
    drawing = process("p").start().user("target").service("publish", "publish", {"target": "1"}).end()
    try:
        case = engine().deploy(drawing)
        case.start("p")
        seen = case.open
    except ValidationException as refusal:
        seen = str(refusal.args[0])
    assert seen == expected


@on_both(bare="NameError", ours=["a", "b"])
def test_a_variable_goes_by_the_name_of_the_item(engine, expected, monkeypatch):
    monkeypatch.setattr("tests.engine.fences.bare.as_the_library_names_items", bytes)  # as it is drawn
    noted = each("members", item="member", into="notes", result="note")
    case = engine().deploy(process("p").start().script("note_each", "note = member", loop=noted).end())
    try:
        case.start("p", members=["a", "b"])
        seen = case.variables["notes"]
    except WorkflowTaskException as wrong:
        seen = type(wrong.__context__).__name__
    assert seen == expected
