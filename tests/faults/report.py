"""What the fault programme did, for whoever reads the log of a run: one line for each test, and kills point by point."""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.lives import Fatal


@dataclass
class Report:
    """Takes what a test has to say of one database."""

    database: str
    rows: list[str] = field(default_factory=list)

    def __call__(
        self, what: str, done: str, *, killed: Counter[str] | None = None, wrong: Sequence[object] = ()
    ) -> None:
        """Say what was done. `killed` are the kills by point; `wrong` is everything that was not as it must be."""
        if killed:
            rows = [f"{times:6}  {point}" for point, times in sorted(killed.items())]
            sys.stdout.write("\n".join(["", *rows, ""]))
            done = f"{done}, {killed.total():,} kills at {len(killed)} points"
        self.rows.append(f"| {what} | {self.database} | {done} | {len(wrong)} |")


def points_of(trace: Path) -> list[Fatal]:
    """Every point of a trace with each time that it was reached."""
    seen = Counter(trace.read_text().splitlines())
    return [(point, time) for point, times in sorted(seen.items()) for time in range(1, times + 1)]
