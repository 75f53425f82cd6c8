"""Which variables may be known at each place of a process: what comes with the start, and what is set on a way there.

Every act of setting a variable has a bit (`bits`); a state is the bits of those whose value may still stand. States go
along the flows until nothing changes: where ways meet, what either brings may be known; what is set for certain takes
the place of what was there. What one branch sets is known to another only behind their join.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from service.engine.checks import content
from service.engine.checks.acts import Acts, Stage
from service.engine.checks.bits import FAR, FREE, REACHED, VAGUE, Bits, Effect
from service.engine.checks.content import UNKNOWN, Content
from service.engine.checks.writes import Write
from service.engine.model import Element

if TYPE_CHECKING:
    from service.engine.checks.view import ProcessView

# What a variable may hold is followed back over so many others.
_DEEPEST = 20
# Of a process that sets more than this nothing is said.
_MOST = 20_000
# The states that others rest on.
_TOLD: tuple[Stage, ...] = ("arrival", "begun", "within", "ended", "passed")
_SUBPROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})


class Knowing:
    """The states of one process, worked out once."""

    def __init__(self, view: "ProcessView") -> None:
        self._view = view
        self._bits = Bits()
        self._states: dict[tuple[str | None, Stage], int] = {}
        self._contents: dict[int, Content] = {}
        self._depth = 0
        self._sources: dict[str, list[str]] = {}
        for flow in view.process.flows:
            self._sources.setdefault(flow.target, []).append(flow.source)
        acts = {element.id: Acts.of(view, element) for element in view.process.elements}
        large = sum(len(writes) for one in acts.values() for _, _, writes in one.groups()) > _MOST
        self._effects: dict[tuple[str, str], Effect] = {}
        self._entry = self._begin({} if large else acts) | (VAGUE if large else 0)
        self._run()
        self._everything = self._joined(self._states.values())

    # --- what rules ask ------------------------------------------------------------------------------------------------

    def at(self, element: str, stage: Stage) -> int:
        """The state in which a text of an element is read; 0 where no token comes."""
        return self._everything if stage == "anywhere" else self._states.get((element, stage), 0)

    def at_end(self) -> int:
        """The state in which the process ends."""
        ends = (it for it in self._view.inside(self._view.process.id) if not it.outgoing)
        return self._joined(self.at(it.id, "passed") for it in ends)

    def has(self, state: int, name: str) -> bool:
        """Whether a variable may be known in that state, as far as somebody says so."""
        return bool(state & self._bits.named.get(name, 0) & ~self._bits.outside)

    def names(self, state: int) -> list[str]:
        """The variables that may be known in that state."""
        return [name for name in self._bits.named if self.has(state, name)]

    def free(self, state: int) -> bool:
        """Whether more may be known because it came with the start, though nothing asked for it."""
        return bool(state & FREE)

    def vague(self, state: int) -> bool:
        """Whether something was set of which nobody knows the name."""
        return bool(state & VAGUE)

    def far(self, state: int, name: str | None = None) -> bool:
        """Whether what is known there rests on another bundle, which may change by itself; or that of a variable."""
        return bool(state & (FAR if name is None else self._bits.named.get(name, 0) & self._bits.far))

    def setters(self, name: str) -> list[str]:
        """The elements that set a variable, anywhere in the process."""
        return [element for _, _, element, _ in self._bits.acts(self._bits.named.get(name, 0)) if element]

    def content(self, state: int, name: str) -> Content:
        """What a variable may hold in that state."""
        found = state & self._bits.named.get(name, 0)
        if not found or found & self._bits.outside:
            return UNKNOWN
        return content.together(self._held(*act) for act in self._bits.acts(found))

    def _held(self, place: int, write: Write, element: str | None, stage: Stage) -> Content:
        if place not in self._contents:
            self._contents[place] = UNKNOWN  # of what depends on itself nothing is known
            if self._depth < _DEEPEST:
                self._depth += 1
                self._contents[place] = write.content(partial(self.content, self._states.get((element, stage), 0)))
                self._depth -= 1
        return self._contents[place]

    # --- the ways ----------------------------------------------------------------------------------------------------------

    def _begin(self, acts: dict[str, Acts]) -> int:
        """The state with which the process begins. What comes unasked may be any variable."""
        bits = {
            (key, group): [self._bits.add(write, key, stage) for write in writes]
            for key, one in acts.items()
            for group, stage, writes in one.groups()
        }
        names, free, vague = self._view.whole.around.brought(self._view.process.id)
        state = REACHED | self._bits.brought(sorted(names)) | (FREE if free else 0) | (VAGUE if vague else 0)
        for key, one in acts.items():
            for group, _, writes in one.groups():
                self._effects[key, group] = self._bits.effect(writes, bits[key, group])
        return state | (self._bits.outside if free or vague else 0)

    def _run(self) -> None:
        """From the start on, each element again whenever what comes before it has changed."""
        waiting = deque(self._view.starts())
        queued = set(waiting)
        while waiting:
            key = waiting.popleft()
            queued.discard(key)
            element = self._view.nodes[key]
            before = [self._states.get((key, stage)) for stage in _TOLD]
            self._pass(element)
            if before != [self._states.get((key, stage)) for stage in _TOLD]:
                further = [it for it in self._rest_on(element) if it not in queued]
                waiting.extend(further)
                queued.update(further)

    def _rest_on(self, element: Element) -> Iterator[str]:
        """The elements whose states rest on those of an element."""
        yield from dict.fromkeys(self._view.ways[element.id])
        if element.loop is not None:
            yield element.id  # a round knows what the one before it set
        scope = self._view.nodes.get(element.scope)
        if scope is not None and not element.outgoing:
            yield scope.id
        while scope is not None:
            yield from (event.id for event in self._view.boundaries.get(scope.id, ()))
            scope = self._view.nodes.get(scope.scope)

    def _set(self, state: int, element: Element, *groups: str) -> int:
        """The state after an element has set these."""
        for group in groups:
            effect = self._effects.get((element.id, group))
            state = state if effect is None else effect.on(state)
        return state

    def _pass(self, element: Element) -> None:
        arrival = self._arrival(element)
        begun = self._set(arrival, element, "pre")
        loop, ended = element.loop, self._states.get((element.id, "ended"), 0)
        around = begun
        if loop is None:
            within = begun
        else:
            if loop.result != loop.collection:
                around = self._bits.without(begun, [loop.result])
            again = 0 if loop.kind == "parallel" else self._stripped(element, ended)
            within = self._set(around | again, element, "own")
        self._put(element, arrival=arrival, begun=begun, within=within)
        ended = self._ended(element, within)
        rounds = left = ended
        if loop is not None:
            around = self._brought(element, around, ended)
            rounds, left = self._set(around, element, "counts", "result"), self._set(around, element, "result")
        self._put(element, ended=ended, rounds=rounds, left=left, passed=self._set(left, element, "post"))

    def _put(self, element: Element, **states: int) -> None:
        for stage, state in states.items():
            self._states[element.id, stage] = state  # type: ignore[index]  # the keywords are stages

    def _arrival(self, element: Element) -> int:
        if element.kind == "startEvent":
            scope = self._view.nodes.get(element.scope)
            if scope is None:
                return self._entry
            return self.at(scope.id, "within")
        if element.kind == "boundaryEvent":
            return self.at(element.attached_to or "", "arrival")
        return self._joined(self.at(source, "passed") for source in self._sources.get(element.id, ()))

    def _ended(self, element: Element, within: int) -> int:
        """The state when what the element does is done."""
        if element.kind in _SUBPROCESSES:
            inner = self._view.inside(element.id)
            return self._joined(self.at(it.id, "passed") for it in inner if not it.outgoing)
        host = self._view.nodes.get(element.attached_to or "")
        if host is not None and element.interrupting:
            within |= self._so_far(host)
        return self._set(within, element, "body")

    def _so_far(self, host: Element) -> int:
        """What an activity has made of the variables when an event ends it."""
        begun = self.at(host.id, "begun")
        ended = self._joined(self.at(it.id, "passed") for it in self._inner(host)) if host.kind in _SUBPROCESSES else 0
        if host.loop is None:
            return begun | ended
        return self._set(self._brought(host, begun, ended | self.at(host.id, "ended")), host, "result")

    def _brought(self, element: Element, around: int, ended: int) -> int:
        """What the rounds of a repeated activity bring to the variables around it, but for the list of their results."""
        loop = element.loop
        gathered = loop is not None and loop.kind == "parallel" and loop.result is not None
        return around if gathered else around | self._stripped(element, ended)

    def _stripped(self, element: Element, ended: int) -> int:
        """The state at the end of a round without what is the round's own."""
        loop = element.loop
        own = [] if loop is None else [loop.item, "loopCounter", loop.output if loop.result is not None else None]
        return self._bits.without(ended, own)

    def _inner(self, scope: Element) -> Iterator[Element]:
        for element in self._view.inside(scope.id):
            yield element
            if element.kind in _SUBPROCESSES:
                yield from self._inner(element)

    @staticmethod
    def _joined(states: Iterable[int]) -> int:
        joined = 0
        for state in states:
            joined |= state
        return joined
