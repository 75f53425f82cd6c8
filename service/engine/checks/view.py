"""What a rule looks at: one process (or the whole bundle) with the ways through it already drawn."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from service.domain.bundles import Bundle
from service.domain.findings import Level, Step
from service.domain.offered import Offered
from service.engine.checks.content import Content
from service.engine.checks.holding import Part, parts
from service.engine.checks.knowing import Knowing
from service.engine.checks.naming import Unknown, keys, unknown_names
from service.engine.checks.schema import Schema
from service.engine.checks.signatures import Around, Asked, Signature, decided, of_process
from service.engine.checks.texts import ReadText, read, texts_of
from service.engine.checks.variables import names_with_signs
from service.engine.languages import Translations, translations_of
from service.engine.model import Diagram, Element, Flow, Process
from service.engine.soundness import Fault, Looking, Verdict
from service.engine.translating.types import types_of

HUMAN = frozenset({"userTask", "manualTask", "task"})
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
SUBPROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
ACTIVITIES = (
    HUMAN | SUBPROCESSES | {"callActivity", "scriptTask", "serviceTask", "businessRuleTask", "sendTask", "receiveTask"}
)


class Found(NamedTuple):
    """What a rule found: the element, one sentence that says what goes wrong and what to do, the way there."""

    element: str | None
    message: str
    level: Level = "error"
    trace: tuple[str, ...] = ()
    file: str | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class BundleView:
    """A bundle and its diagrams, and what is known of the world around it.

    `operations` are those that service tasks may call (None: not known).
    `in_force` are the processes deployed elsewhere: process id → ids of the processes it calls. `decisions` are the ids of the decisions that are.
    `signatures` and `tables` say what those processes and decisions take and hand back, as far as that is known;
    `written` are the names that bundles elsewhere write (None: not known).
    """

    bundle: Bundle
    diagrams: tuple[Diagram, ...]
    operations: Mapping[str, Offered] | None = None
    in_force: Mapping[str, Collection[str]] = field(default_factory=dict)
    decisions: Collection[str] = ()
    signatures: Mapping[str, Signature] = field(default_factory=dict)
    tables: Mapping[str, Asked] = field(default_factory=dict)
    written: Collection[str] | None = None

    @cached_property
    def around(self) -> Around:
        """The processes and decisions of the bundle, and those elsewhere, among one another."""
        own = {key: of_process(self.bundle, process) for key, process in self.processes.items()}
        return Around({**self.signatures, **own}, {**self.tables, **self.own_tables}, frozenset(own))

    @cached_property
    def own_tables(self) -> dict[str, Asked]:
        """The decisions of the bundle, by id."""
        return decided(self.bundle)

    @cached_property
    def results(self) -> dict[str, Content]:
        """What operations give, by name, as far as they say."""
        return {name: Schema(offered.gives).value() for name, offered in (self.operations or {}).items()}

    @cached_property
    def translations(self) -> Translations:
        """The texts of the bundle in other languages."""
        return translations_of(self.bundle.files)

    @cached_property
    def processes(self) -> dict[str, Process]:
        """The processes of the bundle by id; of two with one id, the first."""
        found: dict[str, Process] = {}
        for process in self.all_processes:
            found.setdefault(process.id, process)
        return found

    @property
    def all_processes(self) -> list[Process]:
        """The processes of the bundle in the order of its files, also two of one id."""
        return [process for diagram in self.diagrams for process in diagram.processes]

    @cached_property
    def types(self) -> dict[str, str]:
        """What is known of the types of variables, by name (JSON Schema's words)."""
        return types_of(self.bundle, self.diagrams)

    @cached_property
    def passing(self) -> dict[str, bool]:
        """What `passing` has found out: whether a called process may be run through without waiting."""
        return {}

    @cached_property
    def looking(self) -> Looking:
        """The tokens of the processes."""
        return Looking(self.diagrams)

    def diagram_of(self, process: Process) -> Diagram:
        """The diagram that a process of the bundle stands in."""
        return next(it for it in self.diagrams if any(process is other for other in it.processes))


@dataclass(frozen=True)
class ProcessView:
    """One process: its nodes and flows by id, and who follows whom."""

    whole: BundleView
    diagram: Diagram
    process: Process

    @cached_property
    def nodes(self) -> dict[str, Element]:
        """The nodes by id, in the order of the file."""
        return {element.id: element for element in self.process.elements}

    @cached_property
    def flows(self) -> dict[str, Flow]:
        """The flows by id, in the order of the file."""
        return {flow.id: flow for flow in self.process.flows}

    @cached_property
    def boundaries(self) -> dict[str, list[Element]]:
        """Activity id → the events on its edge."""
        found: dict[str, list[Element]] = {}
        for element in self.process.elements:
            if element.kind == "boundaryEvent" and element.attached_to:
                found.setdefault(element.attached_to, []).append(element)
        return found

    @cached_property
    def following(self) -> dict[str, list[str]]:
        """Node id → ids of the nodes that its flows lead to, in the order of the file."""
        return {
            element.id: [target for flow in element.outgoing if (target := self.flows[flow].target) in self.nodes]
            for element in self.process.elements
        }

    @cached_property
    def signs(self) -> frozenset[str]:
        """The names in scope that are no plain words."""
        return names_with_signs(self)

    @cached_property
    def knowing(self) -> Knowing:
        """Which variables may be known where."""
        return Knowing(self)

    @cached_property
    def texts(self) -> tuple[ReadText, ...]:
        """The expressions of the process, each read once."""
        return tuple(read(text, self.signs) for text in texts_of(self.process, self.whole.translations))

    @cached_property
    def keys(self) -> tuple[ReadText, ...]:
        """The correlation keys of messages that are thrown with nothing in them."""
        return tuple(keys(self))

    @cached_property
    def unknown(self) -> tuple[Unknown, ...]:
        """The variables that texts, decisions and called processes ask for where nothing makes them known."""
        return tuple(unknown_names(self))

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Every part of every expression, with what names mean there."""
        return tuple(parts(self))

    @property
    def verdict(self) -> Verdict | None:
        """Whether every case comes to an end; None where the process holds what cannot be run."""
        return self.whole.looking.verdict(self.diagram.file, self.process.id)

    def faults(self, kind: str) -> list[Fault]:
        """The faults of that kind at elements of the process."""
        found = () if self.verdict is None else self.verdict.faults
        return [fault for fault in found if fault.kind == kind and fault.element in self.nodes]

    def called(self, element: str) -> str:
        """How a sentence calls an element of the process, or of a partner in the same file."""
        others = (it for process in self.diagram.processes for it in process.elements if it.id == element)
        found = self.nodes.get(element) or next(others, None)
        return element if found is None else label(found)

    @cached_property
    def reachable(self) -> set[str]:
        """The ids of the nodes that a token can come to, as far as the drawing says."""
        return self.reach(self.starts())

    def starts(self) -> list[str]:
        """The ids of the start events of the process itself."""
        return [it.id for it in self.process.elements if it.kind == "startEvent" and it.scope == self.process.id]

    @cached_property
    def scopes(self) -> dict[str, list[Element]]:
        """Process or sub-process id → the nodes that stand directly in it."""
        found: dict[str, list[Element]] = {}
        for element in self.process.elements:
            found.setdefault(element.scope, []).append(element)
        return found

    def inside(self, scope: str) -> list[Element]:
        """The nodes that stand directly in a process or sub-process."""
        return self.scopes.get(scope, [])

    @cached_property
    def ways(self) -> dict[str, tuple[str, ...]]:
        """Node id → where a token there may go: along its flows, to the events on its edge, into its sub-process."""
        return {node: tuple(self._leads_to(node)) for node in self.nodes}

    def _leads_to(self, node: str) -> Iterator[str]:
        yield from self.following.get(node, ())
        yield from (boundary.id for boundary in self.boundaries.get(node, ()))
        if self.nodes[node].kind in SUBPROCESSES:
            inner = self.inside(node)
            yield from (it.id for it in inner if it.kind == "startEvent" or it.triggered_by_event)
        if self.nodes[node].scope == self.process.id and self.nodes[node].kind == "startEvent":
            yield from (it.id for it in self.inside(self.process.id) if it.triggered_by_event)

    def reach(self, begin: Iterable[str], *, without: str | None = None) -> set[str]:
        """The ids that can be come to from `begin`, themselves included, with no way through `without`."""
        found: set[str] = set()
        pending = [node for node in begin if node != without]
        while pending:
            node = pending.pop()
            if node in found or node == without:
                continue
            found.add(node)
            pending.extend(self.ways[node])
        return found


def label(element: Element) -> str:
    """How a sentence calls an element: its label on one line, or its id."""
    return " ".join((element.name or "").split()) or element.id
