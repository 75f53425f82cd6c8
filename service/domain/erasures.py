"""Erasure by due process: one asks, another approves, and what is done is written down and certified.

An erasure names what opens commitments, documents and people. None of the three says what was there.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from service.domain.errors import Conflict, NotAllowed, NotFound, Refused, Unavailable

State = Literal["waiting", "done", "refused"]
"""It waits for a second person, it was carried out, or it was refused or withdrawn."""

SHORTEST = 6
"""Characters of a text from which on the same text elsewhere is taken for a copy of it, and not for chance."""


class ErasureNotFound(NotFound):
    """There is no such erasure, or none that you may see."""


class ErasureDecided(Conflict):
    """This erasure was decided before: it is {state}."""


class SecondPersonNeeded(NotAllowed):
    """An erasure is approved by somebody else than who asked for it."""


class ErasureEmpty(Refused):
    """Nothing was chosen that could be erased, or it is gone already."""


class PersonStillTakesPart(Refused):
    """Who still holds a role, acts for an organisation or has a task is not erased; end that first."""


class ErasureListUnreadable(Refused):
    """This is no list of erasures that can be read: {reason}."""


class ErasureListUnwritable(Unavailable):
    """The list of erasures {place} cannot be read or written: {reason}."""


class Shelf(Protocol):
    """Where the list of erasures lies, outside the database."""

    @property
    def place(self) -> str:
        """Where that is, for people."""

    def read(self) -> str | None:
        """The list; None where there is none. Raises `ErasureListUnwritable`."""

    def write(self, text: str, /) -> None:
        """Let it say this from now on, or leave it as it was. Raises `ErasureListUnwritable`."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an erasure is about: commitments, and the ids of documents and people."""

    commitments: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it is about nothing."""
        return not (self.commitments or self.documents or self.people)


@dataclass(frozen=True, slots=True)
class Removed:
    """How much was removed, in rows. `copies` are texts on their way: drafts, files put to answers, mails, receipts."""

    values: int = 0
    documents: int = 0
    people: int = 0
    copies: int = 0

    def plain(self) -> dict[str, int]:
        """As JSON values."""
        return {"values": self.values, "documents": self.documents, "people": self.people, "copies": self.copies}


@dataclass(frozen=True, slots=True)
class Listed:
    """An erasure that was carried out, as the list outside the database tells it: enough to do it again, and no value."""

    workspace: str
    erasure: str
    at: str
    basis: str
    wanted: Wanted
    requested_by: str
    approved_by: str

    def plain(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "workspace": self.workspace,
            "erasure": self.erasure,
            "at": self.at,
            "basis": self.basis,
            "commitments": list(self.wanted.commitments),
            "documents": list(self.wanted.documents),
            "people": list(self.wanted.people),
            "requested_by": self.requested_by,
            "approved_by": self.approved_by,
        }


def written(erasures: Iterable[Listed]) -> str:
    """A list of erasures as a file: a line of JSON for each, oldest first, and a last one that says how many there are and
    the SHA-256 of the lines before it, so that a list which was cut off is noticed."""
    ordered = sorted(erasures, key=lambda it: (it.at, it.workspace, it.erasure))
    lines = [json.dumps({"mandat": "erasures", "form": 1}), *(json.dumps(it.plain()) for it in ordered)]
    text = "".join(f"{line}\n" for line in lines)
    last = {"erasures": len(ordered), "sha256": hashlib.sha256(text.encode()).hexdigest()}
    return f"{text}{json.dumps(last)}\n"


def read(text: str) -> list[Listed]:
    """The erasures of such a file. Raises `ErasureListUnreadable`."""
    *lines, last = text.splitlines() or [""]
    before = "".join(f"{line}\n" for line in lines)
    try:
        first, *rest = [json.loads(line) for line in lines] or [None]
        end = json.loads(last)
        if not isinstance(first, Mapping) or first.get("mandat") != "erasures":
            raise ErasureListUnreadable(reason="it does not begin like one")
        if first.get("form") != 1:
            raise ErasureListUnreadable(reason="a newer version of Mandat has written it")
        if end != {"erasures": len(rest), "sha256": hashlib.sha256(before.encode()).hexdigest()}:
            raise ErasureListUnreadable(reason="it is not whole, or was changed")
        return [_listed(it) for it in rest]
    except (ValueError, KeyError, TypeError) as error:
        raise ErasureListUnreadable(reason="a line in it cannot be read") from error


def _listed(it: Mapping[str, Any]) -> Listed:
    parts = (tuple(str(one) for one in it[name]) for name in ("commitments", "documents", "people"))
    texts = {name: str(it[name]) for name in ("workspace", "erasure", "at", "basis", "requested_by", "approved_by")}
    return Listed(wanted=Wanted(*parts), **texts)
