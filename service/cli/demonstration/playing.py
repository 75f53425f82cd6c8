"""Playing a course of events: every step by the person who owes it, on a clock that is moved on from step to step."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from service.cli.wiring import calling
from service.commands import instances, tasks
from service.domain.actors import Actor, operator
from service.domain.errors import Refused
from service.domain.journal import INSTALLATION
from service.identity import call_as, clockwork, ports
from service.queries import accounts, organisations, timers
from service.queries.cases import newest_case
from service.queries.demonstration import layer
from service.queries.tasks import inbox

PAUSE = timedelta(minutes=10)
"""What a person takes for a step."""

MORNING, EVENING = time(8), time(15)
"""Between which hours (UTC) people work, from Monday to Friday."""


class StepImpossible(Refused):
    """Step {number} of the demonstration cannot be made: {reason}"""


@dataclass
class Play:
    """A course while it is played. `cases` are (workspace, case id) by the keys that the course gives them."""

    cases: dict[str, tuple[str, str]] = field(default_factory=dict)
    _number: int = 0
    _last: str = ""

    def play(self, steps: Iterable[Any]) -> None:
        """Make every step, in order. Raises `StepImpossible`, and what a command refuses."""
        organisation_ids = _organisation_ids()
        for step in _flat(steps):
            self._number += 1
            self._step(_resolved(step, organisation_ids))

    def _step(self, step: Mapping[str, Any]) -> None:
        if "start" in step:
            self._start(step)
            return
        if "begun" in step:
            self._begun(step)
            return
        workspace, case_id = self.cases[step.get("case", self._last)]
        if "until" in step:
            self._until(datetime.fromisoformat(step["until"]))
        elif "wait" in step:
            self._wait(workspace, case_id, step["wait"])
        elif isinstance(step.get("each"), Mapping):
            for account, answers in step["each"].items():
                self._do(workspace, case_id, account, step["do"], answers)
        elif "each" in step:
            for item, answers in enumerate(step["each"]):
                self._do(workspace, case_id, step["as"], step["do"], answers, item=item)
        else:
            self._do(workspace, case_id, step["as"], step["do"], step.get("answers", {}))

    def _start(self, step: Mapping[str, Any]) -> None:
        self._work()
        workspace = step.get("workspace", "pogi")
        call = call_as(self._actor(workspace, step["as"]))
        started = instances.start(call, step["start"], step["answers"], step["case"])
        self._refuse(started["incident"])
        self._last = step["case"]
        self.cases[self._last] = (workspace, started["case_id"])

    def _begun(self, step: Mapping[str, Any]) -> None:
        """Go on with the case of that process which the service has begun last."""
        workspace = step.get("workspace", "pogi")
        case_id = newest_case(workspace, step["begun"])
        if case_id is None:
            raise StepImpossible(number=self._number, reason=f"no case of {step['begun']} was begun.")
        self._last = step["case"]
        self.cases[self._last] = (workspace, case_id)

    def _do(
        self, workspace: str, case_id: str, account: str, activity: str, answers: Any, *, item: int | None = None
    ) -> None:
        """Complete the task of that activity which waits for the person of that account (the one of an item)."""
        self._work()
        actor = self._actor(workspace, account)
        hers = [it for it in inbox(actor, "roles", limit=100)["tasks"] if it["case_id"] == case_id]
        found = [it for it in hers if it["activity"] == activity and item in (None, it["item"])]
        if not found:
            waits = ", ".join(sorted({it["activity"] for it in hers})) or "nothing"
            raise StepImpossible(number=self._number, reason=f"{activity} does not wait for {account}, but {waits}.")
        done = tasks.complete(call_as(actor), found[0]["id"], answers)
        self._refuse(done["incident"])

    def _work(self) -> None:
        """Move on by what a step takes, to when people are at work."""
        moment = ports().now() + PAUSE
        if moment.time() > EVENING:
            moment = _morning(moment + timedelta(days=1))
        elif moment.time() < MORNING:
            moment = _morning(moment)
        while moment.weekday() > 4:
            moment = _morning(moment + timedelta(days=1))
        self._until(moment)

    def _wait(self, workspace: str, case_id: str, activity: str) -> None:
        """Move on to where that timer of the case is due, and let everything fire that is due by then."""
        due = [it[2] for it in timers.waiting(workspace) if it[:2] == (case_id, activity)]
        if not due:
            raise StepImpossible(number=self._number, reason=f"the timer {activity} does not wait.")
        self._until(due[0])

    def _until(self, moment: datetime) -> None:
        """Move the clock on, halting wherever a timer is due, so that each fires at its own moment."""
        while (due := self._next_due()) is not None and due <= moment:
            clockwork.forward(operator(INSTALLATION), due)
            if self._next_due() == due:
                raise StepImpossible(number=self._number, reason=f"the timer of {due:%Y-%m-%d} could not be fired.")
        clockwork.forward(operator(INSTALLATION), moment)

    def _next_due(self) -> datetime | None:
        workspaces = {workspace for workspace, _ in self.cases.values()}
        return min((it[2] for workspace in workspaces for it in timers.waiting(workspace)), default=None)

    def _actor(self, workspace: str, account: str) -> Actor:
        actor = accounts.named(workspace, account, ports().now())
        if actor is None:
            raise StepImpossible(number=self._number, reason=f"{account} is nobody in {workspace}.")
        return actor

    def _refuse(self, incident: Mapping[str, Any] | None) -> None:
        if incident is not None:
            raise StepImpossible(number=self._number, reason=f"{incident['activity']}: {incident['message']}")


def _morning(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), MORNING, UTC)


def _flat(steps: Iterable[Any]) -> Iterator[Mapping[str, Any]]:
    for step in steps:
        if isinstance(step, list):
            yield from _flat(step)
        else:
            yield step


def _organisation_ids() -> dict[str, str]:
    """The id of every sample organisation by `@` and its key."""
    found: dict[str, str] = {}
    for workspace, said in layer("sample").items():
        ids = {it["name"]: it["id"] for it in organisations.listed(calling(workspace).actor, ports().now())}
        found |= {f"@{it['key']}": ids[it["name"]] for it in said["organisations"]}
    return found


def _resolved(value: Any, ids: Mapping[str, str]) -> Any:
    """A step with every `@key` replaced by the organisation's id."""
    if isinstance(value, dict):
        return {key: _resolved(item, ids) for key, item in value.items()}
    if isinstance(value, list):
        return [_resolved(item, ids) for item in value]
    return ids.get(value, value) if isinstance(value, str) else value
