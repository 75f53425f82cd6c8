"""A decision file as it was read: frozen values, addressed by the author's ids and names."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.domain.findings import Finding
from service.engine.feel import Expression
from service.engine.feel.kinds.types import Type


class DecisionFault(Exception):
    """A decision cannot be evaluated."""


@dataclass(frozen=True, slots=True)
class InputData:
    """A value that the file asks for."""

    id: str
    name: str
    type: Type | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: `requires` are ids of inputs and decisions, `knowledge` those of models and services it calls.

    `outputs` are the names of its table's columns, where its logic is a table with named columns.
    """

    id: str
    name: str
    logic: Expression
    outputs: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    knowledge: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A business knowledge model: a function with a name. `type` is that of its results."""

    id: str
    name: str
    function: Expression | None
    type: Type | None = None
    knowledge: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """A decision service: decisions behind one function. Its parameters are inputs, then decisions taken as given."""

    id: str
    name: str
    outputs: tuple[str, ...]
    input_data: tuple[str, ...] = ()
    input_decisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """A decision file. `digest` is the sha-256 of its bytes: what was evaluated can be named and proved."""

    key: str
    name: str
    namespace: str
    digest: str
    inputs: Mapping[str, InputData] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    knowledge: Mapping[str, Knowledge] = field(default_factory=dict)
    services: Mapping[str, Service] = field(default_factory=dict)
    types: Mapping[str, Type] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def keys(self) -> tuple[str, ...]:
        """The ids of the decisions, in the order of the file."""
        return tuple(self.decisions)

    def find(self, key: str) -> Decision | Service | Knowledge:
        """The decision, service or model with that id, else that name. Raises DecisionFault."""
        groups: tuple[Mapping[str, Decision | Service | Knowledge], ...]
        groups = (self.decisions, self.services, self.knowledge)
        for group in groups:
            if key in group:
                return group[key]
        for group in groups:
            for element in group.values():
                if element.name == key:
                    return element
        raise DecisionFault(f"There is no decision “{key}” in {self.name}; there are {', '.join(self.keys())}.")
