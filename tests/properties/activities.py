"""How the game performs activities: once, or as they repeat."""

from collections import deque
from collections.abc import Callable
from typing import Any

from tests.properties.data import Conflict, at_rest, both, changes, put, refuse, since, up_to_date
from tests.properties.expressions import Expression, UnknownName
from tests.properties.plans import Plan
from tests.properties.tokens import Instance, Scope, Token, Variables, Work

PEOPLE = ("userTask", "manualTask", "task")
ACTIVITIES = (*PEOPLE, "scriptTask", "serviceTask", "subProcess", "callActivity")


class Stopped(Exception):
    """A move that cannot be made: an incident of that kind at that element."""

    def __init__(self, kind: str, element: str | None) -> None:
        super().__init__(kind, element)
        self.kind, self.element = kind, element


class Activities:
    """The part of the game that knows activities. `queue` holds what happens next, first come first."""

    plans: dict[str, Plan]
    queue: deque[Callable[[], None]]

    # --- the rest of the game --------------------------------------------------------------------------------------------

    def _leave(self, token: Token) -> None:
        raise NotImplementedError

    def _give_up(self, work: Work) -> None:
        raise NotImplementedError

    def _begin_scope(self, instance: Instance, key: str, holder: Work | None, variables: Variables) -> Scope:
        raise NotImplementedError

    def _begin_instance(self, plan: Plan, variables: Variables, caller: Work | None) -> Instance:
        raise NotImplementedError

    def _value(self, token: Token, expression: Expression, known: Variables) -> Any:
        try:
            return expression.of(known)
        except UnknownName:
            raise Stopped("expression", token.node.id) from None

    # --- performing ------------------------------------------------------------------------------------------------------

    def _perform(self, token: Token, before: Variables) -> None:
        """Begin an activity: once, or as it repeats, over what `before` says."""
        repeats = token.node.repeats
        if repeats is None:
            self._work(token, None, token.data)
        elif repeats.kind == "standard":
            token.results[0] = 0
            if repeats.test_before and not self._again(token):
                self._finish(token)
            else:
                self._work(token, 0, {**token.data, "loopCounter": 1})
        else:
            assert repeats.over is not None
            found = self._value(token, repeats.over, before)
            token.items = found if isinstance(found, list) else list(range(1, found + 1))
            if not token.items:
                self._finish(token)
            for index in range(len(token.items) if repeats.kind == "parallel" else min(1, len(token.items))):
                self._item(token, index)

    def _item(self, token: Token, index: int) -> None:
        repeats = token.node.repeats
        assert repeats is not None
        own = {} if repeats.item is None else {repeats.item: token.items[index]}
        if repeats.results is not None and repeats.output is not None:
            own = {repeats.output: None, **own}
        self._work(token, index, {**token.data, **own, "loopCounter": index + 1})

    def _work(self, token: Token, index: int | None, data: Variables) -> None:
        work = Work(token, index, dict(data))
        token.works.append(work)
        self.queue.append(lambda: self._do(work) if work in token.works else None)

    def _do(self, work: Work) -> None:
        """Begin what an activity does by itself."""
        node, instance = work.token.node, work.token.scope.instance
        if node.kind in ("scriptTask", "serviceTask"):
            for name, value in node.script:
                work.data[name] = self._value(work.token, value, work.data)
            self._done(work, work.data)
        elif node.kind == "subProcess":
            work.inner = self._begin_scope(instance, node.id, work, work.data)
        elif node.kind == "callActivity":
            plan = self.plans[node.called or ""]
            missing = [name for name in plan.inputs or () if name not in work.data]
            if missing:
                raise Stopped("input-missing", node.id)
            given = work.data if plan.inputs is None else {name: work.data[name] for name in plan.inputs}
            work.child = self._begin_instance(plan, given, work)

    def _answer(self, work: Work, answers: Variables) -> None:
        repeats = work.token.node.repeats
        # A call without declared outputs brings back what it changed: the result, or nothing, is among it.
        named = work.token.node.called is not None and self.plans[work.token.node.called].outputs is None
        if repeats is not None and repeats.output is not None and repeats.output not in answers and not named:
            answers = {repeats.output: answers}
        self._done(work, {**work.data, **at_rest(answers)})

    def _done(self, work: Work, data: Variables) -> None:
        """A performance of an activity is over."""
        token, repeats = work.token, work.token.node.repeats
        token.works.remove(work)
        if repeats is None:
            token.data = data
            self._leave(token)
            return
        assert work.index is not None
        if repeats.kind == "standard":
            token.data = _after_round(token, data)
            token.results[0] += 1
            if self._again(token):
                self._work(token, work.index + 1, {**token.data, "loopCounter": work.index + 2})
            else:
                self._finish(token)
            return
        token.results[work.index] = data.get(repeats.output or "")
        changed = _of_item(token, data)
        if repeats.kind == "sequential":
            token.data = {**token.data, **changed}
        elif repeats.results is None:
            token.changes[work.index] = changed
        if len(token.results) < len(token.items) and not self._enough(token):
            if repeats.kind == "sequential":
                self._item(token, len(token.results))
        else:
            self._finish(token)

    def _again(self, token: Token) -> bool:
        repeats = token.node.repeats
        assert repeats is not None
        if repeats.maximum is not None and token.results[0] >= repeats.maximum:
            return False
        return repeats.condition is None or bool(self._value(token, repeats.condition, token.data))

    def _enough(self, token: Token) -> bool:
        """Whether a multi-instance's completion condition holds."""
        repeats = token.node.repeats
        assert repeats is not None
        if repeats.condition is None:
            return False
        known = {
            **token.data,
            "numberOfInstances": len(token.items),
            "numberOfCompletedInstances": len(token.results),
            "numberOfActiveInstances": len(token.works),
        }
        if repeats.results is not None:
            known[repeats.results] = [token.results[index] for index in sorted(token.results)]
        return bool(self._value(token, repeats.condition, known))

    def _finish(self, token: Token) -> None:
        """A repeated activity is over: give up what is open, and gather what came."""
        repeats = token.node.repeats
        assert repeats is not None
        for work in token.works:
            self._give_up(work)
        token.works.clear()
        token.data = self._gathered(token, token.changes)
        self._leave(token)

    def _gathered(self, token: Token, changed: dict[int, Variables]) -> Variables:
        """The variables with what the items brought; `changed` is what each of them changed, side by side."""
        repeats, data = token.node.repeats, dict(token.data)
        assert repeats is not None
        if repeats.results is not None:
            data[repeats.results] = [token.results[index] for index in sorted(token.results)]
        elif repeats.kind == "parallel":
            arms = [{**token.data, **changed[index]} for index in sorted(changed)]
            try:
                refuse(token.data, arms)
            except Conflict:
                raise Stopped("items-conflict", token.node.id) from None
            for change in [it for arm in arms for it in since(dict(token.data), arm)]:
                put(data, change)
        return data

    # --- what is known of an activity while it goes on ---------------------------------------------------------------------

    def _so_far(self, token: Token) -> Variables:
        """What a token's activity has made of its variables."""
        repeats, under_way = token.node.repeats, {work.index: self._known(work) for work in token.works}
        if repeats is None:
            return under_way.get(None, token.data)
        if repeats.kind == "standard":
            return next((_after_round(token, data) for data in under_way.values()), token.data)
        changed = {index: _of_item(token, data) for index, data in under_way.items() if index is not None}
        gathered = self._gathered(token, {**changed, **token.changes})
        if repeats.kind == "sequential":
            for index, data in changed.items():
                assert index is not None
                gathered.update({name: value for name, value in data.items() if name != repeats.results})
        return gathered

    def _known(self, work: Work) -> Variables:
        """What is known in a performance: where it is a sub-process, over all its tokens, the latest last."""
        if work.inner is None:
            return work.data
        scope = work.inner
        ways = [(token.age, (self._so_far(token), token.history)) for token in scope.tokens]
        if scope.ended is not None:
            ways.append((scope.ended, (scope.data, scope.history)))
        (_, met), *more = sorted(ways, key=lambda it: it[0])
        for _, way in more:
            met = both(scope.given, met, (way[0], up_to_date(scope.given, way[1], way[0])))
        return met[0]


def _of_item(token: Token, data: Variables) -> Variables:
    """What an item changed, without what is its own."""
    repeats = token.node.repeats
    assert repeats is not None
    own = {"loopCounter", repeats.item, *((repeats.output,) if repeats.results is not None else ())}
    return {name: data[name] for name in changes(token.data, data) if name in data and name not in own}


def _after_round(token: Token, data: Variables) -> Variables:
    """A loop's variables after a round: the counter is the round's own."""
    shadowed = {name: value for name, value in token.data.items() if name == "loopCounter"}
    return {name: value for name, value in data.items() if name != "loopCounter"} | shadowed
