"""The facts about looking: who read what is not for everybody, who looked for what is held on somebody, who took it out, who
signed in with raised rights, and who closed a case to others.

As in `facts`, a shape is never edited. A reason stands here as `{"sealed": commitment}`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from service.domain.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSearched(Fact):
    """Somebody looked for sealed values: by words (which do not stand here), by who wrote them, or by their case; so many
    values and documents were found and shown, and places in records and in published versions. `people` wrote or brought
    what was shown."""

    KIND: ClassVar[str] = "held.searched"
    by: str
    person: str | None = None
    case: str | None = None
    values: int = 0
    documents: int = 0
    records: int = 0
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRead(Fact):
    """Somebody read a case that is closed to others; `what` is the kind of page or answer that she was given."""

    KIND: ClassVar[str] = "case.read"
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosedOff(Fact):
    """The case is for the holders of these roles alone from now on, on that ground of the workspace's country."""

    KIND: ClassVar[str] = "case.closed_off"
    basis: str
    readers: tuple[str, ...]
    reason: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpenedUp(Fact):
    """The case is again for everybody who reads cases here."""

    KIND: ClassVar[str] = "case.opened_up"
    reason: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHandedOver(Fact):
    """The time for keeping the case was over, by its class, and it was handed over to the archives."""

    KIND: ClassVar[str] = "case.handed_over"
    retention: str
    receipt: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsRaised(Fact):
    """Somebody signed in who may more here than work on her tasks: those roles (`administrator`: of the installation)."""

    KIND: ClassVar[str] = "rights.raised"
    account: str
    roles: tuple[str, ...]
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonExported(Fact):
    """All that is held on a person was put together for somebody: herself where there is no reason."""

    KIND: ClassVar[str] = "person.exported"
    person: str
    digest: str
    reason: Mapping[str, str] | None = None
