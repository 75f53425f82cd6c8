"""Which variables may be known at each place of a process: what comes with the start, and what is set on a way there.

Every act of setting a variable has a bit; a state is the bits of those whose value may still stand. States go along the
flows until nothing changes: where ways meet, what either brings may be known; what is set for certain takes the place of
what was there. What one branch sets is known to another only behind their join.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from service.engine.checks import content
from service.engine.checks.acts import Acts, Stage
from service.engine.checks.content import UNKNOWN, Content
from service.engine.checks.writes import ANYTHING, Write, always
from service.engine.model import Element

if TYPE_CHECKING:
    from service.engine.checks.view import ProcessView

_REACHED, _FREE, _VAGUE, _FAR = 1, 2, 4, 8
_FIRST = 4
_SUBPROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})


class Knowing:
    """The states of one process, worked out once."""

    def __init__(self, view: "ProcessView") -> None:
        self._view = view
        self._acts = {element.id: Acts.of(view, element) for element in view.process.elements}
        self._writes: list[tuple[Write, str | None, Stage]] = []
        self._named: dict[str, int] = {}
        self._bits: dict[tuple[str, str], list[int]] = {}
        self._states: dict[tuple[str | None, Stage], int] = {}
        self._contents: dict[int, Content] = {}
        self._from_far = 0
        for key, acts in self._acts.items():
            for group, stage, writes in acts.groups():
                self._bits[key, group] = [self._bit(write, key, stage) for write in writes]
        self._sources: dict[str, list[str]] = {}
        for flow in view.process.flows:
            self._sources.setdefault(flow.target, []).append(flow.source)
        self._entry = self._begin()
        self._everything = self._entry
        self._run()

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
        return bool(state & self._named.get(name, 0) & ~self._outside)

    def names(self, state: int) -> list[str]:
        """The variables that may be known in that state."""
        return [name for name in self._named if self.has(state, name)]

    def free(self, state: int) -> bool:
        """Whether more may be known because it came with the start, though nothing asked for it."""
        return bool(state & _FREE)

    def vague(self, state: int) -> bool:
        """Whether something was set of which nobody knows the name."""
        return bool(state & _VAGUE)

    def far(self, state: int, name: str | None = None) -> bool:
        """Whether what is known there rests on another bundle, which may change by itself; or that of a variable."""
        return bool(state & (_FAR if name is None else self._named.get(name, 0) & self._from_far))

    def setters(self, name: str) -> list[str]:
        """The elements that set a variable, anywhere in the process."""
        bits = self._named.get(name, 0)
        return [element for place, (_, element, _) in enumerate(self._writes) if element and bits >> place + _FIRST & 1]

    def content(self, state: int, name: str) -> Content:
        """What a variable may hold in that state."""
        found = state & self._named.get(name, 0)
        if not found or found & self._outside:
            return UNKNOWN
        return content.together(self._held(place) for place in range(len(self._writes)) if found >> place + _FIRST & 1)

    def _held(self, place: int) -> Content:
        if place not in self._contents:
            self._contents[place] = UNKNOWN  # of what depends on itself nothing is known
            write, element, stage = self._writes[place]
            state = self._states.get((element, stage), 0)
            self._contents[place] = write.content(lambda name: self.content(state, name))
        return self._contents[place]

    # --- the bits --------------------------------------------------------------------------------------------------------

    def _bit(self, write: Write, element: str | None, stage: Stage) -> int:
        """The bit of a write; of one that sets what nobody knows, the place where those will stand that it may set."""
        bit = 1 << len(self._writes) + _FIRST
        self._writes.append((write, element, stage))
        if write.name is not None:
            self._named[write.name] = self._named.get(write.name, 0) | bit
        self._from_far |= bit if write.far else 0
        return bit

    def _begin(self) -> int:
        """The state with which the process begins. What comes from outside unasked may be any variable."""
        names, free, vague = self._view.whole.around.brought(self._view.process.id)
        state = _REACHED | (_FREE if free else 0) | (_VAGUE if vague else 0)
        for name in sorted(names):
            state |= self._bit(Write(name, always(UNKNOWN)), None, "arrival")
        self._outside = 0
        for name in list(self._named):
            self._outside |= self._bit(Write(name, always(UNKNOWN)), None, "arrival")
        return state | (self._outside if free or vague else 0)

    def _set(self, state: int, element: Element, *groups: str) -> int:
        """The state after an element has set these."""
        for group in groups:
            for write, bit in zip(self._acts[element.id].group(group), self._bits[element.id, group], strict=True):
                if write is ANYTHING:
                    state |= (_VAGUE | self._outside) if state else 0
                else:
                    state |= _FAR if write.far and state else 0
                    state = (state & ~self._named[write.name or ""] if write.sure else state) | (bit if state else 0)
        return state

    def _without(self, state: int, names: Iterable[str | None]) -> int:
        for name in names:
            state &= ~self._named.get(name or "", 0)
        return state

    # --- the ways ----------------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        elements = self._view.process.elements
        changed = True
        while changed:
            changed = False
            for element in elements:
                before = self._states.get((element.id, "passed")), self._states.get((element.id, "within"))
                self._pass(element)
                after = self._states.get((element.id, "passed")), self._states.get((element.id, "within"))
                changed = changed or before != after
            for state in self._states.values():
                self._everything |= state

    def _pass(self, element: Element) -> None:
        arrival = self._arrival(element)
        begun = self._set(arrival, element, "pre")
        loop, ended = element.loop, self._states.get((element.id, "ended"), 0)
        around = begun
        if loop is None:
            within = begun
        else:
            if loop.result != loop.collection:
                around = self._without(begun, [loop.result])
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
            return self._everything if scope.triggered_by_event else self.at(scope.id, "within")
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
        return self._without(ended, own)

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
