"""The token game with its choices set free, played out in every way: what may become of a process, by no rule of ours.

The game asks a choice for its condition; here it is told instead, and where it has not been told, every way is tried.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import combinations
from typing import Any

from service.domain.findings import Step
from tests.properties.activities import PEOPLE, Stopped
from tests.properties.plans import Flow, Plan
from tests.properties.token_game import Game
from tests.properties.tokens import Scope, Token, Watch

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
OVER = -1
MOST_TOKENS = 12
"""More in one small process are taken to be without bound."""


class Undecided(Exception):
    """A choice that the game has not been told; `number` is how many ways there are."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class TooMany(Exception):
    """There are more situations than are gone through; `heaped`: for tokens heap up."""

    def __init__(self, heaped: bool) -> None:
        super().__init__(heaped)
        self.heaped = heaped


class Noted(set[str]):
    """The elements that were passed in any run: one set for all copies of a game."""

    def __deepcopy__(self, _: object) -> "Noted":
        return self


class FreeGame(Game):
    """A game that is told its choices, one after another. What does not interrupt comes once in a scope."""

    told: tuple[int, ...] = ()
    passed: Noted

    def _chosen(self, token: Token) -> list[Any]:
        ways = ways_on(token.scope.instance.plan, token.node.id)
        if len(ways) == 1:
            return list(ways[0])
        if not self.told:
            raise Undecided(len(ways))
        number, self.told = self.told[0], self.told[1:]
        return list(ways[number])

    def _enter(self, token: Token) -> None:
        if token.node.kind != "parallelGateway":
            self.passed.add(token.node.id)
        super()._enter(token)

    def _leave(self, token: Token) -> None:
        self.passed.add(token.node.id)
        super()._leave(token)

    def _watch_edge(self, token: Token) -> None:
        super()._watch_edge(token)
        token.watches[:] = [it for it in token.watches if it.node.id not in _came(token.scope)]

    def _fire(self, watch: Watch, payload: Any) -> None:
        self.passed.add(watch.node.id)
        super()._fire(watch, payload)
        if not watch.node.interrupting and watch.due is not None:
            token = watch.token
            _came(token.scope).add(watch.node.id)
            token.watches[:] = [it for it in token.watches if it.node.id != watch.node.id]


def _came(scope: Scope) -> set[str]:
    found: set[str] = scope.__dict__.setdefault("came", set())
    return found


class LedGame(FreeGame):
    """A game that takes the ways of a run, gateway by gateway in their order there."""

    led: dict[str, list[tuple[str, ...]]]

    def _chosen(self, token: Token) -> list[Any]:
        ways = ways_on(token.scope.instance.plan, token.node.id)
        wanted = self.led.get(token.node.id)
        if len(ways) == 1 or not wanted:
            return list(ways[0])
        gives = set(wanted.pop(0))
        return list(next(way for way in ways if {flow.id for flow in way} == gives))


def is_stuck_after(plan: Plan, steps: Sequence[Step]) -> bool:
    """Whether the game is stuck when it has gone the way of a counter-example: what people do and what comes, in the
    order of the steps; what moves by itself moves at once, and takes the ways that the steps say."""
    game = LedGame({plan.key: plan}, NOON)
    game.passed, game.led = Noted(), {}
    for step in steps:
        if step.event is None:
            game.led.setdefault(step.element, []).append(step.gives)
    people = {node.id for node in plan.nodes if node.kind in PEOPLE}
    waits = {node.id for node in plan.nodes if node.kind == "intermediateCatchEvent"}
    try:
        led = game.start(plan.key, {})
        for step in steps:
            if step.event is not None or step.element in waits:
                element = step.event or step.element
                number = next(n for n, watch in enumerate(led.watches()) if watch.node.id == element)
                led = led.come(number)
            elif step.element in people and step.does != "enters":
                works = [(n, work) for n, work in enumerate(led.works()) if work.token.node.id == step.element]
                number = next((n for n, work in works if work.token.flow in step.takes), works[0][0])
                led = led.complete(number, {})
    except Stopped as stopped:
        return stopped.kind == "stuck"
    return False


def ways_on(plan: Plan, node: str) -> list[tuple[Flow, ...]]:
    """The sets of flows by which a token may leave a node."""
    flows, kind = plan.leaving(node), plan.node(node).kind
    if kind == "exclusiveGateway" and flows:
        return [(flow,) for flow in flows]
    if kind == "inclusiveGateway" and len(flows) > 1:
        always = tuple(flow for flow in flows if flow.condition is None and not flow.default)
        free = [flow for flow in flows if flow.condition is not None]
        default = [] if always else [(flow,) for flow in flows if flow.default]
        sizes = range(0 if always else 1, len(free) + 1)
        return [(*always, *some) for size in sizes for some in combinations(free, size)] + default
    return [flows]


@dataclass
class Everything:
    """What becomes of a process in all its runs: whether one is `stuck`, whether one goes on with no end ahead, which
    elements are `passed`, at which two tokens stand at once."""

    stuck: bool = False
    hopeless: bool = False
    passed: Noted = field(default_factory=Noted)
    twice: set[str] = field(default_factory=set)


def played_out(plan: Plan, *, most: int = 2_000) -> Everything:
    """Every run of a process. Raises `TooMany` where more than `most` situations come up."""
    found, numbers, ends = Everything(), dict[str, int](), {OVER}
    edges: dict[int, list[int]] = {}
    todo: list[FreeGame] = []

    def arrived(game: FreeGame | None) -> int:
        if game is None:
            return OVER
        key = _seen(game)
        if key not in numbers:
            if sum(1 for _ in game._tokens()) > MOST_TOKENS:
                raise TooMany(heaped=True)
            if len(numbers) >= most:
                raise TooMany(heaped=False)
            numbers[key] = len(numbers)
            todo.append(game)
        return numbers[key]

    begun = FreeGame({plan.key: plan}, NOON)
    begun.passed = found.passed
    for game in _told(begun, lambda it: it.start(plan.key, {}), found):
        arrived(game)
    while todo:
        game = todo.pop()
        state = numbers[_seen(game)]
        edges[state] = []
        if not game.instances:
            ends.add(state)
        counts = Counter(work.token.node.id for work in game.works())
        found.twice |= {element for element, many in counts.items() if many > 1}
        moves: list[Any] = [lambda it, n=number: it.complete(n, {}) for number in range(len(game.works()))]
        moves += [lambda it, n=number: it.come(n) for number in range(len(game.watches()))]
        for move in moves:
            edges[state] += [arrived(after) for after in _told(game, move, found)]
    found.hopeless = _hopeless(edges, ends)
    return found


def _told(game: FreeGame, move: Any, found: Everything) -> Iterator[FreeGame | None]:
    """The game after a move, for every way in which its choices may go; None where all is stuck then, or an
    error has ended it."""
    open_ones: list[tuple[int, ...]] = [()]
    while open_ones:
        told = game.told = open_ones.pop()
        try:
            yield move(game)
        except Undecided as choice:
            open_ones += [(*told, number) for number in range(choice.number)]
        except Stopped as stopped:
            if stopped.kind not in ("stuck", "uncaught-error"):
                raise
            found.stuck = found.stuck or stopped.kind == "stuck"
            yield None


def _hopeless(edges: dict[int, list[int]], ends: set[int]) -> bool:
    """Whether moves can lead to where they lead on and on, and neither to an end nor to where all is stuck."""
    good, grows = set(ends), True
    while grows:
        more = {state for state, after in edges.items() if state not in good and good & set(after)}
        good, grows = good | more, bool(more)
    return not good.issuperset(edges)


def _seen(game: FreeGame) -> str:
    """The situation, but for ages and times."""
    return repr([_scope(instance.scope) for instance in game.instances])


def _scope(scope: Scope) -> Any:
    tokens = [
        (
            *(token.node.id, token.flow or "", len(token.works)),
            repr([_scope(work.inner) for work in token.works if work.inner]),
            repr(sorted(watch.node.id for watch in token.watches)),
        )
        for token in scope.tokens
    ]
    return sorted(tokens), sorted(_came(scope))
