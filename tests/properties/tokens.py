"""What lies on the board of the token game: tokens with their variables, and the scopes that they move in."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from tests.properties.plans import Fixed, Node, Plan

Variables = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Change(Fixed):
    """One change of one variable on a token's way: what it became (`GONE`: nothing), and what was added where all that
    happened is that a list grew."""

    name: str
    value: Any
    addition: list[Any] | None


GONE = object()
"""The value of a variable that is not there."""

History = tuple[Change, ...]


_ages = count()


def next_age() -> int:
    """The next place in the order in which things come to be."""
    return next(_ages)


@dataclass(eq=False)
class Instance:
    """One run of a process; `given` are the variables that it began with, `caller` the call that waits for it."""

    plan: Plan
    given: Variables
    caller: "Work | None" = None
    outcome: str = "completed"
    scope: "Scope" = field(init=False)


@dataclass(eq=False)
class Scope:
    """One run of a process or sub-process, that began with the variables `given`. `data` is what its ended tokens
    leave, `history` what was changed on their ways, `ended` when the last of them ended."""

    instance: Instance
    id: str
    holder: "Work | None"
    given: Variables
    data: Variables
    history: History = ()
    tokens: list["Token"] = field(default_factory=list)
    ended: int | None = None


@dataclass(eq=False)
class Token:
    """A token that stands at a node, having come by a flow. `history` is what was changed on its way here."""

    scope: Scope
    node: Node
    flow: str | None
    data: Variables
    history: History
    works: list["Work"] = field(default_factory=list)
    watches: list["Watch"] = field(default_factory=list)
    items: list[Any] = field(default_factory=list)
    results: dict[int, Any] = field(default_factory=dict)
    changes: dict[int, Variables] = field(default_factory=dict)
    age: int = field(default_factory=next_age)


@dataclass(eq=False)
class Work:
    """One performance of an activity: the whole, or one item or round of it (`index`)."""

    token: Token
    index: int | None
    data: Variables
    inner: Scope | None = None
    child: Instance | None = None


@dataclass(eq=False)
class Watch:
    """An event that a token waits for: on the edge of its activity, behind its gateway, or where it stands."""

    token: Token
    node: Node
    data: Variables
    due: datetime | None = None
    left: int | None = None
    age: int = field(default_factory=next_age)
