"""The bundles that come with the product, read once."""

import json
from functools import cache
from typing import Any

from service.domain.bundles import Bundle
from service.engine.bundles import diagrams_of, from_path
from service.engine.model import Process
from service.queries.scenarios import Library, Outcome, Scenario, play, read
from tests.support.repository import ROOT

KEYS = sorted(path.name for path in (ROOT / "processes").iterdir())


@cache
def bundle(key: str) -> Bundle:
    return from_path(ROOT / "processes" / key, forms=ROOT / "forms")


@cache
def library() -> Library:
    return Library(bundle(key) for key in KEYS)


def processes(key: str) -> list[Process]:
    return [process for diagram in diagrams_of(bundle(key)) for process in diagram.processes]


def forms(key: str) -> dict[str, Any]:
    return {name: json.loads(data) for name, data in bundle(key).named(".schema.json").items()}


SCENARIOS: list[Scenario] = [scenario for key in KEYS for scenario in read(bundle(key))]


@cache
def outcomes() -> tuple[Outcome, ...]:
    return tuple(play(library(), scenario) for scenario in SCENARIOS)
