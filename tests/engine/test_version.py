"""The engine and what it reads have versions, which are raised when they come to something else than they did."""

import hashlib
import json

from service.engine import ENGINE, FORMAT
from tests.properties.recording import recorded
from tests.properties.test_replay import hashes, lived

ENGINES = {1: "0835bc480e6bb6fc0ad4d3761421e109133d5f2a6d3282c87de7acc0ca8e95d4"}
"""What each version of the engine makes of one and the same life of a case: SHA-256 over the hashes of its states."""

FORMATS = {1: "75687e1687de54975509568d55fd9c2cd686e3630e393d3d4dcc19d4b317a8ec"}
"""What each form makes of the same drawings: SHA-256 over what was compiled."""


def test_a_life_leads_to_the_states_of_its_version():
    found = hashlib.sha256("\n".join(hashes(recorded(lived()))).encode()).hexdigest()
    assert ENGINES[ENGINE] == found, "the same moves lead elsewhere: raise ENGINE (service/engine/version.py)"


def test_a_drawing_is_compiled_as_in_its_form():
    compiled = sorted(recorded(lived())["definitions"])
    found = hashlib.sha256(json.dumps(compiled).encode()).hexdigest()
    assert FORMATS[FORMAT] == found, "the same drawing is read otherwise: raise FORMAT (service/engine/compiled.py)"
