"""A DMN file (1.1 to 1.5) → a `Definition`: what it decides, what that needs, and what is wrong with it."""

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from service.domain.findings import Finding, Level
from service.domain.sentences import Sentence, say
from service.engine.decisions.boxes import Boxes, typed
from service.engine.decisions.compiling import ready
from service.engine.decisions.item_types import component_names, file_types, result_of, taken_by, type_of
from service.engine.decisions.model import Decision, Definition, InputData, Knowledge, Names, Service, Types
from service.engine.decisions.nodes import Table, Typed, Unreadable
from service.engine.decisions.requirements import cycle_findings
from service.engine.decisions.sources import Beside, Source, digest_of, sources
from service.engine.decisions.table_reading import read_table
from service.engine.decisions.tree import attribute, child, children, local
from service.engine.feel import Expression
from service.engine.feel.kinds.types import Type
from service.engine.feel.syntax.nodes import Node

NAMESPACES = frozenset(
    {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    }
)
_NAMED = ("inputData", "decision", "businessKnowledgeModel", "decisionService")
_EXPRESSIONS = (
    *("literalExpression", "decisionTable", "context", "invocation", "relation", "list", "functionDefinition"),
    *("conditional", "filter", "for", "some", "every"),
)


@lru_cache(maxsize=64)
def load(data: bytes, beside: Beside = ()) -> Definition:
    """The definition of a DMN file's bytes; the same bytes are read once. `beside` are files that it may import.

    Raises `engine.xml.XMLRefused` for what is no XML. All else that is wrong is in `findings`, with the element's id:
    a decision whose expression cannot be read has no value.
    """
    found = sources(data, beside)
    root = found[0].root
    digest = digest_of(found)
    if not _is_model(root):
        told = Finding("not-dmn", "error", say("The file is no decision file of DMN 1.1 to 1.5."), root.get("id"))
        return Definition("", "", "", digest, findings=(told,))
    read = [_Reading(source, found) for source in found if _is_model(source.root)]
    inputs = {one.id: one for reading in read for one in reading.inputs()}
    decisions = {one.id: one for reading in read for one in reading.decisions()}
    knowledge = {one.id: one for reading in read for one in reading.models()}
    services = {one.id: one for reading in read for one in reading.services()}
    findings = (*read[0].findings, *cycle_findings(decisions, knowledge, services))
    key, name, namespace = (attribute(root, part) for part in ("id", "name", "namespace"))
    return Definition(key, name, namespace, digest, inputs, decisions, knowledge, services, findings)


class _Reading:
    """One file while it is read. What is wrong with an imported file is found when that file is read for itself."""

    def __init__(self, source: Source, model: list[Source]) -> None:
        self.source = source
        self.root = source.root
        self.findings: list[Finding] = []
        self.names: Names = {key: (name,) for key, name in _elements(source)} | {
            key: tuple(filter(None, (called, name)))
            for called, other in source.imports
            for key, name in _elements(other)
        }
        self.types: Types = file_types(source, self.report)
        self.members = frozenset(
            name
            for other in model
            for name in (*component_names(other.root), *_entry_names(other.root), *dict(_elements(other)).values())
        )
        for element, problem in source.missing:
            self.report(element, problem, rule="decision-import")

    def report(
        self, element: etree._Element, message: Sentence, *, rule: str = "decision-unreadable", level: Level = "error"
    ) -> None:
        """One finding, at the nearest element that has an id."""
        named: etree._Element | None = element
        while named is not None and not named.get("id"):
            named = named.getparent()
        self.findings.append(Finding(rule, level, message, None if named is None else named.get("id")))

    def inputs(self) -> Iterator[InputData]:
        """The input data."""
        for element in children(self.root, "inputData"):
            kind = self.type(element)
            label = attribute(element, "name")
            yield InputData(self.key(element), _name(element), kind, self.source.namespace, self.types, label)

    def decisions(self) -> Iterator[Decision]:
        """The decisions, each with the logic that stands in it."""
        for element in children(self.root, "decision"):
            requires = tuple(self.required(element, "informationRequirement", "requiredInput", "requiredDecision"))
            knowledge = tuple(self.required(element, "knowledgeRequirement", "requiredKnowledge"))
            node = self.logic(element, requires + knowledge)
            kind = self.type(element)
            logic = ready(typed(node, kind))
            self.undeclared(element, logic, requires + knowledge)
            known = (_columns(node), requires, knowledge, kind, self.names, self.types, attribute(element, "name"))
            yield Decision(self.key(element), _name(element), logic, *known)

    def logic(self, element: etree._Element, required: tuple[str, ...]) -> Node:
        """The box of a decision."""
        box = child(element, *_EXPRESSIONS)
        if box is not None:
            return self.boxes(required).read(box)
        self.report(element, say("The decision has no logic, and so no value."), rule="decision-empty", level="warning")
        return Unreadable("", say("the decision has no logic"), start=0, end=0)

    def models(self) -> Iterator[Knowledge]:
        """The business knowledge models."""
        for element in children(self.root, "businessKnowledgeModel"):
            knowledge = tuple(self.required(element, "knowledgeRequirement", "requiredKnowledge"))
            function = child(element, "encapsulatedLogic")
            logic = None if function is None else ready(self.boxes(knowledge).function(function))
            if logic is not None:
                self.undeclared(element, logic, knowledge)
            kind = self.type(element)
            if kind is None and function is not None:
                kind = type_of(function, self.types, self.report)
            kind = result_of(kind, self.types)
            known = (knowledge, self.names, self.types, attribute(element, "name"))
            yield Knowledge(self.key(element), _name(element), logic, kind, *known)

    def services(self) -> Iterator[Service]:
        """The decision services."""
        for element in children(self.root, "decisionService"):
            outputs, inputs, decisions = (
                tuple(key for part in children(element, name) if (key := self.reference(part)) in self.names)
                for name in ("outputDecision", "inputData", "inputDecision")
            )
            kind = self.type(element)
            told = result_of(kind, self.types), self.types, attribute(element, "name"), taken_by(kind, self.types)
            yield Service(self.key(element), _name(element), outputs, inputs, decisions, *told)

    def required(self, element: etree._Element, requirement: str, *parts: str) -> Iterator[str]:
        """The ids that an element requires; one that is not to be had is reported."""
        for needed in children(element, requirement):
            target = child(needed, *parts)
            key = self.reference(target)
            if key in self.names:
                yield key
            elif target is not None:
                message = say(
                    "“%(name)s” is required, and is neither in this file nor imported.",
                    name=attribute(target, "href"),
                )
                self.report(needed, message, rule="decision-requirement")

    def undeclared(self, element: etree._Element, logic: Expression, required: tuple[str, ...]) -> None:
        """Report names that the logic uses and no requirement brings: they stand for nothing when it is asked."""
        unknown = sorted(logic.names - {self.names[key][0] for key in required})
        if unknown:
            names = ", ".join(f"“{name}”" for name in unknown)
            message = say(
                "%(names)s: the logic uses this, and nothing that it requires is called so. Draw the requirement.",
                names=names,
            )
            self.report(element, message, rule="decision-requirement")

    def type(self, element: etree._Element) -> Type | None:
        """The type of an element's variable."""
        variable = child(element, "variable")
        return None if variable is None else type_of(variable, self.types, self.report)

    def key(self, element: etree._Element) -> str:
        """An element's id in the whole model; one without an id goes by its name."""
        return _key(self.source, element)

    def reference(self, element: etree._Element | None) -> str:
        """The id that a `href` points to, in the whole model; empty where it points out of it."""
        namespace, _, key = ("" if element is None else attribute(element, "href")).rpartition("#")
        if namespace in {"", self.source.namespace} and namespace not in self.source.by_namespace:
            return self.source.prefix + key
        other = self.source.by_namespace.get(namespace)
        return "" if other is None else other.prefix + key

    def boxes(self, required: tuple[str, ...]) -> Boxes:
        """A reader of boxes that knows the names of what is required."""
        names = frozenset(self.names[key][0] for key in required)
        return Boxes(names, self.members, self.types, self.report, read_table)


def _is_model(root: etree._Element) -> bool:
    return local(root) == "definitions" and etree.QName(root).namespace in NAMESPACES


def _elements(source: Source) -> Iterator[tuple[str, str]]:
    """The elements of a file that others may require: their ids in the model, and their names."""
    for element in children(source.root, *_NAMED):
        yield _key(source, element), _name(element)


def _key(source: Source, element: etree._Element) -> str:
    return source.prefix + (attribute(element, "id") or attribute(element, "name"))


def _name(element: etree._Element) -> str:
    """The name that expressions use: the variable's, else the element's."""
    variable = child(element, "variable")
    return (attribute(variable, "name") if variable is not None else "") or attribute(element, "name")


def _columns(node: Node) -> tuple[str, ...]:
    """The names of a table's output columns, where they have any."""
    table = node.node if isinstance(node, Typed) else node
    names = (column.name for column in table.outputs) if isinstance(table, Table) else ()
    return tuple(name for name in names if name)


def _entry_names(root: etree._Element) -> Iterator[str]:
    """Names of entries that boxes and tables of the file make."""
    for element in root.iter():
        if local(element) in {"variable", "column", "output"} and attribute(element, "name"):
            yield attribute(element, "name")
