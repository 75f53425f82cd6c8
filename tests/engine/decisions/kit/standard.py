"""The standard's own compatibility kit, which is not kept here: MANDAT_CORPUS names a folder with its `dmn-tck`.

MANDAT_CORPUS=… python3 -m pytest tests/engine/decisions/kit/standard.py
"""

import os
from pathlib import Path

import pytest

from service.engine.decisions import Outcome, run
from tests.engine.feel.asking import context

OUTCOMES = tuple(run(Path(os.environ["MANDAT_CORPUS"]) / "dmn-tck", context()))


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: f"{outcome.file} {outcome.case}")
def test_a_case_of_the_kit_passes(outcome: Outcome):
    assert outcome.problems == ()


def test_there_is_a_kit():
    assert OUTCOMES
