"""The facts about erasures. None of them holds what was erased: only what opened it is named.

As in `facts`, a shape is never edited. A reason stands here as `{"sealed": commitment}`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from service.domain.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRequested(Fact):
    """Somebody asked that what opens these commitments, these documents and what is known of these people be erased."""

    KIND: ClassVar[str] = "erasure.requested"
    erasure: str
    basis: str
    reason: Mapping[str, str]
    commitments: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRefused(Fact):
    """The erasure is not carried out: a second person refused it, or who had asked for it thought better."""

    KIND: ClassVar[str] = "erasure.refused"
    erasure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureDone(Fact):
    """An erasure was approved and carried out, in one transaction with this entry. Its commitments stand in the
    `disclosures.erased` before it. `copies`: drafts, files on their way, mails and receipts that held the same."""

    KIND: ClassVar[str] = "erasure.done"
    erasure: str
    basis: str
    requested_by: str
    documents: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    copies: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRepeated(Fact):
    """What had been erased at `at` came back with a backup, and was erased again. Its commitments stand in the
    `disclosures.erased` before it, if any came back."""

    KIND: ClassVar[str] = "erasure.repeated"
    erasure: str
    at: str
    basis: str
    requested_by: str
    approved_by: str
    documents: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseReErased(Fact):
    """After a restore, what the list of erasures with that SHA-256 names was erased again: so many of its erasures brought
    something back. Without a `list` none was there, and nothing was erased again."""

    KIND: ClassVar[str] = "database.re_erased"
    list: str | None = None
    listed: int = 0
    erasures: int = 0
    values: int = 0
    documents: int = 0
    people: int = 0
