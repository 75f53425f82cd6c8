"""A call for each of several organisations: what it starts is for who acts for that organisation, in the role drawn."""

import pytest

from service.commands import instances, tasks
from service.domain.errors import NotCandidate
from service.queries.tasks import inbox
from service.runtime.command import Call
from tests.app.house import House
from tests.app.records import MEMBERS, partnership, representative
from tests.diagrams import each, files, process


def test_each_member_gets_the_tasks_of_the_process_that_was_called_for_it(house: House):
    loop = each("members", item="member")
    drawing = (
        process("statements")
        .io(inputs=["members"])
        .start()
        .call("ask", "statement", loop=loop, properties={"candidateFrom": "member", "binding": "deployment"})
    )
    child = process("statement").start().user("write", lane="pogi.sg").user("sign", lane="pogi.sg").end()
    house.deploy(files(drawing.end(), child))
    made = list(partnership(house, MEMBERS[:2]).values())
    calls = [
        Call(representative(house, f"sg{number}", organisation, "pogi.sg").actor, house.ports)
        for number, organisation in enumerate(made)
    ]
    instances.start(calls[0], "statements", {"members": made}, None)
    (one,), (other,) = (list(inbox(call.actor, "roles")["tasks"]) for call in calls)
    assert one["id"] != other["id"]
    with pytest.raises(NotCandidate):
        tasks.claim(calls[0], other["id"])
    tasks.complete(calls[1], other["id"], {})
    (following,) = inbox(calls[1].actor, "roles")["tasks"]
    assert following["name"] == "sign"
    assert [task["id"] for task in inbox(calls[0].actor, "roles")["tasks"]] == [one["id"]]
