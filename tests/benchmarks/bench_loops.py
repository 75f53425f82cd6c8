"""A loop of very many rounds, and a vote of very many members: the last step costs what the first does."""

from functools import partial
from typing import Any

from service.commands import instances, tasks
from service.runtime.command import Call
from tests.app.house import House
from tests.benchmarks.measure import Times, tell
from tests.diagrams import each, process

ROUNDS = (10, 1_000, 5_000)
AT_ONCE = 50
MEMBERS = 200


def test_loop(one_house: House):
    drawing = process("round").start().exclusive("again", name="Again").user("act", lane="pogi.sec")
    drawing = drawing.exclusive("more").end("done", when="stop = true").at("more").otherwise().to("again")
    one_house.deploy({"round.bpmn": drawing.bpmn()})
    call = Call(one_house.person("secretary", "pogi.sec").actor, one_house.ports)
    task, done = instances.start(call, "round", {"stop": False}, None)["tasks"][0]["id"], 0

    def step() -> None:
        nonlocal task, done
        task, done = tasks.complete(call, task, {})["opened"][0]["id"], done + 1

    first, lines = None, []
    for rounds in ROUNDS:
        times = Times(f"rounds to {rounds}")
        while done < rounds - AT_ONCE:
            step()
        while done < max(rounds, AT_ONCE):
            times.take(step)
        first = first or times
        lines.append(times.told(first))
    tell(lines)


def test_vote(one_house: House):
    drawing = process("ballot").start().user("vote", lane="pogi.sec", loop=each("members", item="member")).end()
    one_house.deploy({"ballot.bpmn": drawing.bpmn()})
    call = Call(one_house.person("teller", "pogi.sec").actor, one_house.ports)
    members = [f"member {number}" for number in range(MEMBERS)]
    start, votes = Times(f"to open a vote of {MEMBERS}"), Times("each vote")
    waiting: list[str] = []
    start.take(lambda: waiting.extend(it["id"] for it in begin(call, members)))
    for task in waiting:
        votes.take(partial(tasks.complete, call, task, {}))
    head, tail = Times("the first ten", votes.taken[:10]), Times("the last ten", votes.taken[-10:])
    tell([start.told(), votes.told(), head.told(), tail.told(head)])


def begin(call: Call, members: list[str]) -> list[dict[str, Any]]:
    """The tasks of a vote of theirs."""
    return list(instances.start(call, "ballot", {"members": members}, None)["tasks"])
