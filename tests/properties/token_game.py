"""An independent token game: BPMN 2.0's chapter 13 on a plan, with the data rules in `data`.

It is written from those and knows nothing of the engine. A token carries the variables of its branch. What
stands in a diagram's order (branches, conditions) is played in that order; tokens move in turn, first come first.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from tests.properties.activities import ACTIVITIES, PEOPLE, Activities, Stopped
from tests.properties.data import Conflict, at_rest, both, changes, joined, up_to_date
from tests.properties.plans import Node, Plan, Timer
from tests.properties.tokens import History, Instance, Scope, Token, Variables, Watch, Work, next_age


@dataclass(frozen=True)
class Over:
    """An instance that ended."""

    process: str
    outcome: str
    variables: Variables


class Game(Activities):
    """One case: its instances, oldest first, and what came to its end in the last move."""

    def __init__(self, plans: Mapping[str, Plan], now: datetime) -> None:
        self.plans, self.now = dict(plans), now
        self.instances: list[Instance] = []
        self.over: list[Over] = []
        self.escalated: list[tuple[str, str | None]] = []
        self.queue: deque[Callable[[], None]] = deque()

    # --- the moves: each answers with the game after it, and leaves this one as it was ---------------------------------

    def start(self, key: str, variables: Variables) -> Self:
        """Start a process. Raises `Stopped`, as all moves do."""
        return self._move(lambda game: game._begin_instance(game.plans[key], variables, None))

    def complete(self, number: int, answers: Variables) -> Self:
        """The work with that number among `works` is done by a person with these answers."""
        return self._move(lambda game: game._answer(game.works()[number], answers))

    def come(self, number: int, payload: Any = None) -> Self:
        """The event with that number among `watches` comes."""
        return self._move(lambda game: game._fire(game.watches()[number], payload))

    def _move(self, move: Callable[["Game"], object]) -> Self:
        game = deepcopy(self)
        game.over, game.escalated = [], []
        move(game)
        game._play()
        return game

    # --- what waits ------------------------------------------------------------------------------------------------------

    def works(self) -> list[Work]:
        """What people have to do, instance by instance."""
        return [work for token in self._tokens() for work in token.works if token.node.kind in PEOPLE]

    def watches(self) -> list[Watch]:
        """The timers and messages that are waited for, instance by instance, oldest first."""
        found = [watch for token in self._tokens() for watch in token.watches if _outside(watch)]
        place = {id(instance): number for number, instance in enumerate(self.instances)}
        return sorted(found, key=lambda it: (place[id(it.token.scope.instance)], it.age))

    def _tokens(self) -> Iterable[Token]:
        for instance in self.instances:
            yield from _within(instance.scope)

    # --- playing ---------------------------------------------------------------------------------------------------------

    def _play(self) -> None:
        """Let every token move that can."""
        while self.queue or self._join_inclusive() or self._close_scope():
            if self.queue:
                self.queue.popleft()()
        for instance in self.instances:
            tokens = list(_within(instance.scope))
            if not any(self._waits(token) for token in tokens):
                raise Stopped("stuck", None)

    def _waits(self, token: Token) -> bool:
        people = bool(token.works) and token.node.kind in (*PEOPLE, "callActivity")
        return people or any(_outside(watch) for watch in token.watches)

    def _begin_instance(self, plan: Plan, variables: Variables, caller: Work | None) -> Instance:
        instance = Instance(plan, dict(variables), caller)
        self.instances.append(instance)
        instance.scope = self._begin_scope(instance, plan.key, None, variables)
        return instance

    def _begin_scope(self, instance: Instance, key: str, holder: Work | None, variables: Variables) -> Scope:
        scope = Scope(instance, key, holder, dict(variables), dict(variables))
        self._arrive(scope, instance.plan.start(key), None, variables, ())
        return scope

    def _arrive(self, scope: Scope, node: Node, flow: str | None, data: Variables, history: History) -> None:
        token = Token(scope, node, flow, dict(data), history)
        scope.tokens.append(token)
        self.queue.append(lambda: self._enter(token) if token in scope.tokens else None)

    def _enter(self, token: Token) -> None:
        """A token has come to a node."""
        node, plan = token.node, token.scope.instance.plan
        if node.kind in ACTIVITIES:
            before = dict(token.data)
            self._forget_results(token)
            self._watch_edge(token)
            self._perform(token, before)
        elif node.kind in ("parallelGateway", "inclusiveGateway"):
            if len(plan.entering(node.id)) < 2:
                self._leave(token)
            elif node.kind == "parallelGateway":
                self._join_parallel(token)
        elif node.kind == "eventBasedGateway":
            for flow in plan.leaving(node.id):
                self._watch(token, plan.node(flow.target))
        elif node.kind == "intermediateCatchEvent":
            self._watch(token, node)
        elif node.kind == "endEvent":
            self._end(token)
        else:
            if node.event is not None:
                self._throw(token, node)
            self._leave(token)

    def _forget_results(self, token: Token) -> None:
        """A repeated activity begins: the results of an earlier round are no more, for what is on its edge either."""
        if token.node.repeats is not None and token.node.repeats.results in token.data:
            token.data.pop(token.node.repeats.results)
            token.history = up_to_date(token.scope.given, token.history, token.data)

    def _leave(self, token: Token) -> None:
        """The token is done at its node and goes on."""
        if token not in token.scope.tokens:
            return
        flows = self._chosen(token)
        token.scope.tokens.remove(token)
        token.history = up_to_date(token.scope.given, token.history, token.data)
        if not flows:
            self._use_up(token)
        for flow in flows:
            target = token.scope.instance.plan.node(flow.target)
            self._arrive(token.scope, target, flow.id, token.data, token.history)

    def _chosen(self, token: Token) -> list[Any]:
        node, flows = token.node, token.scope.instance.plan.leaving(token.node.id)
        if node.kind not in ("exclusiveGateway", "inclusiveGateway"):
            return list(flows)
        taken = []
        for flow in flows:
            if not flow.default and (flow.condition is None or self._value(token, flow.condition, token.data)):
                taken.append(flow)
                if node.kind == "exclusiveGateway":
                    break
        taken = taken or [flow for flow in flows if flow.default]
        if not taken:
            raise Stopped("no-flow", node.id)
        return taken

    # --- joins -----------------------------------------------------------------------------------------------------------

    def _join_parallel(self, token: Token) -> None:
        wanted = [flow.id for flow in token.scope.instance.plan.entering(token.node.id)]
        first = _first_of_each(token.scope, token.node, wanted)
        if len(first) == len(wanted):
            self._join(first)

    def _join_inclusive(self) -> bool:
        """Let one inclusive gateway go on for which no further token can come; answers whether there was one."""
        for token in self._tokens():
            plan, node = token.scope.instance.plan, token.node
            wanted = [flow.id for flow in plan.entering(node.id)]
            if node.kind == "inclusiveGateway" and len(wanted) > 1:
                first = _first_of_each(token.scope, node, wanted)
                full = {arm.flow for arm in first}
                others = [other for other in token.scope.tokens if other.node is not node]
                ways = [_ways(plan, place, node.id) for other in others for place in _places(other)]
                if not any(way - full and not way & full for way in ways):
                    self._join(first)
                    return True
        return False

    def _join(self, arms: list[Token]) -> None:
        scope, node = arms[0].scope, arms[0].node
        try:
            data, history = joined(scope.given, [(arm.data, arm.history) for arm in arms])
        except Conflict:
            raise Stopped("join-conflict", node.id) from None
        for arm in arms:
            scope.tokens.remove(arm)
        token = Token(scope, node, None, data, history)
        scope.tokens.append(token)
        self._leave(token)

    # --- ends ------------------------------------------------------------------------------------------------------------

    def _end(self, token: Token) -> None:
        event = token.node.event
        if event is not None and event.kind == "terminate":
            for other in list(token.scope.tokens):
                if other is not token:
                    self._remove(other)
            if token.scope.holder is None:
                token.scope.instance.outcome = "terminated"
        elif event is not None:
            self._throw(token, token.node)
        if token in token.scope.tokens:
            token.scope.tokens.remove(token)
            self._use_up(token)

    def _use_up(self, token: Token) -> None:
        """A token ends: what it changed, and those that ended before did not, comes to what they left."""
        scope = token.scope
        scope.ended = next_age()
        scope.data, scope.history = both(scope.given, (scope.data, scope.history), (token.data, token.history))

    def _close_scope(self) -> bool:
        """End one scope in which no token is left; answers whether there was one."""
        for instance in self.instances:
            scopes = [
                instance.scope,
                *(it.inner for token in _within(instance.scope) for it in token.works if it.inner),
            ]
            for scope in scopes:
                if not scope.tokens:
                    if scope.holder is None:
                        self._end_instance(instance)
                    else:
                        scope.holder.inner = None
                        self._done(scope.holder, scope.data)
                    return True
        return False

    def _end_instance(self, instance: Instance) -> None:
        data, caller, plan = instance.scope.data, instance.caller, instance.plan
        self.instances.remove(instance)
        self.over.append(Over(plan.key, instance.outcome, data))
        if caller is None:
            return
        caller.child = None
        if plan.outputs is None:
            back = {name: value for name, value in changes(instance.given, data).items() if name in data}
        elif not set(plan.outputs) <= set(data):
            raise Stopped("output-missing", None)
        else:
            back = {name: data[name] for name in plan.outputs}
        self._answer(caller, back)

    # --- errors, escalations, events -------------------------------------------------------------------------------------

    def _throw(self, token: Token, node: Node) -> None:
        event, scope = node.event, token.scope
        assert event is not None
        while (holder := scope.holder or scope.instance.caller) is not None:
            edge = [it for it in holder.token.watches if it.node.event is not None and it.node.event.kind == event.kind]
            edge.sort(key=lambda it: it.node.event is None or it.node.event.key != event.key)
            for watch in edge:
                assert watch.node.event is not None
                if watch.node.event.key in (event.key, None):
                    if event.kind == "error" and holder.token.scope.instance is not token.scope.instance:
                        token.scope.instance.outcome = "error"
                    self._fire(watch, None)
                    return
            scope = holder.token.scope
        if event.kind == "error":
            raise Stopped("uncaught-error", node.id)
        self.escalated.append((node.id, event.key))

    def _watch_edge(self, token: Token) -> None:
        for node in token.scope.instance.plan.edge(token.node.id):
            self._watch(token, node)

    def _watch(self, token: Token, node: Node) -> None:
        assert node.event is not None
        timer = node.event.timer
        due, left = (None, None) if timer is None else (timer.first(self.now), timer.times)
        token.watches.append(Watch(token, node, dict(token.data), due, left))

    def _fire(self, watch: Watch, payload: Any) -> None:
        token, node, scope = watch.token, watch.node, watch.token.scope
        event = node.event
        assert event is not None
        known = watch.data
        if node.kind != "boundaryEvent" or node.interrupting:
            # What the activity has made of the variables goes on with the event that ends it.
            known = self._so_far(token) if node.kind == "boundaryEvent" else known
            self._remove(token)
        else:
            token.watches.remove(watch)
            timer = event.timer
            if timer is None:
                token.watches.append(Watch(token, node, watch.data))
            elif timer.cycle:
                due, left = self._next_round(watch, timer)
                if left != 0:
                    token.watches.append(Watch(token, node, watch.data, due, left))
        data = known if event.variable is None else {**known, event.variable: at_rest(payload)}
        gone = Token(scope, node, None, dict(data), token.history)
        scope.tokens.append(gone)
        self._leave(gone)

    def _next_round(self, watch: Watch, timer: Timer) -> tuple[datetime, int | None]:
        """When a cycle comes next and how often it then still does: rounds that lie in the past are left out."""
        assert watch.due is not None
        due, left = timer.after(watch.due), watch.left and watch.left - 1
        while due <= self.now and left != 0:
            due, left = timer.after(due), left and left - 1
        return due, left

    def _remove(self, token: Token) -> None:
        """Take a token off, and all that it holds."""
        token.scope.tokens.remove(token)
        token.watches.clear()
        for work in token.works:
            self._give_up(work)
        token.works.clear()

    def _give_up(self, work: Work) -> None:
        scope = work.inner or (work.child and work.child.scope)
        if work.child is not None:
            self.instances.remove(work.child)
            outcome = "error" if work.child.outcome == "error" else "cancelled"
            self.over.append(Over(work.child.plan.key, outcome, {}))
        for token in list(scope.tokens) if scope else ():
            self._remove(token)


def _within(scope: Scope) -> Iterable[Token]:
    """The tokens of a scope and of the sub-processes in it, but not of what it calls."""
    for token in scope.tokens:
        yield token
        for work in token.works:
            if work.inner is not None:
                yield from _within(work.inner)


def _outside(watch: Watch) -> bool:
    return watch.node.event is not None and watch.node.event.kind in ("timer", "message")


def _first_of_each(scope: Scope, node: Node, flows: list[str]) -> list[Token]:
    """The oldest token that waits on each of the flows into a join, in the order of the flows."""
    waiting = [token for token in scope.tokens if token.node is node]
    return [arms[0] for flow in flows if (arms := [token for token in waiting if token.flow == flow])]


def _places(token: Token) -> list[str]:
    """Where a token may go on from: its node, and the events on the edge of it that may still come."""
    return [token.node.id, *(watch.node.id for watch in token.watches if watch.node.kind == "boundaryEvent")]


def _ways(plan: Plan, place: str, join: str) -> set[str]:
    """The flows into a join that can be reached from a node without passing the join."""
    found: set[str] = set()
    seen, todo = {join}, [place]
    while todo:
        node = todo.pop()
        seen.add(node)
        for flow in plan.leaving(node):
            if flow.target == join:
                found.add(flow.id)
            elif flow.target not in seen:
                todo += [flow.target, *(edge.id for edge in plan.edge(flow.target))]
    return found
