"""What the two founding documents ask of the service: P1–P42 and L1–L35, each in the document's own words."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
ELISION = " … "
"""Stands between two places of a document that are quoted as one requirement."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement. `text` quotes `seed` place by place, verbatim but for its markup; `english` says the same.

    `criteria` are the success criteria that it states, numbered through the document: KPI1 to KPI7.
    """

    id: str
    seed: str
    text: tuple[str, ...]
    english: str
    criteria: tuple[str, ...] = ()

    @property
    def quoted(self) -> str:
        """The words of the document."""
        return ELISION.join(self.text)


@cache
def requirements() -> dict[str, Requirement]:
    """Every requirement by its id, the partnership's (P) first and the municipality's (L) then."""
    rows = json.loads((_HERE / "requirements.json").read_text())
    return {
        row["id"]: Requirement(
            id=row["id"],
            seed=row["seed"],
            text=tuple(row["text"]),
            english=row["english"],
            criteria=tuple(row.get("criteria", ())),
        )
        for row in rows
    }


def seed(name: str) -> bytes:
    """A founding document as it came, by its name."""
    return (_HERE / "seeds" / f"{name}.txt").read_bytes()
