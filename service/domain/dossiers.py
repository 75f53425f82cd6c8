"""What a dossier is made of: its files by name, and the verdicts about what it claims.

A dossier takes one case home, or the whole log of a workspace. Whoever has it verifies it without us.
"""

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
DISCLOSURES = "disclosures.jsonl"
DOCUMENTS = "documents.json"
RECEIPT = "receipt.json"
PROGRAM = "verify.py"
DEFINITIONS, FILES = "definitions/", "documents/"

Kind = Literal["case", "log"]


class DossierUnreadable(Refused):
    """That is no dossier which can be read: {why}."""


class LogUnsigned(Conflict):
    """Nothing of this workspace's log is signed yet, so nothing could be proved by a dossier. Ask whoever operates the service
    whether the log has its key, and try again in a minute."""


class Verdict(StrEnum):
    """What became of a claim. What was not checked is not proved, and is no fault."""

    PASS = "PASS"
    FAIL = "FAIL"
    UNCHECKED = "NOT CHECKED"


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
