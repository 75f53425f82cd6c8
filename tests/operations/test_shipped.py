"""What the shipped diagrams ask of operations and settings is there, under those names."""

import re

import pytest

from service import operations
from service.domain import settings
from service.engine.bundles import diagrams_of
from service.queries import bundles
from tests.support.repository import ROOT

KEYS = sorted(path.name for path in (ROOT / "processes").iterdir() if path.is_dir())
CALLS = [
    (key, element.id, element.operation)
    for key in KEYS
    for diagram in diagrams_of(bundles.at(ROOT / "processes" / key, forms=ROOT / "forms"))
    for process in diagram.processes
    for element in process.elements
    if element.operation is not None
]


@pytest.mark.parametrize(("key", "element", "call"), CALLS, ids=[f"{key}:{element}" for key, element, _ in CALLS])
def test_every_call_is_of_an_operation_that_takes_these_parameters(key, element, call):
    assert call.name in operations.REGISTRY
    takes = operations.REGISTRY[call.name].parameters.fields
    assert set(call.parameters) <= set(takes)
    assert {name for name, field in takes.items() if field.required} <= set(call.parameters)


@pytest.mark.parametrize(("key", "element", "call"), CALLS, ids=[f"{key}:{element}" for key, element, _ in CALLS])
def test_every_setting_that_is_read_is_one(key, element, call):
    if call.name == "settings.read":
        of = "lillestrom" if key in ("measure-followup", "action-plan-status") else "pogi"
        assert set(re.findall(r'"([a-z_.]+)"', call.parameters["keys"])) <= settings.known(of).keys()


@pytest.mark.parametrize("operation", operations.REGISTRY.values(), ids=lambda it: it.name)
def test_every_operation_says_what_it_does(operation):
    assert operation.description.endswith(".")
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", operation.name)
