"""Models of others with known weaknesses, which are not kept here: MANDAT_CORPUS names a folder with its `soundness`.

MANDAT_CORPUS=… python3 -m pytest tests/engine/soundness/standard.py
"""

import os
from pathlib import Path

import pytest

from service.engine.reading import read
from service.engine.soundness import Looking

FOLDER = Path(os.environ["MANDAT_CORPUS"]) / "soundness"

KNOWN = {
    "e004TravelAgency": ("unsound", {"unbounded"}),
    "e007CheckTest": ("sound", {"unsynchronised"}),
    "e008CheckTest": ("sound", {"unsynchronised"}),
    "e020InternshipProcedure": ("sound", set()),
    "s007Robots3": ("sound", set()),
}
"""What docs/explanation/soundness.md says of them."""


@pytest.mark.parametrize("name", KNOWN)
def test_a_model_has_the_verdict_that_is_told_of_it(name: str) -> None:
    diagram = read((FOLDER / f"{name}.bpmn").read_bytes(), name)
    looking = Looking([diagram])
    for process in diagram.processes:
        verdict = looking.verdict(name, process.id)
        assert verdict is not None
        assert (verdict.state, {fault.kind for fault in verdict.faults}) == KNOWN[name]
