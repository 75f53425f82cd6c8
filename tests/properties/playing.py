"""A random case played at once by the token game and by the engine, hot and cold, compacted or not."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from service.engine.shapes import Advance, Complete, Deliver, Due, Move, Start
from tests.engine.case import MORNING, Case
from tests.properties.activities import Stopped
from tests.properties.drawn import drawing
from tests.properties.looking import (
    Lives,
    alive,
    ended_in_engine,
    ended_in_game,
    messages_in_engine,
    messages_in_game,
    open_in_engine,
    open_in_game,
    timers_in_engine,
    timers_in_game,
)
from tests.properties.plans import Plan
from tests.properties.processes import RandomCase, Step
from tests.properties.sketch import BEGINNING, HAND_BACK, NUMBERS
from tests.properties.token_game import Game

VARIANTS = [(hot, compact) for hot in (True, False) for compact in (True, False)]
OPERATIONS = {HAND_BACK: lambda request: request.parameters["value"]}


@dataclass
class Played:
    """A case under way: the game, and the engine's four variants, `lives` as the first of them has stored its instances.
    `moves` counts what went through."""

    plans: tuple[Plan, ...]
    cases: list[Case] = field(init=False)
    game: Game = field(init=False)
    lives: Lives = field(default_factory=dict)
    moves: int = 0
    incidents: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cases = [Case(hot, compact, OPERATIONS) for hot, compact in VARIANTS]
        self.cases[0].deploy(*(drawing(plan) for plan in self.plans))
        for other in self.cases[1:]:
            other.deployed, other.in_force = self.cases[0].deployed, self.cases[0].in_force
        self.game = Game({plan.key: plan for plan in self.plans}, MORNING)

    def start(self) -> None:
        """Start the first process."""
        key = self.plans[0].key
        move = Start("root", self.cases[0].in_force[key], BEGINNING)
        self._both(move, lambda game: game.start(key, BEGINNING))

    def step(self, step: Step) -> None:
        """One of the moves that are possible: a person's task, a timer, a message."""
        works, timers = open_in_game(self.game), timers_in_game(self.game)
        moves = [(str(work), self._complete, number) for number, work in enumerate(works)]
        moves += [(str(timer), self._come, number) for number, timer in enumerate(timers)]
        self._set_clock(self.game.now + timedelta(hours=step.rest))
        _, move, number = sorted(moves, key=lambda it: (it[0], it[2]))[step.pick % len(moves)]
        move(number, step)

    def _complete(self, number: int, step: Step) -> None:
        given = {"any": step.odd, "said": step.odd, **dict(zip(NUMBERS, step.numbers, strict=True))}
        answers = {name: given[name] for name in self.game.works()[number].token.node.asks}
        wanted = open_in_game(self.game)[number]
        task = next(task for task in open_in_engine(self.cases[0], self.lives) if task.what == wanted)
        self._both(Complete(task.instance_id, task.id, answers), lambda game: game.complete(number, answers))

    def _come(self, number: int, step: Step) -> None:
        element, event = self.game.watches()[number].node.id, self.game.watches()[number].node.event
        assert event is not None
        move: Move
        if wanted := timers_in_game(self.game)[number]:
            self._set_clock(max(self.game.now, wanted.due))
            timer = next(timer for timer in timers_in_engine(self.cases[0], self.lives) if timer.what == wanted)
            move = Due(timer.instance_id, timer.id)
        else:
            # Of several that wait for one message, any may get it: the game follows the engine.
            place = next(it for it in messages_in_engine(self.cases[0], self.lives) if it.element == element)
            number = messages_in_game(self.game).index(place)
            move = Deliver(event.key or "", step.odd)
        self._both(move, lambda game: game.come(number, step.odd))

    def _set_clock(self, now: datetime) -> None:
        self.game.now = now
        for case in self.cases:
            case.now = now

    def _both(self, move: Move, play: Any) -> None:
        before = self.cases[0].state_hash
        outcomes = [case.move(move) for case in self.cases]
        for other in outcomes[1:]:
            assert other == outcomes[0]
        try:
            self.game = play(self.game)
        except Stopped as stopped:
            incident = outcomes[0].incident
            assert incident is not None, f"the game stops: {stopped}"
            assert (incident.kind, incident.activity_id) == (stopped.kind, stopped.element)
            assert outcomes[0] == Advance(state_hash=outcomes[0].state_hash, incident=incident)
            assert outcomes[0].state_hash == before or self.moves == 0
            self.incidents.append(stopped.kind)
            return
        assert outcomes[0].incident is None
        self.moves += 1
        self._compare(outcomes[0])

    def _compare(self, outcome: Advance) -> None:
        case, game = self.cases[0], self.game
        lives = self.lives = alive(case)
        assert sorted(task.what for task in open_in_engine(case, lives)) == sorted(open_in_game(game))
        assert sorted(timer.what for timer in timers_in_engine(case, lives)) == sorted(
            filter(None, timers_in_game(game))
        )
        assert sorted(messages_in_engine(case, lives)) == sorted(filter(None, messages_in_game(game)))
        assert ended_in_engine(outcome, case) == ended_in_game(game)
        assert sorted((it.activity_id, it.code or "") for it in outcome.escalated) == sorted(
            (element, code or "") for element, code in game.escalated
        )

    @property
    def over(self) -> bool:
        """Whether nothing is left to do."""
        return not self.game.instances


def played(random_case: RandomCase) -> Played:
    """Play a case to the end of its walk, or its own."""
    play = Played(random_case.plans)
    play.start()
    for step in random_case.walk:
        if play.over:
            break
        play.step(step)
    return play
