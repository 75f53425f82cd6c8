"""Whoever stands above the engine comes in by its doors."""

import re

from tests.support.repository import ROOT, files

ROOMS = {"decisions", "feel", "layout", "looking", "migrating", "values"}
"""Rooms that have a door of their own."""

VALUES = {"service.engine.shapes", "service.engine.model"}
IMPORT = re.compile(r"^\s*(?:from (service\.engine[\w.]*) import|import (service\.engine[\w.]*))", re.MULTILINE)


def test_the_floors_above_import_from_the_doors_alone():
    inside = ROOT / "service/engine"
    above = [path for path in files(".py") if ROOT / "service" in path.parents and inside not in path.parents]
    used = {(str(path.relative_to(ROOT)), it[0] or it[1]) for path in above for it in IMPORT.findall(path.read_text())}
    assert used
    doors = {"service.engine", *VALUES, *(f"service.engine.{room}" for room in ROOMS)}
    assert {(path, module) for path, module in used if module not in doors} == set()
