"""Our reading of processes → the net that tokens are played on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations

from service.engine.model import Element, EventDefinition, MessageFlow, Process
from service.engine.soundness.net import Catch, Exit, Net, Node, Scope, Throw
from service.engine.soundness.outcomes import Outcome

MOST_CONDITIONS = 10
"""Conditions at one inclusive gateway: each doubles the number of ways out of it."""

_TASKS = {"task", "userTask", "manualTask", "scriptTask", "serviceTask", "businessRuleTask", "sendTask", "receiveTask"}
_EVENTS = {
    "startEvent": {"timer", "message", "signal", "conditional"},
    "endEvent": {"message", "signal", "error", "escalation", "terminate"},
    "intermediateCatchEvent": {"timer", "message", "signal", "conditional"},
    "intermediateThrowEvent": {"message", "signal", "escalation"},
    "boundaryEvent": {"timer", "message", "signal", "conditional", "error", "escalation"},
}
_GATEWAYS = {"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"}
_WAITING = {
    *("task", "userTask", "manualTask", "receiveTask", "callActivity"),
    *("intermediateCatchEvent", "eventBasedGateway"),
}
_THROWN = {"error", "escalation"}


class NotPlayable(Exception):
    """The process holds what cannot be run, or is not drawn to an end; a check of its own says so."""


def build(
    processes: Iterable[Process],
    messages: Iterable[MessageFlow] = (),
    outcomes: Mapping[str, Outcome] | None = None,
) -> Net:
    """The net of processes that exchange messages, by the message flows between their elements.

    `outcomes` say how called processes come back; of one that is not among them, anything is possible. Raises
    `NotPlayable`.
    """
    return _Building(tuple(processes), tuple(messages), outcomes or {}).net()


@dataclass
class _Building:
    """A net as it is put together."""

    processes: tuple[Process, ...]
    messages: tuple[MessageFlow, ...]
    outcomes: Mapping[str, Outcome]
    flows: list[str] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=list)
    nodes: dict[int, Node] = field(default_factory=dict)
    sent: dict[str, list[int]] = field(default_factory=dict)
    read: dict[str, list[int]] = field(default_factory=dict)

    def net(self) -> Net:
        """All of it."""
        self.scopes.append(Scope("", ()))
        for message in self.messages:
            number = self._flow(message.id)
            self.sent.setdefault(message.source, []).append(number)
            self.read.setdefault(message.target, []).append(number)
        begins: list[int] = []
        for process in self.processes:
            begin = tuple(self.read.get(_start(process.elements, process.id).id, ()))
            if not begin:
                begin = (self._flow(""),)
                begins += begin
            inner = _Drawn(self, process).scope(process.id)
            self._add(Node(process.id, 0, "any", begin, (Exit(()),), inner=inner))
        return Net(tuple(self.scopes), self.nodes, tuple(self.flows), tuple(begins))

    def _flow(self, name: str) -> int:
        self.flows.append(name)
        return len(self.flows) - 1

    def _add(self, node: Node) -> None:
        self.nodes[len(self.nodes)] = node


class _Drawn:
    """One process, scope by scope."""

    def __init__(self, whole: _Building, process: Process) -> None:
        self.whole, self.process = whole, process
        self.elements = {element.id: element for element in process.elements}
        self.flows = {flow.id: flow for flow in process.flows}
        self.number = {flow.id: whole._flow(flow.id) for flow in process.flows}
        for element in process.elements:
            _refuse(element)
        for flow in process.flows:
            ends = [self.elements.get(flow.source), self.elements.get(flow.target)]
            if any(end is None or end.scope != flow.scope for end in ends):
                raise NotPlayable
        self.hidden = {it.id for element in process.elements for it in self._behind(element)}

    def scope(self, key: str) -> int:
        """The number of a scope, with all its nodes made."""
        inside = [element for element in self.process.elements if element.scope == key]
        start = _start(inside, key)
        number, begin = len(self.whole.scopes), self.whole._flow("")
        self.whole.scopes.append(Scope(key, ()))
        first_node = len(self.whole.nodes)
        for element in inside:
            if element.kind != "boundaryEvent" and element.id not in self.hidden:
                first = (begin,) if element is start else ()
                self.whole._add(self._node(element, number, first))
        own = [node for node in list(self.whole.nodes.values())[first_node:] if node.scope == number]
        permits = (way.permit for node in own for way in node.sides if way.permit is not None)
        self.whole.scopes[number] = Scope(key, tuple(sorted((begin, *permits))))
        return number

    def _node(self, element: Element, scope: int, first: tuple[int, ...]) -> Node:
        ins = (*first, *(self.number[flow] for flow in element.incoming))
        kinds = {event.kind for event in element.events}
        join = {"parallelGateway": "all", "inclusiveGateway": "some"}.get(element.kind, "any")
        inner = self.scope(element.id) if element.kind == "subProcess" else None
        cuts, sides, catches = self._edge(element)
        if inner is None and not sides:
            exits, cuts = (*self._exits(element), *cuts), ()
        else:
            exits = self._exits(element)
        loop = element.loop
        return Node(
            element.id,
            scope,
            join if len(ins) > 1 else "any",  # type: ignore[arg-type]  # one of three words
            ins,
            exits,
            cuts,
            sides,
            catches,
            inner,
            skips=inner is not None and loop is not None and (loop.kind != "standard" or loop.test_before),
            terminates="terminate" in kinds and element.kind == "endEvent",
            rests=element.kind in _WAITING,
            sends=tuple(self.whole.sent.get(element.id, ())),
        )

    # --- ways out ------------------------------------------------------------------------------------------------------

    def _exits(self, element: Element) -> tuple[Exit, ...]:
        out = [self.number[flow] for flow in element.outgoing]
        if element.kind == "endEvent":
            return (Exit((), throws=_thrown(element)),)
        if element.kind == "eventBasedGateway":
            return tuple(self._first_of(flow) for flow in element.outgoing)
        if element.kind == "exclusiveGateway" and out:
            return tuple(Exit((flow,)) for flow in out)
        if element.kind == "inclusiveGateway" and out:
            return tuple(Exit(flows) for flows in self._chosen(element))
        back = Exit(tuple(out), needs=self._needs(element), throws=_thrown(element))
        outcome = self._outcome(element)
        if outcome is None:
            return (back,)
        passed_on = [Exit((), throws=thrown) for thrown in self._uncaught(element, outcome) if thrown.kind == "error"]
        return (*((back,) if outcome.returns else ()), *passed_on)

    def _first_of(self, flow: str) -> Exit:
        """A way behind an event-based gateway: the token waits at the gateway, and leaves by the event that comes."""
        target = self.elements[self.flows[flow].target]
        if target.id not in self.hidden:
            return Exit((self.number[flow],))
        return Exit(tuple(self.number[it] for it in target.outgoing), target.id, self._needs(target))

    def _behind(self, gateway: Element) -> Iterator[Element]:
        """The events behind an event-based gateway that nothing else leads to."""
        if gateway.kind == "eventBasedGateway":
            for flow in gateway.outgoing:
                target = self.elements[self.flows[flow].target]
                if target.kind in ("intermediateCatchEvent", "receiveTask") and len(target.incoming) == 1:
                    yield target

    def _chosen(self, gateway: Element) -> Iterator[tuple[int, ...]]:
        """The sets of flows that an inclusive gateway may take: any whose conditions may hold at once, with those that
        have none; else the default."""
        free: list[int] = []
        always: list[int] = []
        for flow in (self.flows[it] for it in gateway.outgoing):
            if flow.id != gateway.default:
                (always if flow.condition is None and len(gateway.outgoing) > 1 else free).append(self.number[flow.id])
        if len(free) > MOST_CONDITIONS:
            raise NotPlayable
        for size in range(0 if always else 1, len(free) + 1):
            for some in combinations(free, size):
                yield (*always, *some)
        if gateway.default is not None and not always:
            yield (self.number[gateway.default],)

    def _needs(self, element: Element) -> tuple[int, ...]:
        if element.kind in ("intermediateCatchEvent", "receiveTask", "boundaryEvent"):
            return tuple(self.whole.read.get(element.id, ()))
        return ()

    # --- the edge of an activity ---------------------------------------------------------------------------------------

    def _edge(self, host: Element) -> tuple[tuple[Exit, ...], tuple[Exit, ...], tuple[Catch, ...]]:
        """The events on an activity's edge: those that interrupt, those that do not, those for what is thrown inside.

        One that does not interrupt comes once while its scope goes on: each time it came, what follows would stand
        beside the rest in the same way, and how often it comes is nothing that the drawing decides.
        What no called process throws, and what is thrown by something that throws nothing, never comes.
        """
        cuts, sides, catches = [], [], []
        for event in self._on_edge(host):
            way = Exit(tuple(self.number[flow] for flow in event.outgoing), event.id, self._needs(event))
            (what,) = event.events
            ends = event.interrupting or what.kind == "error"
            if what.kind in _THROWN and host.kind == "subProcess":
                catches.append(Catch(what.kind, what.code, ends, way))
            elif what.kind not in _THROWN or (host.kind == "callActivity" and self._comes(host, what)):
                if ends:
                    cuts.append(way)
                else:
                    sides.append(replace(way, permit=self.whole._flow("")))
        outcome = self._outcome(host)
        for thrown in () if outcome is None else self._uncaught(host, outcome):
            if thrown.kind == "escalation":
                sides.append(Exit((), throws=thrown, permit=self.whole._flow("")))
        return tuple(cuts), tuple(sides), tuple(catches)

    def _on_edge(self, host: Element) -> list[Element]:
        return [it for it in self.process.elements if it.kind == "boundaryEvent" and it.attached_to == host.id]

    def _outcome(self, element: Element) -> Outcome | None:
        return self.whole.outcomes.get(element.called or "") if element.kind == "callActivity" else None

    def _comes(self, call: Element, what: EventDefinition) -> bool:
        outcome = self._outcome(call)
        return outcome is None or outcome.throws(what.kind, what.code)

    def _uncaught(self, call: Element, outcome: Outcome) -> list[Throw]:
        """What a called process throws and nothing on the edge of the call is for: it goes on up."""
        caught = {(what.kind, what.code) for event in self._on_edge(call) for what in event.events}
        thrown = sorted(outcome.thrown, key=lambda it: (it.kind, it.code or ""))
        return [it for it in thrown if not {(it.kind, it.code), (it.kind, None)} & caught]


def _start(elements: Iterable[Element], scope: str) -> Element:
    """The start event that a scope begins with."""
    starts = [it for it in elements if it.kind == "startEvent" and it.scope == scope]
    plain = [it for it in starts if not it.events] or starts
    if not plain:
        raise NotPlayable
    return plain[0]


def _refuse(element: Element) -> None:
    """Raises `NotPlayable` for what the engine does not run."""
    kinds = [event.kind for event in element.events]
    waits = element.kind in ("boundaryEvent", "intermediateCatchEvent")
    if element.kind in _EVENTS:
        good = set(kinds) <= _EVENTS[element.kind] and (len(kinds) == 1 if waits else len(kinds) <= 1)
    elif element.kind in ("subProcess", "callActivity"):
        good = not element.triggered_by_event
    else:
        good = element.kind in _TASKS or element.kind in _GATEWAYS
    if not good or (element.kind == "boundaryEvent" and (not element.attached_to or element.incoming)):
        raise NotPlayable


def _thrown(element: Element) -> Throw | None:
    thrown = [event for event in element.events if event.kind in _THROWN and element.kind != "boundaryEvent"]
    return Throw(thrown[0].kind, thrown[0].code) if thrown else None


def together(
    processes: Iterable[Process], messages: Iterable[MessageFlow]
) -> list[tuple[list[Process], list[MessageFlow]]]:
    """Processes in groups that exchange messages with one another, and with no other, in the order of the file."""
    groups = [([process], list[MessageFlow]()) for process in processes]
    where = {element.id: process.id for (process,), _ in groups for element in process.elements}
    for message in messages:
        ends = [where.get(message.source), where.get(message.target)]
        if None in ends or ends[0] == ends[1]:
            continue
        meet = [group for group in groups if any(process.id in ends for process in group[0])]
        first = meet[0]
        for other in meet[1:]:
            first[0].extend(other[0])
            first[1].extend(other[1])
            groups.remove(other)
        first[1].append(message)
    return groups
