"""What is counted while the service is at work, and how it is told to Prometheus.

With several web workers the counts of all stand in the folder that `PROMETHEUS_MULTIPROC_DIR` names, and any of them
tells the sum. The library is loaded with the first thing to be counted: it decides then, once, whether there is one.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Gauge:
    """What stands just now: a name, what it says, and values by the values of its labels, as a tuple."""

    name: str
    says: str
    values: Mapping[Any, float]
    labels: tuple[str, ...] = field(default=())


def request(method: str, route: str, status: int, seconds: float) -> None:
    """A request was answered in so many seconds. `route` is the template of its address, never the address."""
    _requests().labels(method, route, str(status)).observe(seconds)


def step(kind: str) -> None:
    """A case was moved, and that was committed."""
    _steps().labels(kind).inc()


def exposition(gauges: Iterable[Gauge]) -> tuple[bytes, str]:
    """All counts and `gauges` in the text format of Prometheus, and the type of that content."""
    from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest  # noqa: PLC0415
    from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415 - as in `_make`

    _requests(), _steps()
    told = CollectorRegistry()
    told.register(_Standing(gauges))
    counted: Any = REGISTRY
    if FOLDER in os.environ:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]  # theirs
    return generate_latest(counted) + generate_latest(told), CONTENT_TYPE_LATEST


class _Standing:
    """Gauges, as the library collects them."""

    def __init__(self, gauges: Iterable[Gauge]) -> None:
        self._gauges = tuple(gauges)

    def collect(self) -> Iterable[Any]:
        from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415 - as in `_make`

        for gauge in self._gauges:
            family = GaugeMetricFamily(gauge.name, gauge.says, labels=gauge.labels)
            for labels, value in gauge.values.items():
                family.add_metric(labels, value)
            yield family


def _requests() -> Any:
    return _counted()[0]


def _steps() -> Any:
    return _counted()[1]


def _counted() -> tuple[Any, Any]:
    """The two that count, made once: of many threads whose first request this is, the others wait for the first."""
    if not _made:
        with _making:
            if not _made:
                _made.append(_make())
    return _made[0]


def _make() -> tuple[Any, Any]:
    from prometheus_client import Counter, Histogram  # noqa: PLC0415 - now it is known whether several processes count

    labels = ("method", "route", "status")
    return (
        Histogram("mandat_request_seconds", "Requests, and how long they took.", labels, buckets=BUCKETS),
        Counter("mandat_steps", "Moves of cases that were committed, by kind.", ("kind",)),
    )


_made: list[tuple[Any, Any]] = []
_making = Lock()
