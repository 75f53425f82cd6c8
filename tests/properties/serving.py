"""A random case played at once by the token game and by the service: deployed, started and worked off over its API,
its timers fired by the service's own round, and after every move looked at from outside and inside."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import reject

from service.commands import instances, timers
from service.domain.errors import InstanceNotFound
from service.domain.ports import SteppedClock
from service.engine.stepping.advance import CACHE
from service.identity.callers import PORTS
from service.identity.clockwork import fire_due
from service.queries import replay
from service.queries.timers import due
from service.runtime.command import Call
from tests.api.problems import is_problem
from tests.api.sending import send
from tests.app.house import House, Someone
from tests.engine.case import MORNING
from tests.properties.activities import Stopped
from tests.properties.deployable import bundle, deployable
from tests.properties.kept import KeptCase, kept
from tests.properties.looking import (
    Lives,
    alive,
    ended_in_game,
    messages_in_engine,
    messages_in_game,
    open_in_engine,
    open_in_game,
    timers_in_engine,
    timers_in_game,
)
from tests.properties.looking import json as text_of
from tests.properties.plans import Plan
from tests.properties.processes import RandomCase, Step
from tests.properties.sketch import BEGINNING, NUMBERS
from tests.properties.token_game import Game

ROLE = "pogi.sec"
REFUSED = {
    "output-never-set",
    *("deadlock", "left-behind", "livelock", "unbounded-tokens", "dead-activity"),
}
"""The rules that random processes break: they promise outputs that a person may or may not give, and some of them would
stand still or heap work up."""
UNFIT = ({"typename": "x", "a": [1, {"b": 2.0}]}, "æ\u0000")
"""Those of the odd values that no variable can hold."""
COLD = 5
"""A rest of so many hours is a restart: no instance is alive after it."""


@dataclass(frozen=True)
class Move:
    """A move on a task, with answers, or on a timer, without; `after` so many others that went through."""

    target: str
    after: int
    answers: dict[str, Any] | None = None


@dataclass
class Served:
    """A case under way: the game, and what the service kept after its last move. `moves` counts what went through,
    `troubles` says where a move could not be made, by its target, and `tries` which move an incident waits to make."""

    house: House
    someone: Someone
    plans: tuple[Plan, ...]
    game: Game = field(init=False)
    root: str = ""
    case_id: str = ""
    kept: KeptCase = field(init=False)
    lives: Lives = field(default_factory=dict)
    read: int = -1
    moves: int = 0
    troubles: dict[str, Stopped] = field(default_factory=dict)
    tries: dict[str, Move] = field(default_factory=dict)
    incidents: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        ports = replace(self.house.ports, clock=SteppedClock(MORNING))
        self.house = replace(self.house, ports=ports)
        self.house.app.extensions[PORTS] = ports
        self.plans = tuple(map(deployable, self.plans))
        self.game = Game({plan.key: plan for plan in self.plans}, MORNING)

    # --- deploying and starting ----------------------------------------------------------------------------------------

    def deploy(self) -> None:
        """Put the processes into force. One that promises too much, or would not come to its end, is refused, and the
        example with it."""
        key = self.plans[0].key
        manifest = {"key": key, "titles": {"en": key}, "source_language": "en", "process": key}
        files = bundle(self.plans, ROLE) | {"bundle.json": json.dumps(manifest).encode()}
        answer = send(self.someone, files)
        if answer.status_code == 422:
            errors = is_problem(answer, 422, "bundle-refused")["errors"]
            assert REFUSED & {error["rule"] for error in errors}, errors
            reject()
        assert answer.status_code in (200, 201), answer.json

    def start(self) -> bool:
        """Start the first process; answers whether it could be."""
        key = self.plans[0].key
        answer = self.someone.post("/api/v1/instances", {"definition": key, "variables": BEGINNING})
        self.root, self.case_id = answer.json["id"], answer.json["case_id"]
        try:
            self.game = self.game.start(key, BEGINNING)
        except Stopped as stopped:
            self.incidents.append(stopped.kind)
            incident = answer.json["incident"]
            assert (answer.status_code, incident["kind"], incident["activity"]) == (202, stopped.kind, stopped.element)
            assert self.someone.get(f"/api/v1/cases/{self.case_id}").json["instances"] == []
            return False
        assert answer.status_code == 201, answer.json
        self.moves += 1
        self._look()
        assert {it["id"] for it in answer.json["tasks"]} == set(self.kept.tasks)
        return True

    # --- moving --------------------------------------------------------------------------------------------------------

    def step(self, step: Step) -> None:
        """One of the moves that are possible: a person's task, a round of the clock, another try."""
        self._set_clock(self.game.now + timedelta(hours=step.rest))
        if step.rest == COLD:
            CACHE.clear()
        possible = sorted(self._possible(), key=lambda it: it[0])
        if possible:
            possible[step.pick % len(possible)][1](step)

    def _possible(self) -> Iterator[tuple[str, Callable[[Step], None]]]:
        for task in open_in_engine(self.kept, self.lives):
            yield str(task.what), partial(self._complete, task.id)
        for timer in timers_in_engine(self.kept, self.lives):
            if timer.id not in self.kept.held:
                yield str(timer.what), partial(self._come_round, timer.what.due)
        for incident, move in self.tries.items():
            if move.after < self.moves:
                yield str(self.troubles[move.target]), partial(self._try_again, incident)

    def _complete(self, task_id: str, step: Step) -> None:
        asks = self.game.works()[self._work(task_id)].token.node.asks
        given = {"any": step.odd, "said": step.odd, **dict(zip(NUMBERS, step.numbers, strict=True))}
        answers = {name: given[name] for name in asks}
        if step.odd in UNFIT and {"any", "said"} & {*asks}:
            is_problem(self._post(f"tasks/{task_id}/complete", {"answers": answers}), 422, "answers-refused")
            answers |= {name: "fit" for name in asks if name not in NUMBERS}

        def request() -> bool:
            answer = self._post(f"tasks/{task_id}/complete", {"answers": answers})
            assert answer.status_code == (202 if answer.json.get("incident") else 200), answer.json
            return answer.json["incident"] is not None

        self._both(Move(task_id, self.moves, answers), request)

    def _come_round(self, moment: datetime, _: Step) -> None:
        """A round of the service's clockwork at that moment; each of its firings is followed."""
        self._set_clock(max(self.game.now, moment))
        fire = timers.fire

        def followed(call: Call, case_id: str, timer_id: str) -> Any:
            answer: dict[str, Any] = {}

            def request() -> bool:
                answer.update(fire(call, case_id, timer_id))
                return not answer["fired"]

            if timer_id in self.kept.timers:
                self._both(Move(timer_id, self.moves), request)
            else:
                request()
            return answer

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(timers, "fire", followed)
            fire_due()
        assert due("pogi", self.game.now) == []

    def _try_again(self, incident: str, _: Step) -> None:
        def request() -> bool:
            answer = self._post(f"incidents/{incident}/retry", {})
            assert answer.status_code == 200, answer.json
            return answer.json["incident"]["resolved_at"] is None

        self._both(replace(self.tries[incident], after=self.moves), request)

    def _post(self, path: str, body: Any) -> Any:
        return self.someone.post(f"/api/v1/{path}", body)

    def _set_clock(self, now: datetime) -> None:
        self.game.now = now
        self.house.clock.forward(now)

    # --- both sides ----------------------------------------------------------------------------------------------------

    def _both(self, move: Move, request: Callable[[], bool]) -> None:
        """Make a move on both sides; `request` answers whether the service made an incident of it."""
        before = self.kept
        try:
            self.game = self._play(move)
        except Stopped as stopped:
            assert request(), f"the game stops: {stopped}"
            self.incidents.append(stopped.kind)
            self.troubles[move.target] = stopped
            self.game.over, self.game.escalated = [], []
            self._look(tried=move)
            assert (self.kept.state, self.kept.tasks, self.kept.timers) == (before.state, before.tasks, before.timers)
        else:
            assert not request(), "the game goes on"
            self.moves += 1
            self.troubles.pop(move.target, None)
            self._look()

    def _play(self, move: Move) -> Game:
        if move.answers is not None:
            return self.game.complete(self._work(move.target), move.answers)
        timer = next(it for it in timers_in_engine(self.kept, self.lives) if it.id == move.target)
        return self.game.come(timers_in_game(self.game).index(timer.what))

    def _work(self, task_id: str) -> int:
        task = next(it for it in open_in_engine(self.kept, self.lives) if it.id == task_id)
        return open_in_game(self.game).index(task.what)

    def _look(self, tried: Move | None = None) -> None:
        """Compare what is kept and shown with the game; `tried` is the move that could not be made."""
        game, seen = self.game, kept(self.someone, self.case_id)
        lives = alive(seen)
        self.kept, self.lives = seen, lives
        assert sorted(it.what for it in open_in_engine(seen, lives)) == sorted(open_in_game(game))
        assert sorted(it.what for it in timers_in_engine(seen, lives)) == sorted(filter(None, timers_in_game(game)))
        assert sorted(messages_in_engine(seen, lives)) == sorted(filter(None, messages_in_game(game)))
        entries = list(self._entries())
        assert sorted(
            (it["data"]["activity"], it["data"]["code"] or "") for it in entries if it["kind"] == "escalation.uncaught"
        ) == sorted((element, code or "") for element, code in game.escalated)
        ended = [self._shown(it["data"]["instance"]) for it in entries if it["kind"] == "instance.ended"]
        assert sorted((it["definition"], it["status"], text_of(it["variables"])) for it in ended) == ended_in_game(game)
        self._look_at_incidents(tried)

    def _look_at_incidents(self, tried: Move | None) -> None:
        waiting = {*self.kept.tasks, *self.kept.timers}
        self.troubles = {target: it for target, it in self.troubles.items() if target in waiting}
        root = self._shown(self.root)
        assert (root["status"] == "active") == bool(self.game.instances)
        assert sorted((it["kind"], it["activity"] or "") for it in root["incidents"]) == sorted(
            (it.kind, it.element or "") for it in self.troubles.values()
        )
        shown = {it["id"] for it in root["incidents"]}
        self.tries = {incident: move for incident, move in self.tries.items() if incident in shown}
        if tried is not None:
            known = {move.target: incident for incident, move in self.tries.items()}
            (incident,) = {known[tried.target]} if tried.target in known else shown - set(self.tries)
            self.tries[incident] = tried

    def _entries(self) -> Iterator[dict[str, Any]]:
        """What the journal has told since it was read last."""
        after: int | None = self.read
        while after is not None:
            page = self.someone.get(f"/api/v1/instances/{self.root}/journal?limit=500&after={after}").json
            yield from page["entries"]
            self.read, after = page["head"]["seq"] - 1, page["next"]

    def _shown(self, instance_id: str) -> dict[str, Any]:
        shown = self.someone.get(f"/api/v1/instances/{instance_id}").json
        assert isinstance(shown, dict)
        return shown

    # --- the end -------------------------------------------------------------------------------------------------------

    @property
    def over(self) -> bool:
        """Whether nothing is left to do."""
        return not self.game.instances

    def finish(self) -> None:
        """End what still runs. Then nothing waits any more, and the whole case is replayed."""
        if not self.over:
            self.cancel()
            self.moves += 1
        seen = kept(self.someone, self.case_id)
        assert (seen.state.instances, seen.tasks, seen.timers) == ((), {}, {})
        assert self._shown(self.root)["incidents"] == []
        shown = self.someone.get(f"/api/v1/cases/{self.case_id}").json
        assert shown["closed_at"] is not None
        assert "active" not in {it["status"] for it in shown["instances"]}
        verdict = replay.case(self.someone.actor, self.case_id)
        assert (verdict["ok"], verdict["steps"]) == (True, self.moves), verdict["difference"]

    def cancel(self) -> None:
        """Cancel the case."""
        instances.cancel(Call(self.someone.actor, self.house.ports), self.root)

    def clear_up(self) -> None:
        """Cancel the case if it still runs, so that the next one finds an empty inbox."""
        with suppress(InstanceNotFound):
            self.cancel()


def served(house: House, someone: Someone, random_case: RandomCase) -> Served:
    """Play a case to the end of its walk, or its own. Whatever happens, nothing of it waits in the inbox afterwards."""
    play = Served(house, someone, random_case.plans)
    play.deploy()
    if not play.start():
        return play
    try:
        for step in random_case.walk:
            if play.over:
                break
            play.step(step)
        play.finish()
    finally:
        play.clear_up()
    return play
