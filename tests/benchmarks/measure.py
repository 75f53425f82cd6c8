"""How times are taken and told: many of each, in turns, so that what the machine does meanwhile falls on all alike."""

import math
import os
import platform
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Times:
    """How long something took, each time, in milliseconds."""

    of: str
    taken: list[float] = field(default_factory=list)

    def take(self, work: Callable[[], object]) -> None:
        """Do it once."""
        began = time.perf_counter()
        work()
        self.taken.append((time.perf_counter() - began) * 1000)

    def at(self, share: float) -> float:
        """What so large a share of them did not exceed: 0.5 is the median."""
        ordered = sorted(self.taken)
        return ordered[max(0, math.ceil(len(ordered) * share) - 1)]

    def told(self, beside: "Times | None" = None) -> str:
        """A line: median and 95th percentile, and how many times those of `beside`."""
        line = f"{self.of:44} p50 {self.at(0.5):8.2f} ms   p95 {self.at(0.95):8.2f} ms"
        if beside is None:
            return line
        return f"{line}   × {self.at(0.5) / beside.at(0.5):.2f}, {self.at(0.95) / beside.at(0.95):.2f}"


def machine() -> str:
    """What this was measured on."""
    info = Path("/proc/cpuinfo")
    models = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
    return f"{os.cpu_count()} × {models[0] if models else platform.machine()}, Python {platform.python_version()}"


def tell(lines: Iterable[str]) -> None:
    """Print a table of a benchmark, under what it was measured on."""
    print("", machine(), *lines, sep="\n")
