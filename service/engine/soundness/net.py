"""What tokens are played on: a process as nodes and flows by number, with what an author sees left aside.

A net is a stack of scopes. Scope 0 is the outside: its nodes are pools, its flows are message flows and the beginning of
each pool. Every other scope is a process or an embedded sub-process; a token that is in one stands, in the scope around
it, as a busy node with a marking of its own inside. So two tokens in one sub-process never mix, and an interruption
takes away what is inside and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Join = Literal["any", "all", "some"]


@dataclass(frozen=True, slots=True)
class Throw:
    """An error or an escalation, and its code."""

    kind: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Exit:
    """One way on: each of `flows` gets a token. `through` is the event by which the token leaves, where it is not the
    node itself: one on its edge, one behind an event-based gateway. `needs` are message flows of which one must hold a
    message; none where nothing is waited for, or where it comes from outside and so may always come. `throws` is what is
    thrown on the way. `permit` is a token that is used up by it, and never comes back: so it happens once."""

    flows: tuple[int, ...]
    through: str | None = None
    needs: tuple[int, ...] = ()
    throws: Throw | None = None
    permit: int | None = None


@dataclass(frozen=True, slots=True)
class Catch:
    """An event on the edge of a sub-process for what is thrown inside; without a code, for every one of its kind."""

    kind: str
    code: str | None
    interrupting: bool
    exit: Exit


@dataclass(frozen=True, slots=True)
class Node:
    """A flow node. `join` says which of `ins` must have a token: any one; all; or some, once no other can come.

    It leaves by one of `exits`. A node with an `inner` scope, or with `sides`, stays busy for a while: by one of `cuts` a
    token may leave at any time and take away what is inside; by each of `sides` one more token may leave while it is
    busy. `skips`: what is inside may be done no time at all. `sends` are the message flows that get a message. `rests`: a token
    waits here, or where what was drawn together with it stands, for somebody or something.
    """

    id: str
    scope: int
    join: Join
    ins: tuple[int, ...]
    exits: tuple[Exit, ...]
    cuts: tuple[Exit, ...] = ()
    sides: tuple[Exit, ...] = ()
    catches: tuple[Catch, ...] = ()
    inner: int | None = None
    skips: bool = False
    terminates: bool = False
    rests: bool = False
    sends: tuple[int, ...] = ()

    @property
    def stays(self) -> bool:
        """Whether a token stays in it for a while, as a busy node."""
        return self.inner is not None or bool(self.sides)

    @property
    def quiet(self) -> bool:
        """Whether all it does is to take a token and to pass it on: no other token is the worse or the better for it."""
        loud = self.stays or self.terminates or self.sends or any(way.needs or way.throws for way in self.exits)
        return self.join == "any" and not loud

    @property
    def waits(self) -> bool:
        """Whether it is left by a message from another pool of the net."""
        return any(way.needs for way in self.exits)

    @property
    def ways(self) -> tuple[Exit, ...]:
        """All the exits by which tokens may leave, of whatever kind."""
        return (*self.exits, *self.cuts, *self.sides, *(catch.exit for catch in self.catches))


@dataclass(frozen=True, slots=True)
class Scope:
    """A process or a sub-process: its id, and what lies in it when it begins: the flow of its first token, and permits
    (none of them is drawn)."""

    id: str
    begins: tuple[int, ...]


@dataclass(frozen=True)
class Net:
    """Scopes, and nodes by number. `flows` are the ids of the flows, "" for those that are not drawn; `begins` is what
    lies on the outside when nothing has happened."""

    scopes: tuple[Scope, ...]
    nodes: Mapping[int, Node]
    flows: tuple[str, ...]
    begins: tuple[int, ...]

    @cached_property
    def target(self) -> dict[int, int]:
        """Flow → the node that takes its tokens. A permit, and a message flow to an event inside a pool, have none."""
        return {flow: key for key, node in self.nodes.items() for flow in node.ins}

    @cached_property
    def permits(self) -> frozenset[int]:
        """What lies in a scope and keeps it from no end."""
        return frozenset(flow for scope in self.scopes for flow in scope.begins if flow not in self.target)

    def inside(self, scope: int) -> dict[int, Node]:
        """The nodes of a scope."""
        return {key: node for key, node in self.nodes.items() if node.scope == scope}
