"""What an item of a repeated activity leaves: its result, decided by what was drawn, and what else it wrote."""

from typing import Any

import pytest

from service.engine.bundles import from_files
from service.engine.compiled import compile_bundle
from tests.diagrams import Drawing, each, files, process
from tests.engine.case import Case


def with_forms(drawing: Drawing, **forms: Any) -> Case:
    """A case of a bundle as it is deployed, with its forms."""
    case = Case(hot=False)
    for definition in compile_bundle(from_files(files(drawing, forms=forms))).definitions:
        case.deployed[definition.bundle_digest, definition.process_key] = definition
        case.in_force[definition.process_key] = definition
    return case


def form(*fields: str) -> dict[str, Any]:
    """A form that asks for these fields."""
    return {"type": "object", "properties": {name: {"type": "string"} for name in fields}}


def vote(result: str, **more: Any) -> Drawing:
    """Each member votes with the form `vote`; what is gathered goes by `result`."""
    loop = each("members", item="member", into="votes", result=result)
    return process("p").start().user("vote", lane="member", form="vote", loop=loop, **more).end()


def played(case: Case, *answers: dict[str, Any]) -> list[Any]:
    """The list of results when the members answer so."""
    case.start("p", members=[f"m{number}" for number in range(len(answers))])
    for answer in answers:
        case.do("vote", **answer)
    votes: list[Any] = case.ended["root-p"].variables["votes"]
    return votes


def test_a_field_of_the_form_is_the_result_also_where_somebody_leaves_it_empty():
    case = with_forms(vote("choice"), vote=form("choice", "remark"))
    assert played(case, {"choice": "for", "remark": "yes"}, {"remark": "no opinion"}) == ["for", None]


def test_a_form_without_the_field_leaves_all_its_answers():
    case = with_forms(vote("ballot"), vote=form("choice", "remark"))
    assert played(case, {"choice": "for"}, {"ballot": "stray", "choice": "against"}) == [
        {"choice": "for"},
        {"ballot": "stray", "choice": "against"},
    ]


def test_a_field_that_the_form_asks_for_on_a_condition_is_a_field():
    schema = form("choice") | {"allOf": [{"if": {"required": ["choice"]}, "then": {"properties": {"reason": {}}}}]}
    assert played(with_forms(vote("reason"), vote=schema), {"choice": "against", "reason": "price"}) == ["price"]


def test_the_one_name_that_the_author_chose_for_the_answers_is_the_field():
    case = with_forms(vote("ballot", texts={"variableName": "ballot"}), vote=form("choice"))
    assert played(case, {"choice": "for"}) == [{"choice": "for"}]


@pytest.mark.parametrize("sequential", [False, True], ids=["side by side", "one after another"])
@pytest.mark.parametrize("kind", ["script", "sub", "call"])
def test_an_item_that_sets_no_result_has_none_whatever_is_called_so_around_it(kind, sequential):
    loop = each("members", item="member", into="votes", result="vote", sequential=sequential)
    set_by_some = 'vote = if member = "b" then "yes" else vote'
    child = process("child").start().script("inner", set_by_some).end()
    drawing = process("p").start()
    if kind == "script":
        drawing.script("ask", set_by_some, loop=loop)
    elif kind == "call":
        drawing.call("ask", "child", loop=loop)
    else:
        drawing.sub("ask", loop=loop).start("in").script("inner", set_by_some).end("out").close()
    case = Case(hot=False).deploy(drawing.user("last").end(), child)
    case.start("p", members=["a", "b", "c"], vote="of another day")
    case.do("last")
    variables = case.ended["root-p"].variables
    assert (variables["votes"], variables["vote"]) == ([None, "yes", None], "of another day")


def test_a_call_that_hands_back_nothing_leaves_no_result():
    loop = each("members", item="member", into="votes", result="vote")
    case = Case(hot=False).deploy(
        process("p").start().call("ask", "child", loop=loop).end(), process("child").start().user("see").end()
    )
    case.start("p", members=["a"], vote="of another day")
    case.do("see")
    assert case.ended["root-p"].variables["votes"] == [None]


def test_items_one_after_another_keep_what_else_they_write_and_the_next_sees_it():
    loop = each("members", item="member", into="votes", result="vote", sequential=True)
    drawing = process("p").start().script("ask", "total = total + member\nvote = total * 10", loop=loop).end()
    case = Case(hot=False).deploy(drawing)
    case.start("p", members=[1, 2, 3], total=0)
    assert case.ended["root-p"].variables == {"members": [1, 2, 3], "total": 6, "votes": [10, 30, 60]}


def test_items_side_by_side_that_gather_results_leave_nothing_else():
    loop = each("members", item="member", into="votes", result="vote")
    case = Case(hot=False).deploy(process("p").start().user("ask", loop=loop).end())
    case.start("p", members=["a", "b"])
    case.do("ask", vote="yes", remark="mine")
    case.do("ask", vote="no", remark="also mine")
    assert case.ended["root-p"].variables == {"members": ["a", "b"], "votes": ["yes", "no"]}


def test_a_field_that_stands_in_a_part_of_the_form_is_a_field():
    schema = {"$ref": "#/$defs/ballot", "$defs": {"ballot": form("choice") | {"oneOf": [{"$ref": "#"}]}}}
    assert played(with_forms(vote("choice"), vote=schema), {"choice": "for"}) == ["for"]
