"""What a dossier is made of: its files by name, and the verdicts about what it claims.

A dossier takes one case home, or the whole log of a workspace. Whoever has it verifies it without us.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from service.domain.errors import Conflict, Refused

FORMAT = "mandat dossier 1"

ABOUT = "dossier.json"
RECORDS = "records.jsonl"
WORKSPACE = "workspace.jsonl"
PROOFS = "proofs.json"
LEAVES = "leaves.bin"
CHECKPOINTS = "checkpoints.txt"
KEYS = "keys.txt"
TURNS = "turns.txt"
DISCLOSURES = "disclosures.jsonl"
DOCUMENTS = "documents.json"
RECEIPT = "receipt.json"
SEAL = "seal.json"
PROGRAM = "verify.py"
DEFINITIONS, FILES = "definitions/", "documents/"

UNLISTED = frozenset({ABOUT, RECEIPT, SEAL})
"""Files that the list of files cannot name: the list itself, and what is made once that is done."""

PAGES = frozenset({"index.html", "replay.html", "README.txt", "licences.txt"})
_FIXED = PAGES | {RECORDS, WORKSPACE, PROOFS, LEAVES, CHECKPOINTS, KEYS, TURNS, DISCLOSURES, DOCUMENTS, PROGRAM}
_INSIDE = re.compile(r"(documents|definitions/[0-9a-f]{64})(/(?!\.\.?(/|$))[^\\/:\0]+)+")

WHOLE, LINE = 2**25, 2**24
"""Bytes of a file that is read at once, and of a line of one, at most."""

UNPACKED, RATIO = 2**29, 50
"""An archive may unpack to so many bytes, or to so many times its own size."""

Kind = Literal["case", "log"]


def belongs(name: str) -> bool:
    """Whether a file of that name may lie in a dossier, in a place where a verifier looks at it."""
    return name in _FIXED or _INSIDE.fullmatch(name) is not None


def plain(text: str) -> str:
    """What is said of a dossier, on one line and of printable characters alone, however it was made: a name or a moment in
    it must not draw a verdict of its own on somebody's screen."""
    return "".join(it if it.isprintable() else "?" for it in text)[:300]


class DossierUnreadable(Refused):
    """That is no dossier which can be read: {why}."""


class CheckpointAbsent(Refused):
    """There is no signed checkpoint in what you brought."""


class CheckpointsOfOthers(Refused):
    """The checkpoints that you brought are of {others}, and this log is {origin}. Bring one of this log."""


class LogUnsigned(Conflict):
    """Nothing of this workspace's log is signed yet, so nothing could be proved by a dossier. Ask whoever operates the service
    whether the log has its key, and try again in a minute."""


class Verdict(StrEnum):
    """What became of a claim. What was not checked is not proved, and is no fault; what is not shown answers something that
    the reader brought, and accuses nobody: the dossier does not hold what would tell."""

    PASS = "PASS"
    FAIL = "FAIL"
    UNCHECKED = "NOT CHECKED"
    UNSHOWN = "NOT SHOWN"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of a dossier, the verdict on it, and in words what was looked at or is wrong.

    `index` is the first record that is wrong, counted from 0 in `records.jsonl`; None where the claim is about none.
    """

    name: str
    verdict: Verdict
    says: str
    index: int | None = None

    @property
    def broken(self) -> bool:
        """Whether it does not hold."""
        return self.verdict is Verdict.FAIL
