"""The markings of a net → what is wrong with it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from service.engine.soundness.exploring import LIMIT, Graph, explore
from service.engine.soundness.faults import Fault, Kind, Verdict
from service.engine.soundness.living import lived
from service.engine.soundness.marking import Marking, crowded, markings
from service.engine.soundness.meeting import ahead, common, meetings
from service.engine.soundness.net import Net
from service.engine.soundness.outcomes import Outcome
from service.engine.soundness.play import Move
from service.engine.soundness.reducing import reduced
from service.engine.soundness.retracing import Retracing
from service.engine.soundness.steps import steps


class Judged:
    """One net, looked through. `before` are what is drawn in it, each element with those that lead to it; `work` are its
    activities."""

    def __init__(
        self, net: Net, before: Mapping[str, Collection[str]], work: Collection[str], *, limit: int = LIMIT
    ) -> None:
        self.net, self.before, self.work = net, before, frozenset(work)
        self.small = reduced(net, once=True)
        self.graph = explore(self.small.net, limit=limit)
        if self.small.once and any(crowded(it) or any(meetings(self.small.net, it)) for it in self.graph.markings):
            self.small = reduced(net, once=False)
            self.graph = explore(self.small.net, limit=limit)
        self._retracing = Retracing(net, self.small)

    @cached_property
    def verdict(self) -> Verdict:
        """What is said of it."""
        faults = tuple(self._faults())
        wrong = any(fault.kind != "unsynchronised" for fault in faults)
        state = "unsound" if wrong else "sound" if self.graph.complete else "undecided"
        return Verdict(state, faults, len(self.graph.markings))  # type: ignore[arg-type]  # one of its words

    @cached_property
    def outcome(self) -> Outcome | None:
        """How the process, alone in its net, comes back to a caller; None where that is not known."""
        if not self.graph.complete:
            return None
        moves = [move for out in self.graph.moves for _, move in out]
        thrown = frozenset(move.thrown for move in moves if move.thrown is not None)
        pools = self.net.inside(0)
        returns = any(act.does == "leaves" and act.node in pools for move in moves for act in move.acts)
        return Outcome(returns or not any(it.kind == "error" for it in thrown), thrown)

    # --- faults --------------------------------------------------------------------------------------------------------

    def _faults(self) -> Iterator[Fault]:
        hindered: set[str] = set()
        growing = tuple(self._growing())
        for fault in (*self._stuck(), *self._round_for_ever(), *growing):
            hindered |= {fault.element, *fault.others}
            yield fault
        if not growing:  # where tokens heap up, two of them stand in one place
            yield from self._met()
        if self.graph.complete:
            yield from self._dead(hindered)

    def _stuck(self) -> Iterator[Fault]:
        """Markings that nothing leads out of, though something is under way: one for each place where tokens wait."""
        told: set[str] = set()
        for state in self._dead_ends():
            waiting = list(_waiting(self.small.net, self.graph.markings[state]))
            if not waiting or waiting[0] in told:
                continue
            told.add(waiting[0])
            yield self._fault("deadlock", waiting[0], state, tuple(waiting[1:]), stuck=True)

    def _dead_ends(self) -> list[int]:
        graph = self.graph
        return [
            state
            for state, marking in enumerate(graph.markings)
            if not graph.moves[state] and self._looked_at(state) and not graph.play.over(marking)
        ]

    def _looked_at(self, state: int) -> bool:
        """Whether a marking's moves were made: not where tokens grow, nor past the bound."""
        if state in self.graph.growing:
            return False
        return self.graph.complete or not self.graph.play.moves(self.graph.markings[state])

    def _round_for_ever(self) -> Iterator[Fault]:
        """Markings from which moves lead on and on, and none of them to an end, nor to where tokens wait for ever."""
        graph = self.graph
        stopped = [state for state, out in enumerate(graph.moves) if not out]
        hopeless = set(range(len(graph.markings))) - _leading_to(graph, stopped)
        if hopeless:
            places = [
                (element, state) for state in _ring(graph, min(hopeless)) for element in self._moved(graph.moves[state])
            ]
            element, state = next((it for it in places if it[0] in self.work), places[0])
            yield self._fault("livelock", element, state, ())

    def _moved(self, moves: list[tuple[int, Move]]) -> Iterator[str]:
        """What the tokens of the first of these moves come to."""
        for act in moves[0][1].acts:
            yield from (self.net.nodes[key].id for flow in act.took for key in ahead(self.net, self.small.net, flow))
            yield self.net.nodes[act.node].id

    def _growing(self) -> Iterator[Fault]:
        for state, earlier in list(self.graph.growing.items())[:1]:
            heaped = self._heaped(self.graph.markings[earlier], self.graph.markings[state])
            (element, *others) = dict.fromkeys(heaped)
            yield self._fault("unbounded", element, state, tuple(others))

    def _heaped(self, less: Marking, more: Marking) -> Iterator[str]:
        """The elements before which, or in which, there are more tokens than before."""
        for flow in dict.fromkeys(more[0]):
            if more[0].count(flow) > less[0].count(flow):
                yield self._ahead(flow)
        for busy in dict.fromkeys(more[1]):
            if more[1].count(busy) > less[1].count(busy):
                earlier = next((it for it in less[1] if it[0] == busy[0] and it not in more[1]), None)
                if earlier is None or earlier[1] is None:
                    yield self.net.nodes[busy[0]].id
                else:
                    yield from self._heaped(earlier[1], busy[1])

    def _ahead(self, flow: int) -> str:
        """Where a token on a flow goes: to a join, as far as what comes before is drawn together with it; else to the
        next element. A message nobody takes goes by who sends it."""
        if flow not in self.net.target:
            return next(node.id for node in self.net.nodes.values() if flow in node.sends)
        small = self.small.net.nodes[self.small.net.target[flow]]
        return small.id if small.join != "any" else self.net.nodes[self.net.target[flow]].id

    def _met(self) -> Iterator[Fault]:
        known: set[tuple[int, int]] = set()
        told: set[int] = set()
        for state, marking in enumerate(self.graph.markings):
            for pair in meetings(self.small.net, marking):
                activity = None if pair in known else common(self.net, self.small.net, pair, self.work)
                known.add(pair)
                if activity is not None and activity not in told:
                    told.add(activity)
                    run = self._retracing.run(self.graph, state)
                    shown = () if run is None else steps(self.net, self._retracing.to_activity(run, pair, activity))
                    yield Fault("unsynchronised", self.net.nodes[activity].id, (), shown)

    def _dead(self, hindered: Collection[str]) -> Iterator[Fault]:
        """The elements that no run comes to, of several in a row the first; not those behind a fault that was told."""
        alive = lived(self.net, self.small, self.graph)
        behind = {*hindered}
        for node in self.net.nodes.values():  # what is inside comes first
            if node.inner is not None and any(it.id in behind for it in self.net.inside(node.inner).values()):
                behind.add(node.id)
        for element, before in self.before.items():
            if element not in alive and element not in behind and not (alive - behind).isdisjoint(before):
                yield Fault("dead", element)

    def _fault(self, kind: Kind, element: str, state: int, others: tuple[str, ...], *, stuck: bool = False) -> Fault:
        run = self._retracing.run(self.graph, state, stuck=stuck)
        shown = steps(self.net, run or ())
        if kind == "deadlock" and _ends_behind(self.net, element) & {step.element for step in shown}:
            kind = "left-behind"
        return Fault(kind, element, others, shown)


def _ends_behind(net: Net, element: str) -> set[str]:
    """The ends that can be come to from an element, in its own scope."""
    todo = [key for key, node in net.nodes.items() if node.id == element]
    seen: set[int] = set()
    while todo:
        key = todo.pop()
        if key not in seen:
            seen.add(key)
            todo += [net.target[flow] for way in net.nodes[key].ways for flow in way.flows]
    return {net.nodes[key].id for key in seen if not any(way.flows for way in net.nodes[key].ways)}


def _leading_to(graph: Graph, goals: Iterable[int]) -> set[int]:
    """The markings from which one of the goals can be come to."""
    back: dict[int, list[int]] = {}
    for state, out in enumerate(graph.moves):
        for after, _ in out:
            back.setdefault(after, []).append(state)
    found, todo = set(goals), list(goals)
    while todo:
        for state in back.get(todo.pop(), ()):
            if state not in found:
                found.add(state)
                todo.append(state)
    return found


def _ring(graph: Graph, state: int) -> list[int]:
    """The markings of a ring, going on from one from which every way leads on."""
    way: list[int] = []
    while state not in way:
        way.append(state)
        state = graph.moves[state][0][0]
    return way[way.index(state) :]


def _waiting(net: Net, marking: Marking) -> Iterator[str]:
    """The elements at which tokens wait, joins first, innermost scopes first."""
    found = {}
    for flows, busies in reversed(list(markings(marking))[1:]):
        for key in [*(net.target[flow] for flow in flows if flow in net.target), *(it[0] for it in busies)]:
            if key in net.nodes and (net.nodes[key].inner is None):
                found[net.nodes[key].id] = net.nodes[key].join == "any"
    yield from sorted(found, key=lambda it: found[it])
