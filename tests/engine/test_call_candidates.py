"""Whom the tasks of a called process are for, where the call is repeated for each of several."""

import pytest

from tests.diagrams import Drawing, each, process
from tests.engine.case import Case


@pytest.fixture(params=[True, False], ids=["hot", "cold"])
def case(request):
    """A case, kept alive or read back at each step."""
    return Case(hot=request.param)


def statements(**properties: str) -> Drawing:
    """A statement of each member, whoever they are."""
    loop = each("members", item="member", into="statements", result="statement")
    return process("p").start().call("ask", "child", loop=loop, properties=properties).end()


def whom(case: Case) -> dict[str, list[tuple[str | None, str | None]]]:
    """Activity → (role, whom it is for) of its open tasks, oldest first."""
    found: dict[str, list[tuple[str | None, str | None]]] = {}
    for task in case.tasks.values():
        found.setdefault(task.activity_id, []).append((task.role, task.candidate))
    return found


def test_the_tasks_of_each_called_process_are_for_whom_its_item_names(case):
    child = process("child").start().user("write", lane="member").user("sign", lane="chair").end()
    case.deploy(statements(candidateFrom="member.organisation"), child)
    case.start("p", members=[{"organisation": "north"}, {"organisation": "south"}])
    assert whom(case) == {"write": [("member", "north"), ("member", "south")]}
    case.do("write", nth=1)
    assert whom(case) == {"write": [("member", "north")], "sign": [("chair", "south")]}


def test_a_task_that_names_its_role_or_whom_it_is_for_keeps_that(case):
    child = process("child").start().parallel("fork").user("write", lane="member").end()
    child.at("fork").user("check", properties={"candidateRole": "secretariat"}).end()
    loop = each("advisers", item="adviser")
    child.at("fork").user("advise", lane="member", loop=loop, properties={"candidateFrom": "adviser"}).end()
    case.deploy(statements(candidateFrom="member"), child).start("p", members=["north"], advisers=["ada"])
    assert whom(case) == {
        "write": [("member", "north")],
        "check": [("secretariat", None)],
        "advise": [("member", "ada")],
    }


def test_what_a_called_process_calls_is_for_the_same_unless_that_call_says_otherwise(case):
    inner = process("inner").start().user("write", lane="member").end()
    child = process("child").start().parallel("fork").call("same", "inner").end()
    other = each("others", item="other")
    child.at("fork").call("another", "inner", loop=other, properties={"candidateFrom": "other"}).end()
    case.deploy(statements(candidateFrom="member"), child, inner).start("p", members=["north"], others=["ada"])
    assert whom(case) == {"write": [("member", "north"), ("member", "ada")]}


def test_a_call_that_names_nobody_leaves_the_tasks_to_their_roles(case):
    case.deploy(statements(), process("child").start().user("write", lane="member").end()).start("p", members=["north"])
    assert whom(case) == {"write": [("member", None)]}


def test_whom_a_call_is_for_must_be_a_name(case):
    case.deploy(statements(candidateFrom="member"), process("child").start().user("write").end())
    case.start("p", members=[7])
    assert case.incident is not None
    assert (case.incident.kind, case.incident.activity_id) == ("not-usable", "ask")
