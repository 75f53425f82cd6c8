"""The course of the demonstration, played until the steering group votes on the target, with the pages that people had
before them on the way."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from service.cli.demonstration.playing import Play
from service.queries.demonstration import course
from service.queries.tasks import inbox
from tests.app.browsing import Browser, browser
from tests.app.demonstration import begin
from tests.app.house import House
from tests.app.visiting import cookie_of


class Reached(Exception):
    """The task at which the course is left."""


@dataclass
class Watched(Play):
    """A course that keeps the page of every task as the person had it who did it: `pages`, by activity and how many of
    it came before."""

    house: House | None = None
    pages: dict[tuple[str, int], str] = field(default_factory=dict)
    _done: Counter[str] = field(default_factory=Counter)

    def browser(self, account: str, workspace: str = "pogi") -> Browser:
        """The browser of somebody of the sample."""
        assert self.house is not None
        found = browser(self.house)
        found.hold(cookie_of(self.house, self._actor(workspace, account)))
        return found

    def task(self, account: str, activity: str, case: str = "E1") -> str:
        """The task of that activity which waits for that person."""
        workspace, case_id = self.cases[case]
        waiting = inbox(self._actor(workspace, account), "roles", limit=100)["tasks"]
        return str(next(it["id"] for it in waiting if (it["case_id"], it["activity"]) == (case_id, activity)))

    def _do(
        self, workspace: str, case_id: str, account: str, activity: str, answers: Any, *, item: int | None = None
    ) -> None:
        key = (activity, self._done[activity])
        if activity == "Task_vote" and "Task_instruct" in self._done:
            raise Reached
        if key not in self.pages and item in (None, 0):
            self._work()
            waiting = inbox(self._actor(workspace, account), "roles", limit=100)["tasks"]
            found = next(it["id"] for it in waiting if (it["case_id"], it["activity"]) == (case_id, activity))
            self.pages[key] = self.browser(account, workspace).get(f"/{workspace}/tasks/{found}").text
        self._done[activity] += 1
        super()._do(workspace, case_id, account, activity, answers, item=item)


def watched(house: House) -> Watched:
    """The course as far as the first vote on the target."""
    begin()
    play = Watched(house=house)
    try:
        play.play(course("e1")["steps"])
    except Reached:
        return play
    raise AssertionError("the course has no vote on the target")
