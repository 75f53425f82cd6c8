"""Boxed expressions → one tree of FEEL nodes (DMN 1.5, 10.2.1): a context becomes a context, an invocation a call."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal as OneOf

from lxml import etree

from service.domain.sentences import Sentence, say
from service.engine.decisions.item_types import type_of
from service.engine.decisions.model import Types
from service.engine.decisions.nodes import Cell, Choice, Embedded, Typed, Unreadable
from service.engine.decisions.tree import attribute, child, children, local, text_of
from service.engine.feel import FeelError, parse, parse_unary
from service.engine.feel.expression import parse_iteration
from service.engine.feel.kinds.types import Type
from service.engine.feel.syntax.nodes import (
    Call,
    ContextOf,
    Filter,
    For,
    FunctionOf,
    Iterator,
    ListOf,
    Literal,
    Name,
    Node,
    Path,
    Postfix,
    Quantified,
)

NESTING = 16
"""Boxes inside one another."""

_RESULT = " result"
"""The entry that a context without a last name stands for; no text can spell it."""

Report = Callable[[etree._Element, Sentence], None]


@dataclass(frozen=True)
class Boxes:
    """Reads the boxes of one element. `names` are in scope there; `report` is told what cannot be read, and where."""

    names: frozenset[str]
    members: frozenset[str]
    types: Types
    report: Report
    table: "Callable[[Boxes, etree._Element], Node]"
    depth: int = 0

    def within(self, *names: str) -> "Boxes":
        """The same, one box further in, with more names in scope."""
        return replace(self, names=self.names | set(names), depth=self.depth + 1)

    def read(self, box: etree._Element | None) -> Node:
        """The tree of a box, null where there is none. What cannot be read is reported, and has no value."""
        if box is None:
            return Literal(None, start=0, end=0)
        if self.depth > NESTING:
            return self.refused(box, say("Boxes are nested more than %(most)s deep.", most=NESTING))
        readers: dict[str, Callable[[etree._Element], Node]] = {
            "literalExpression": self.literal,
            "decisionTable": lambda box: self.table(self, box),
            "context": self.context,
            "invocation": self.invocation,
            "relation": self.relation,
            "list": self.list,
            "functionDefinition": self.function,
            "conditional": self.conditional,
            "filter": self.filter,
            "for": self.loop,
            "some": self.quantified,
            "every": self.quantified,
        }
        if local(box) not in readers:
            return self.refused(box, say("A box of the kind “%(kind)s” is not run.", kind=local(box)))
        return typed(readers[local(box)](box), self.type(box))

    def inner(self, element: etree._Element | None) -> Node:
        """The tree of the one box that stands in an element."""
        boxes = [] if element is None else children(element)
        return self.read(next((box for box in boxes if local(box) not in _NO_BOX), None))

    def text(self, element: etree._Element, text: str) -> Node:
        """The tree of a FEEL text that stands in an element."""
        try:
            node = parse(text, self.names, members=self.members, types=self.types).node
        except FeelError as error:
            return self.refused(
                element, say("“%(text)s” cannot be read: %(error)s", text=text[:60], error=error.message), text
            )
        return Embedded(text, node, start=0, end=len(text))

    def cell(self, element: etree._Element) -> Cell:
        """The tests that stand in an element."""
        text = text_of(child(element, "text"))
        try:
            read = parse_unary(text, self.names, members=self.members, types=self.types)
        except FeelError as error:
            broken = self.refused(
                element, say("“%(text)s” cannot be read: %(error)s", text=text[:60], error=error.message), text
            )
            return Cell(text, (broken,), False, start=0, end=len(text))
        return Cell(text, read.nodes, read.negated, start=0, end=len(text))

    def type(self, element: etree._Element) -> Type | None:
        """The type that an element names."""
        return type_of(element, self.types, self.report)

    def refused(self, element: etree._Element, message: Sentence, text: str = "") -> Node:
        """What stands for an expression that cannot be read."""
        self.report(element, message)
        return Unreadable(text, message, start=0, end=len(text))

    def literal(self, box: etree._Element) -> Node:
        """A FEEL text; an empty one is null."""
        language = attribute(box, "expressionLanguage")
        if language and "FEEL" not in language.upper():
            return self.refused(box, say("Expressions in “%(language)s” are not run; write FEEL.", language=language))
        text = text_of(child(box, "text"))
        return self.text(box, text) if text else Literal(None, start=0, end=0)

    def context(self, box: etree._Element) -> Node:
        """Named entries, each seeing those before it; a last one without a name is what comes out."""
        entries: list[tuple[str, Node]] = []
        reader, result = self, False
        for entry in children(box, "contextEntry"):
            variable = child(entry, "variable")
            name = _RESULT if variable is None else attribute(variable, "name")
            kind = None if variable is None else self.type(variable)
            entries.append((name, typed(reader.within().inner(entry), kind)))
            reader = replace(reader, names=reader.names | {name})
            result = variable is None
        node: Node = ContextOf(tuple(entries), start=0, end=0)
        return Postfix(node, (Path(_RESULT, start=0, end=0),), start=0, end=0) if result else node

    def invocation(self, box: etree._Element) -> Node:
        """A function and the values of its parameters."""
        callee = self.inner(box)
        if isinstance(callee, Embedded) and isinstance(callee.node, Name):
            callee = callee.node
        bindings = children(box, "binding")
        parameters = [child(binding, "parameter") for binding in bindings]
        names = tuple("" if parameter is None else attribute(parameter, "name") for parameter in parameters)
        kinds = (None if parameter is None else self.type(parameter) for parameter in parameters)
        values = (self.within().inner(binding) for binding in bindings)
        arguments = tuple(typed(value, kind) for value, kind in zip(values, kinds, strict=True))
        return Postfix(callee, (Call(arguments, names, start=0, end=0),), start=0, end=0)

    def relation(self, box: etree._Element) -> Node:
        """A list of contexts, one per row."""
        columns = [(attribute(column, "name"), self.type(column)) for column in children(box, "column")]
        rows = []
        for row in children(box, "row"):
            values = [self.within().read(value) for value in children(row)]
            entries = tuple((name, typed(value, kind)) for (name, kind), value in zip(columns, values, strict=False))
            rows.append(ContextOf(entries, start=0, end=0))
        return ListOf(tuple(rows), start=0, end=0)

    def list(self, box: etree._Element) -> Node:
        """A list of boxes."""
        return ListOf(
            tuple(self.within().read(item) for item in children(box) if local(item) not in _NO_BOX), start=0, end=0
        )

    def function(self, box: etree._Element) -> Node:
        """A function; one that is not written in FEEL has no value."""
        parameters = tuple(
            (attribute(parameter, "name"), self.type(parameter)) for parameter in children(box, "formalParameter")
        )
        foreign = attribute(box, "kind") not in {"", "FEEL"}
        body = Literal(None, start=0, end=0) if foreign else self.within(*(name for name, _ in parameters)).inner(box)
        if foreign:
            self.report(
                box,
                say("A function written in %(language)s is not run; write FEEL.", language=attribute(box, "kind")),
            )
        return FunctionOf(parameters, body, foreign, start=0, end=0)

    def conditional(self, box: etree._Element) -> Node:
        """if, then, else."""
        condition, then, otherwise = (self.within().inner(child(box, part)) for part in ("if", "then", "else"))
        return Choice(condition, then, otherwise, start=0, end=0)

    def filter(self, box: etree._Element) -> Node:
        """The items of a list of which something holds."""
        items = self.within().inner(child(box, "in"))
        condition = self.within("item", *self.members).inner(child(box, "match"))
        return Postfix(items, (Filter(condition, start=0, end=0),), start=0, end=0)

    def loop(self, box: etree._Element) -> Node:
        """A value for every item of a list."""
        iterator = self._iterator(box)
        body = self.within(iterator.name, "partial").inner(child(box, "return"))
        return For((iterator,), body, start=0, end=0)

    def quantified(self, box: etree._Element) -> Node:
        """Whether something holds of some, or of every, item of a list."""
        iterator = self._iterator(box)
        quantifier: OneOf["some", "every"] = "some" if local(box) == "some" else "every"
        body = self.within(iterator.name).inner(child(box, "satisfies"))
        return Quantified(quantifier, (iterator,), body, start=0, end=0)

    def _iterator(self, box: etree._Element) -> Iterator:
        name, within = attribute(box, "iteratorVariable"), child(box, "in")
        source, until = self._ends(within) or (self.within().inner(within), None)
        return Iterator(name, source, until, start=0, end=0)

    def _ends(self, element: etree._Element | None) -> tuple[Node, Node] | None:
        """The ends of `1..n`, which may stand behind `in` without brackets; nothing where another box stands there."""
        box = None if element is None else child(element, "literalExpression")
        text = "" if box is None else text_of(child(box, "text"))
        if ".." not in text:
            return None
        try:
            first, last = parse_iteration(text, self.names, members=self.members, types=self.types)
        except FeelError:
            return None  # said where the box itself is read
        if last is None:
            return None
        return Embedded(text, first, start=0, end=len(text)), Embedded(text, last, start=0, end=len(text))


_NO_BOX = frozenset({"variable", "parameter", "formalParameter", "extensionElements", "description", "binding"})


def typed(node: Node, kind: Type | None) -> Node:
    """A node whose value must be of a type, where one is told."""
    return node if kind is None else Typed(node, kind, start=node.start, end=node.end)
