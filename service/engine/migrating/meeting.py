"""Whether branches that are under way still meet where they would have met, and wait for nobody who cannot come.

A join is judged by the ways into it that each token can still take, without passing it (both versions are looked at so):

- tokens that would come to a join of the old version by different ways must come to its counterpart by different ways;
- a parallel join to which a token is on its way must be able to have one on every way into it, as far as it could before.

A new fork around where a token stands is so found out: nothing is on the other way from it. Where a choice decides
whether a token comes, nobody can know it beforehand; such a case is as it would be if the version had been its first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from service.domain.misfits import Misfit
from service.domain.sentences import say
from service.engine.live.task import LiveTask
from service.engine.live.workflow import Live, Scope
from service.engine.migrating.counterparts import Counterparts
from service.engine.model import Element, Process
from service.engine.nodes.events import BoundaryEvent
from service.engine.nodes.gateways import EventGateway, Joining

PARTS = say("Branches of the case would meet here, and do not meet there.")
ALONE = say("It waits for a branch there that has not begun in this case and cannot come.")
JOINS = frozenset({"parallelGateway", "inclusiveGateway"})


@dataclass(frozen=True, slots=True)
class _Token:
    """Where a token stands: at one of these elements, or at a join, to which it came by `arm`."""

    at: tuple[str, ...]
    arm: str | None = None

    def there(self, parts: Counterparts) -> "_Token":
        """The same token in the other version."""
        arm = None if self.arm is None else parts.same_flow(self.arm)
        return _Token(tuple(parts.id(it) for it in self.at), arm)


class _Ways:
    """The ways on which tokens can come to the joins of one version."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self._known: dict[tuple[_Token, str], frozenset[str]] = {}
        self._next: dict[str, list[str]] = {}
        for flow in process.flows:
            self._next.setdefault(flow.source, []).append(flow.target)
        for element in process.elements:
            if element.attached_to is not None:  # what is on its edge can come of an activity too
                self._next.setdefault(element.attached_to, []).append(element.id)

    def joins(self, scope: str) -> list[Element]:
        """Where tokens meet in a scope."""
        return [it for it in self.process.elements if it.scope == scope and it.kind in JOINS and len(it.incoming) > 1]

    def into(self, join: Element, token: _Token) -> frozenset[str]:
        """The flows by which a token can still come to a join, or has come."""
        if token.arm is not None and token.at == (join.id,):
            return frozenset({token.arm})
        key = (token, join.id)
        if key not in self._known:
            reached = self._reached(token, join.id)
            self._known[key] = frozenset(
                flow.id for flow in self.process.flows if flow.target == join.id and flow.source in reached
            )
        return self._known[key]

    def missing(self, join: Element, tokens: Sequence[_Token]) -> int:
        """By how many flows no token can come to a join; none where no token comes to it at all."""
        ways = frozenset[str]().union(*(self.into(join, token) for token in tokens))
        return len(join.incoming) - len(ways) if ways else 0

    def _reached(self, token: _Token, join: str) -> set[str]:
        reached, todo = set(token.at), list(token.at)
        while todo:
            for target in self._next.get(todo.pop(), ()):
                if target not in reached and target != join:
                    reached.add(target)
                    todo.append(target)
        return reached


def unmet(live: Live, parts: Counterparts) -> Iterator[Misfit]:
    """The joins at which a token would be missing, or one too many go on. All that is alive has a counterpart."""
    here, there = _Ways(parts.before), _Ways(parts.after)
    for scope in live.scopes():
        tokens = _tokens(scope)
        moved = [token.there(parts) for token in tokens]
        joins = here.joins(scope.spec.name)
        for join in joins:
            if not _meet_as_before(join, parts.element(join.id), (here, tokens), (there, moved)):
                yield Misfit(join.id, join.name or join.id, PARTS)
        before = {parts.id(it.id): here.missing(it, tokens) for it in joins if it.kind == "parallelGateway"}
        for join in there.joins(parts.id(scope.spec.name)):
            if join.kind == "parallelGateway" and there.missing(join, moved) > before.get(join.id, 0):
                yield Misfit(join.id, join.name or join.id, ALONE)


def _meet_as_before(
    join: Element, other: Element | None, before: tuple[_Ways, list[_Token]], after: tuple[_Ways, list[_Token]]
) -> bool:
    """Whether each two tokens that come to the join by different ways do so in the other version."""
    same = other is not None and other.kind == join.kind
    come = [
        (before[0].into(join, token), after[0].into(other, moved) if same and other else frozenset[str]())
        for token, moved in zip(before[1], after[1], strict=True)
    ]
    return all(
        new and new_other and not new & new_other
        for (old, new), (old_other, new_other) in combinations(come, 2)
        if old and old_other and not old & old_other
    )


def _tokens(scope: Scope) -> list[_Token]:
    """The tokens of a scope: events that race behind one gateway are one, events on an edge and single items none."""
    found: list[_Token] = []
    races: dict[int, list[str]] = {}
    for task in sorted(scope.tasks.values(), key=lambda task: task.number):
        spec = task.task_spec
        if spec.element is None or not task.is_open() or spec.item_of or isinstance(spec, BoundaryEvent):
            continue
        if task.parent is not None and isinstance(task.parent.task_spec, EventGateway):
            races.setdefault(task.parent.number, []).append(spec.element.id)
        else:
            found.append(_Token((spec.element.id,), _arm(task)))
    return [*found, *(_Token(tuple(at)) for at in races.values())]


def _arm(task: LiveTask) -> str | None:
    flow: str | None = task.internal_data.get("flow")
    return flow if isinstance(task.task_spec, Joining) else None
