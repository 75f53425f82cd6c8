"""Random processes are drawn so that they know what they name: a check that says otherwise cries wolf."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from service.engine.bundles import from_files
from service.engine.checks import check
from tests.diagrams import files
from tests.properties.drawn import drawing
from tests.properties.processes import RandomCase, cases
from tests.properties.sketch import BEGINNING
from tests.properties.test_engine import DEEP, LARGE

NAMES = {
    *("unknown-name", "name-known-later", "name-from-outside", "unknown-input"),
    *("unknown-entry", "unknown-value", "unlike-comparison"),
}
"""The rules about variables. Outputs are left out: random processes promise some that a person may or may not give."""


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # a case that fails is shrunk before it is shown
@settings(max_examples=settings().max_examples if DEEP else 60, suppress_health_check=LARGE)
@given(cases())
def test_a_process_that_is_given_what_it_names_is_found_no_fault_with(random_case: RandomCase):
    called = {node.called for plan in random_case.plans for node in plan.nodes}
    plans = [
        plan if plan.key in called or plan.inputs is not None else replace(plan, inputs=(*BEGINNING, "said"))
        for plan in random_case.plans
    ]
    found = check(from_files(files(*map(drawing, plans))))
    assert [it for it in found if it.rule in NAMES] == []
