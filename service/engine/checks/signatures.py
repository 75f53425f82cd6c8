"""What processes and decisions take and hand back, and what follows from that for one among others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from service.domain.bundles import Bundle
from service.engine import decisions
from service.engine.bundles import FORM_PROPERTIES
from service.engine.checks import content
from service.engine.checks.content import UNKNOWN, Content
from service.engine.checks.deciding import asks_for
from service.engine.checks.writes import Write, form_of, of_answers, of_script
from service.engine.decisions.model import Decision, Definition
from service.engine.decisions.nodes import Embedded, Output, Table, Typed
from service.engine.decisions.requirements import in_order
from service.engine.feel.syntax.nodes import Node
from service.engine.model import Element, Process
from service.engine.xml import XMLRefused


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision: the names of the inputs that it asks for, and the variables that it sets; and where it stands."""

    inputs: tuple[str, ...] = ()
    outputs: Mapping[str, Content] = field(default_factory=dict)
    within: Definition | None = None
    key: str = ""

    def asks_for(self, name: str, held: Content) -> bool | None:
        """Whether it looks into an input that may hold something sealed: None where it does not, else whether that is
        certain."""
        return None if self.within is None else asks_for(self.within, self.key, name, held)


@dataclass(frozen=True, slots=True)
class Signature:
    """A process, as those around it see it.

    `inputs` and `outputs` are those that it declares (None: it does not). `asked` are the variables that its start
    brings, None where a start may bring whatever it likes. `writes` is what its own elements set, `vague` that some set
    what nobody knows. `calls` are the processes that it calls, `decides` the decisions that it asks for.
    `ends` is what variables may hold where it ends, where that is worked out.
    """

    inputs: tuple[str, ...] | None
    outputs: tuple[str, ...] | None
    asked: frozenset[str] | None
    writes: Mapping[str, Content]
    vague: bool
    calls: frozenset[str]
    decides: frozenset[str]
    ends: Mapping[str, Content] = field(default_factory=dict)


def of_process(bundle: Bundle, process: Process) -> Signature:
    """What those around a process see of it."""
    writes = [write for element in process.elements for write in _own(bundle, element)]
    found: dict[str, list[Content]] = {}
    for write in writes:
        if write.name is not None:
            found.setdefault(write.name, []).append(write.content(lambda _: UNKNOWN))
    return Signature(
        process.inputs,
        process.outputs,
        _asked(bundle, process),
        {name: content.together(contents) for name, contents in found.items()},
        any(write.name is None for write in writes),
        frozenset(it.called for it in process.elements if it.called),
        frozenset(it.decision for it in process.elements if it.decision),
    )


def _own(bundle: Bundle, element: Element) -> Iterator[Write]:
    """What an element sets by itself, in whatever order."""
    for script in (element.pre_script, element.script, element.post_script):
        yield from of_script(script)
    if element.kind in ("userTask", "startEvent"):
        yield from of_answers(bundle, element)
    names = [event.variable for event in element.events]
    names += [element.operation.result] if element.operation else []
    if element.loop is not None:
        # Into a call go a round's own variables too.
        names += [element.loop.result, element.loop.output, element.loop.item, "loopCounter"]
    yield from (Write(name, lambda _: UNKNOWN) for name in names if name)


def _asked(bundle: Bundle, process: Process) -> frozenset[str] | None:
    """What a start brings: the answers to its form; None where no form asks, so that anything may come."""
    starts = [it for it in process.elements if it.kind == "startEvent" and it.scope == process.id and not it.events]
    forms = [form_of(bundle, it) for it in starts if it.properties.get(FORM_PROPERTIES[0])]
    if not forms or len(forms) < len(starts) or None in forms:
        return None
    return frozenset(name for form in forms if form is not None for name in form.fields)


def decided(bundle: Bundle) -> dict[str, Asked]:
    """The decisions of a bundle's files that can be read, by id."""
    files = tuple(bundle.named(".dmn").items())
    found: dict[str, Asked] = {}
    for _, data in files:
        try:
            definition = decisions.load(data, files)
        except XMLRefused:
            continue
        if any(finding.rule == "decision-cycle" for finding in definition.findings):
            continue
        for key in definition.keys():  # noqa: SIM118 - no mapping
            found.setdefault(key, _of_decision(definition, definition.decisions[key]))
    return found


def _of_decision(definition: Definition, decision: Decision) -> Asked:
    needed = [definition.decisions[it] for it in in_order((decision.id,), definition.decisions, ())]
    wanted = dict.fromkeys(it for one in needed for it in one.requires if it in definition.inputs)
    return Asked(tuple(definition.inputs[it].name for it in wanted), _outputs(decision), definition, decision.id)


def _outputs(decision: Decision) -> dict[str, Content]:
    node = decision.logic.node
    table = node.node if isinstance(node, Typed) else node
    names = decision.outputs or (decision.name,)
    if not isinstance(table, Table) or table.aggregator is not None:
        return dict.fromkeys(names, UNKNOWN)
    if table.policy in ("COLLECT", "RULE ORDER", "OUTPUT ORDER"):
        return dict.fromkeys((*names, decision.name), UNKNOWN)
    return {name: _column(table, place, table.outputs[place]) for place, name in enumerate(names)}


def _column(table: Table, place: int, output: Output) -> Content:
    cells = [rule.outputs[place] for rule in table.rules] + ([output.default] if output.default else [])
    return content.together(_cell(cell) for cell in cells)


def _cell(node: Node) -> Content:
    while isinstance(node, Embedded | Typed):
        node = node.node
    return content.of_node(node, lambda _: UNKNOWN)


@dataclass(frozen=True)
class Around:
    """Processes and decisions among one another, by id. `own` are the processes of the bundle that is looked at."""

    processes: Mapping[str, Signature]
    decisions: Mapping[str, Asked]
    own: frozenset[str] = frozenset()

    def handed(self, key: str) -> dict[str, Content] | None:
        """The variables that a called process hands back, and what they may hold; None where that is not known."""
        if key not in self._handed:
            self._handed[key] = None  # of a process that comes back to itself nothing is known
            self._handed[key] = self._returned(self.processes[key]) if key in self.processes else None
        return self._handed[key]

    def _returned(self, signature: Signature) -> dict[str, Content] | None:
        held = self._within(signature)
        if signature.outputs is None:
            return held
        unsure = held is None or signature.inputs is None
        given = {} if held is None or unsure else {it: held[it] for it in held if it not in (signature.inputs or ())}
        return {name: signature.ends.get(name) or given.get(name, UNKNOWN) for name in signature.outputs}

    def brought(self, key: str) -> tuple[frozenset[str], bool, bool]:
        """The variables that those around a process give it, beside what its start asks for; whether more may come that
        nobody asked for, or that nobody knows.

        More may come of a program that starts a process whose start asks for nothing and that declares no inputs: those
        variables are taken as they are. It may come of a caller in another bundle too.
        """
        names: set[str] = set()
        free = vague = False
        pending, seen = [key], {key}
        for one in pending:
            signature = self.processes[one]
            if one != key:
                held = self._within(signature)
                names |= set(held or ())
                vague = vague or held is None
                names |= signature.asked or set()
            if signature.inputs is not None:
                names |= set(signature.inputs)
                continue
            callers = self._callers.get(one, [])
            # Callers elsewhere may come to bring more.
            free = free or (signature.asked is None and not callers) or not self.own.issuperset(callers)
            pending += [it for it in callers if it not in seen]
            seen.update(callers)
        return frozenset(names), free, vague

    @cached_property
    def _handed(self) -> dict[str, dict[str, Content] | None]:
        return {}

    @cached_property
    def _callers(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key, signature in self.processes.items():
            for called in signature.calls:
                found.setdefault(called, []).append(key)
        return found

    def _within(self, signature: Signature) -> dict[str, Content] | None:
        """All that a process sets, its calls and decisions included; None where that is not known."""
        handed = [self.handed(called) for called in sorted(signature.calls)]
        decided = [self.decisions.get(it) for it in sorted(signature.decides)]
        if signature.vague or None in handed or None in decided:
            return None
        found: dict[str, list[Content]] = {}
        for held in (signature.writes, *(it.outputs for it in decided if it), *(it for it in handed if it)):
            for name, one in held.items():
                found.setdefault(name, []).append(one)
        return {name: content.together(contents) for name, contents in found.items()}
