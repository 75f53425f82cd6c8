"""A DMN file (1.2 to 1.5) → a `Definition`: what it decides, what that needs, and what is wrong with it."""

import hashlib
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from service.domain.findings import Finding, Level
from service.engine.decisions.boxes import Boxes, typed
from service.engine.decisions.compiling import ready
from service.engine.decisions.item_types import component_names, item_types, type_named
from service.engine.decisions.model import Decision, Definition, InputData, Knowledge, Service
from service.engine.decisions.nodes import Table, Typed, Unreadable
from service.engine.decisions.requirements import cycle_findings
from service.engine.decisions.table_reading import read_table
from service.engine.decisions.tree import attribute, child, children, local
from service.engine.feel.syntax.nodes import Node
from service.engine.xml import parse_xml

NAMESPACES = frozenset(
    {
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    }
)
_EXPRESSIONS = (
    *("literalExpression", "decisionTable", "context", "invocation", "relation", "list", "functionDefinition"),
    *("conditional", "filter", "for", "some", "every"),
)


@lru_cache(maxsize=32)
def load(data: bytes) -> Definition:
    """The definition of a DMN file's bytes; the same bytes are read once.

    Raises `engine.xml.XMLRefused` for what is no XML. All else that is wrong is in `findings`, with the element's id:
    a decision whose expression cannot be read has no value.
    """
    root = parse_xml(data)
    return _Reading(root, hashlib.sha256(data).hexdigest()).definition()


class _Reading:
    """One file while it is read."""

    def __init__(self, root: etree._Element, digest: str) -> None:
        self.root = root
        self.digest = digest
        self.findings: list[Finding] = []
        self.names = {
            attribute(element, "id"): _name(element)
            for element in children(root, "inputData", "decision", "businessKnowledgeModel", "decisionService")
        }
        self.types = frozenset(attribute(item, "name") for item in children(root, "itemDefinition"))
        self.members = frozenset((*component_names(root), *_entry_names(root)))

    def definition(self) -> Definition:
        """What the file says."""
        root = self.root
        if local(root) != "definitions" or etree.QName(root).namespace not in NAMESPACES:
            self.report(root, "The file is no decision file of DMN 1.2 to 1.5.", rule="not-dmn")
            return Definition("", "", "", self.digest, findings=tuple(self.findings))
        types = item_types(root, self.report)
        decisions = {attribute(element, "id"): self.decision(element) for element in children(root, "decision")}
        knowledge = {attribute(item, "id"): self.knowledge(item) for item in children(root, "businessKnowledgeModel")}
        services = {attribute(item, "id"): self.service(item) for item in children(root, "decisionService")}
        self.findings += cycle_findings(decisions, knowledge, services)
        return Definition(
            attribute(root, "id"),
            attribute(root, "name"),
            attribute(root, "namespace"),
            self.digest,
            {attribute(element, "id"): self.input(element) for element in children(root, "inputData")},
            decisions,
            knowledge,
            services,
            types,
            tuple(self.findings),
        )

    def report(
        self, element: etree._Element, message: str, *, rule: str = "decision-unreadable", level: Level = "error"
    ) -> None:
        """One finding, at the nearest element that has an id."""
        named: etree._Element | None = element
        while named is not None and not named.get("id"):
            named = named.getparent()
        self.findings.append(Finding(rule, level, message, None if named is None else named.get("id")))

    def input(self, element: etree._Element) -> InputData:
        """An input data element."""
        return InputData(attribute(element, "id"), _name(element), type_named(_type(element)))

    def decision(self, element: etree._Element) -> Decision:
        """A decision, with the logic that stands in it."""
        requires = tuple(self.required(element, "informationRequirement", "requiredInput", "requiredDecision"))
        knowledge = tuple(self.required(element, "knowledgeRequirement", "requiredKnowledge"))
        box = child(element, *_EXPRESSIONS)
        node = None if box is None else self.boxes(requires + knowledge).read(box)
        if node is None:
            self.report(element, "The decision has no logic, and so no value.", rule="decision-empty", level="warning")
            node = Unreadable("", "the decision has no logic", start=0, end=0)
        logic = ready(typed(node, _type(element)))
        return Decision(attribute(element, "id"), _name(element), logic, _columns(node), requires, knowledge)

    def knowledge(self, element: etree._Element) -> Knowledge:
        """A business knowledge model."""
        knowledge = tuple(self.required(element, "knowledgeRequirement", "requiredKnowledge"))
        function = child(element, "encapsulatedLogic")
        logic = None if function is None else ready(self.boxes(knowledge).function(function))
        return Knowledge(attribute(element, "id"), _name(element), logic, type_named(_type(element)), knowledge)

    def service(self, element: etree._Element) -> Service:
        """A decision service."""

        def ids(name: str) -> tuple[str, ...]:
            return tuple(self.reference(part) for part in children(element, name))

        return Service(
            attribute(element, "id"), _name(element), ids("outputDecision"), ids("inputData"), ids("inputDecision")
        )

    def required(self, element: etree._Element, requirement: str, *parts: str) -> Iterator[str]:
        """The ids that an element requires; one that is not in the file is reported."""
        for needed in children(element, requirement):
            target = child(needed, *parts)
            key = self.reference(target)
            if key in self.names:
                yield key
            elif target is not None:
                self.report(needed, f"“{key}” is required, and is not in this file.", rule="decision-requirement")

    def reference(self, element: etree._Element | None) -> str:
        """The id that a `href` points to. What stands in another file keeps its namespace, and is not found."""
        href = "" if element is None else attribute(element, "href")
        return href.removeprefix(attribute(self.root, "namespace")).removeprefix("#")

    def boxes(self, required: tuple[str, ...]) -> Boxes:
        """A reader of boxes that knows the names of what is required."""
        names = frozenset(self.names[key] for key in required)
        return Boxes(names, self.members, self.types, self.report, read_table)


def _name(element: etree._Element) -> str:
    """The name that expressions use: the variable's, else the element's."""
    variable = child(element, "variable")
    return (attribute(variable, "name") if variable is not None else "") or attribute(element, "name")


def _type(element: etree._Element) -> str:
    variable = child(element, "variable")
    return "" if variable is None else attribute(variable, "typeRef")


def _columns(node: Node | None) -> tuple[str, ...]:
    """The names of a table's output columns, where they have any."""
    table = node.node if isinstance(node, Typed) else node
    names = (column.name for column in table.outputs) if isinstance(table, Table) else ()
    return tuple(name for name in names if name)


def _entry_names(root: etree._Element) -> Iterator[str]:
    """Names of entries that boxes and tables of the file make."""
    for element in root.iter():
        if local(element) in {"variable", "column", "output"} and attribute(element, "name"):
            yield attribute(element, "name")
