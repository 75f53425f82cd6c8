"""What a diagram alone says of its variables on one way through it: so that no way is told that nothing can take.

A variable is known where a script gives it a value that can be worked out, or a condition on the way says what it is; it
is forgotten where anything else may set it. Everything that is not known is possible.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

from service.domain.calendars import Calendar
from service.engine import feel
from service.engine.feel import nodes
from service.engine.model import Element, Process
from service.forms import offering, resting

Outputs = Callable[[str], Mapping[str, Collection[str] | None] | None]
"""The variables that a decision sets, by its id, each with the texts that it may be where they are known; None for a
decision that nobody knows."""

MOST_STARTS = 96
"""Sets of answers that are looked at for one form."""

GATEWAYS = frozenset({"exclusiveGateway", "eventBasedGateway"})
"""Where one of several ways is taken."""

_CLOCK = ("today()", "now()", "working days")
_CLOCKLESS = feel.Context(datetime(2000, 1, 1, tzinfo=UTC), ZoneInfo("UTC"), Calendar("none", "UTC", {}), strict=False)


@dataclass(frozen=True, slots=True)
class Prospect:
    """What is known of variables: their values, the texts that one of them is among, and values that they do not have.

    `outputs` tells of decisions.
    """

    outputs: Outputs
    values: Mapping[str, Any] = field(default_factory=dict)
    among: Mapping[str, frozenset[str]] = field(default_factory=dict)
    without: frozenset[tuple[str, Any]] = frozenset()

    def through(self, element: Element) -> "Prospect":
        """What is known behind an element: its scripts have run, and what it sets besides is forgotten."""
        found = self._scripted(element.pre_script)
        if element.decision:
            made = self.outputs(element.decision)
            found = found._set_by(made)
            texts = {name: frozenset(it) for name, it in (made or {}).items() if it is not None}
            found = replace(found, among={**found.among, **texts})
        if element.operation and element.operation.result:
            found = found._set_by((element.operation.result,))
        return found._scripted(element.script)._scripted(element.post_script)

    def taking(self, condition: str | None, refused: Collection[str]) -> "Prospect | None":
        """What is known on a flow with that condition, where those before it were not met; None: it cannot be taken."""
        if condition is not None and self._truth(condition) is False:
            return None
        found: Prospect = self
        for other in refused:
            if self._truth(other) is True:
                return None
            found = found._told(_node(other), met=False)
        return found if condition is None else found._told(_node(condition), met=True)

    # --- learning ------------------------------------------------------------------------------------------------------

    def _told(self, node: nodes.Node | None, *, met: bool) -> "Prospect":
        """What is known besides where a condition is met, or is not."""
        if isinstance(node, nodes.Logic) and node.operator == ("and" if met else "or"):
            found = self
            for operand in node.operands:
                found = found._told(operand, met=met)
            return found
        pair = _equals(node)
        if pair is None:
            return self
        if met:
            return replace(self, values={**self.values, pair[0]: pair[1]})
        return replace(self, without=self.without | {pair})

    def _scripted(self, text: str | None) -> "Prospect":
        found = self
        if text:
            try:
                statements = feel.parse_script(text).statements
            except feel.FeelSyntaxError:
                return Prospect(self.outputs)
            for name, expression in statements:
                known = found._value(expression)
                found = found._set_by((name,))
                if known:
                    found = replace(found, values={**found.values, name: known[0]})
        return found

    def _set_by(self, names: Collection[str] | None) -> "Prospect":
        if names is None:
            return Prospect(self.outputs)
        values = {name: value for name, value in self.values.items() if name not in names}
        among = {name: texts for name, texts in self.among.items() if name not in names}
        without = frozenset(it for it in self.without if it[0] not in names)
        return replace(self, values=values, among=among, without=without)

    # --- working out -----------------------------------------------------------------------------------------------------

    def _truth(self, text: str, node: nodes.Node | None = None) -> bool | None:
        """Whether a condition is met; None where that is not known."""
        node = _node(text) if node is None else node
        if isinstance(node, nodes.Logic):
            found = [self._truth(text, operand) for operand in node.operands]
            decisive = node.operator == "or"
            return decisive if decisive in found else None if None in found else not decisive
        pair = _equals(node)
        if pair is not None and (pair in self.without or pair[1] not in self.among.get(pair[0], (pair[1],))):
            return False
        try:
            value = self._value(feel.parse(text if node is None else text[node.start : node.end]))
        except feel.FeelSyntaxError:
            return None
        return value[0] if value and isinstance(value[0], bool) else None

    def _value(self, expression: feel.Expression) -> tuple[Any] | None:
        """The value of an expression, in a tuple of its own; None where it is not known."""
        if not (expression.names | expression.possible) <= self.values.keys() or any(
            it in expression.text for it in _CLOCK
        ):
            return None
        try:
            return (expression.explain(self.values, _CLOCKLESS).value,)
        except feel.FeelError:
            return None


def prospects(
    process: Process,
    element: Element,
    schema: Mapping[str, Any],
    outputs: Outputs,
    known: Mapping[str, Any] | None = None,
) -> Iterator[Prospect]:
    """What may be known behind an element whose form has that schema: once for each combination of its answers.

    Only fields that the diagram's conditions and scripts look at are told apart. `known` are the variables of the case as
    the element sees them: they still hold on the way from it where nothing beside it can change them.
    """
    if element.loop is not None:
        yield Prospect(outputs).through(element)
        return
    texts = [it for it in (element.post_script, *(flow.condition for flow in process.flows)) if it]
    asked = {name: domain for name, domain in _domains(schema).items() if any(name in text for text in texts)}
    combined = 1
    for name in list(asked):
        combined *= len(asked[name])
        if combined > MOST_STARTS:
            del asked[name]
            combined //= MOST_STARTS
    answered = {name for name, _ in resting.fields(schema)}
    held = {name: it for name, it in (known or {}).items() if name not in answered} if _alone(process) else {}
    for values in product(*asked.values()):
        yield Prospect(outputs, {**held, **dict(zip(asked, values, strict=True))}).through(element)


def _alone(process: Process) -> bool:
    """Whether a process has one token, so that nothing happens beside what somebody does in it."""
    return not any(
        it.kind in ("parallelGateway", "inclusiveGateway", "complexGateway", "subProcess")
        or (it.attached_to is not None and not it.interrupting)
        or (it.kind not in GATEWAYS and len(it.outgoing) > 1)
        for it in process.elements
    )


def _domains(schema: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """The fields of a form that have few answers, and these."""
    found: dict[str, tuple[Any, ...]] = {}
    for name, part in resting.fields(schema):
        offered = [
            it for it in part.get("oneOf", ()) if isinstance(it, Mapping) and "const" in it and offering.offers(it)
        ]
        listed = [it["const"] for it in offered]
        answers = listed or part.get("enum") or ([True, False] if part.get("type") == "boolean" else [])
        if answers and name not in found:
            found[name] = (*answers, *(() if name in schema.get("required", ()) else (None,)))
    return found


def _node(text: str) -> nodes.Node | None:
    try:
        return feel.parse(text).node
    except feel.FeelSyntaxError:
        return None


def _equals(node: nodes.Node | None) -> tuple[str, Any] | None:
    """The variable and the value that a comparison `name = value` speaks of."""
    if isinstance(node, nodes.Comparison) and node.operator == "=":
        left, right = node.left, node.right
        if isinstance(left, nodes.Name) and isinstance(right, nodes.Literal) and isinstance(right.value, str | bool):
            return left.name, right.value
    return None
