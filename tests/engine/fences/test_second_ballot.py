"""A second ballot in one instance raises."""

import pytest
from SpiffWorkflow.bpmn.exceptions import WorkflowDataException

from tests.diagrams import each, process
from tests.engine.fences.sides import on_both


@pytest.mark.parametrize("sequential", [False, True], ids=["at once", "one by one"])
@on_both(bare="raised", ours=["no", "yes"])
def test_a_ballot_is_repeated(engine, expected, sequential):
    ballot = each("members", item="member", into="votes", result="vote", sequential=sequential)
    drawing = process("p").start().exclusive("again").user("ask", loop=ballot).user("count").exclusive("carried")
    drawing.end(when="carried").at("carried").otherwise().to("again")
    case = engine().deploy(drawing)
    case.start("p", members=["a", "b"])
    case.do("ask", vote="yes")
    case.do("ask", vote="yes")
    try:
        case.do("count", carried=False)
        case.do("ask", vote="no")
        case.do("ask", vote="yes")
        case.do("count", carried=True)
        seen = case.variables["votes"]
    except WorkflowDataException:
        seen = "raised"
    assert seen == expected


@on_both(bare="raised", ours=["yes"])
def test_the_name_of_the_item_is_taken(engine, expected):
    ballot = each("members", item="member", into="votes", result="vote")
    case = engine().deploy(process("p").start().user("ask", loop=ballot).end())
    try:
        case.start("p", members=["a"], member="somebody")
        case.do("ask", vote="yes")
        seen = case.variables["votes"]
    except WorkflowDataException:
        seen = "raised"
    assert seen == expected
