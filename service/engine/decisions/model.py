"""A decision file as it was read: frozen values, addressed by the author's ids and names.

What an imported file brings stands beside what the file itself has, its ids with the file's name and `#` before them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.domain.findings import Finding
from service.domain.sentences import Sentence, say
from service.engine.feel import Expression
from service.engine.feel.kinds.types import Type

Names = Mapping[str, tuple[str, ...]]
"""What a file calls its own and imported elements, by id: a name, or the name of an import and a name in it."""

Types = Mapping[str, Type]
"""The types that can be named in a file."""


class DecisionFault(Exception):
    """A decision cannot be evaluated. `message` is a whole sentence."""

    def __init__(self, message: Sentence) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class InputData:
    """A value that the file asks for. `types` are those of the file in which it stands, as for the others.

    `name` is what expressions call it, `label` what the drawing does; so it is for the others.
    """

    id: str
    name: str
    type: Type | None = None
    namespace: str = ""
    types: Types = field(default_factory=dict)
    label: str = ""


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
    type: Type | None = None
    names: Names = field(default_factory=dict)
    types: Types = field(default_factory=dict)
    label: str = ""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A business knowledge model: a function with a name. `type` is that of its results."""

    id: str
    name: str
    function: Expression | None
    type: Type | None = None
    knowledge: tuple[str, ...] = ()
    names: Names = field(default_factory=dict)
    types: Types = field(default_factory=dict)
    label: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """A decision service: decisions behind one function. Its parameters are inputs, then decisions taken as given.

    `type` is that of its results; `takes` are the types of its parameters, where its own type tells them.
    """

    id: str
    name: str
    outputs: tuple[str, ...]
    input_data: tuple[str, ...] = ()
    input_decisions: tuple[str, ...] = ()
    type: Type | None = None
    types: Types = field(default_factory=dict)
    label: str = ""
    takes: tuple[Type | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """A decision file. `digest` is the sha-256 of its bytes: what was evaluated can be named and proved.

    Where it imports others, `digest` covers them as well.
    """

    key: str
    name: str
    namespace: str
    digest: str
    inputs: Mapping[str, InputData] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    knowledge: Mapping[str, Knowledge] = field(default_factory=dict)
    services: Mapping[str, Service] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def keys(self) -> tuple[str, ...]:
        """The ids of the file's own decisions, in its order."""
        return tuple(key for key in self.decisions if "#" not in key)

    def find(self, key: str) -> Decision | Service | Knowledge:
        """The decision, service or model with that id, else that name. Raises DecisionFault."""
        groups: tuple[Mapping[str, Decision | Service | Knowledge], ...]
        groups = (self.decisions, self.services, self.knowledge)
        for group in groups:
            if key in group:
                return group[key]
        for group in groups:
            for element in group.values():
                if key in (element.name, element.label):
                    return element
        raise DecisionFault(
            say(
                "There is no decision “%(key)s” in %(name)s; there are %(names)s.",
                key=key,
                name=self.name,
                names=", ".join(self.keys()),
            )
        )
