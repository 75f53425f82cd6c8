"""What a client of the service does while it is killed: whole cases, each request sent until it is answered."""

import json
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.app.house import VOTE
from tests.diagrams import process
from tests.faults.lives import Ask, Died, Fatal, Lives

KEY = "three-tasks"
TRIES = 3
"""Cases in which a place may not be reached before it counts as one that is not there."""
NOWHERE = ("nowhere", 1)
REMARK = "Said in her own words, and kept sealed."


def three_tasks() -> dict[str, bytes]:
    """A process of three tasks; the second has a form with a sealed field."""
    drawing = process(KEY).start()
    drawing = drawing.user("prepare", lane="pogi.sec").user("vote", lane="pogi.sec", form="vote")
    return {
        "three-tasks.bpmn": drawing.user("publish", lane="pogi.sec").end("done").bpmn(),
        "vote.schema.json": json.dumps(VOTE).encode(),
    }


@dataclass(slots=True)
class Lived:
    """One case as its client knows it: what was answered, and the request that waits for its answer."""

    number: int
    case_id: str | None = None
    done: list[tuple[Ask, dict[str, Any]]] = field(default_factory=list)
    doubt: Ask | None = None

    def course(self, *, claiming: bool = True) -> Generator[Ask, dict[str, Any], None]:
        """Every request of the case, in order; tasks are claimed before they are completed, or completed as they are."""
        number = count()

        def ask(path: str, body: dict[str, Any]) -> Ask:
            return Ask(f"/api/v1/{path}", body, f"case-{self.number}-{next(number)}")

        answer = yield ask("instances", {"definition": KEY, "business_key": f"case {self.number}"})
        self.case_id, waiting = answer["case_id"], answer["tasks"]
        while waiting:
            task = waiting[0]
            if claiming:
                yield ask(f"tasks/{task['id']}/claim", {})
            answers = {"vote": "for", "remark": REMARK} if task["activity"] == "vote" else {}
            answer = yield ask(f"tasks/{task['id']}/complete", {"answers": answers})
            waiting = answer["opened"]


@dataclass(slots=True)
class Client:
    """Sends case after case, and counts where the service died of it."""

    lives: Lives
    points: Iterator[Fatal]
    judge: Callable[[Lived], list[str]]
    killed: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    cases: int = 0

    def work(self, kills: int) -> None:
        """Begin cases until the service has died `kills` times, and bring the last one to its end."""
        fatal, missed = next(self.points), 0
        for number in count():
            if sum(self.killed.values()) >= kills:
                break
            self.lives.end()  # some places are reached by a fresh process alone
            self.lives.begin(fatal)
            left = self.one(Lived(number), fatal, kills)
            self.cases += 1
            missed = missed + 1 if left == fatal else 0
            if missed == TRIES:
                self.wrong.append(f"{fatal} is never reached")
                left, missed = next(self.points), 0
            fatal = left
        self.lives.end()

    def one(self, lived: Lived, fatal: Fatal, kills: int) -> Fatal:
        """Bring one case from start to end in the life that dies at `fatal`; gives where the last life is to die."""
        course = lived.course()
        ask = next(course)
        while True:
            lived.doubt = ask
            try:
                status, answer = self.lives.send(ask)
            except Died:
                self.killed[fatal[0]] += 1
                self.wrong += [f"after {fatal}: {fault}" for fault in self.judge(lived)]
                fatal = next(self.points) if sum(self.killed.values()) < kills else NOWHERE
                self.lives.begin(fatal)
                continue
            lived.doubt = None
            if status not in {200, 201}:
                self.wrong.append(f"{ask.path} was answered with {status}: {answer}")
                return fatal
            lived.done.append((ask, answer))
            try:
                ask = course.send(answer)
            except StopIteration:
                self.wrong += self.judge(lived)
                return fatal
