"""The engine: SpiffWorkflow behind one door.

Floors above import from here; values from `shapes` (what goes in and out of a step) and `model` (what an author drew);
and whole rooms by their own doors: `decisions`, `feel`, `layout`, `looking`, `migrating`, `values`. From nowhere else.

`compile_bundle` turns a bundle into definitions that run; `advance` applies one move to one case. SpiffWorkflow's known
faults are fenced one by one in `fences`.
"""

from service.engine.archives import read_path
from service.engine.bundles import diagrams_of, digest_of, from_files, from_path, from_zip, unread
from service.engine.calendars import calendar
from service.engine.checks import check
from service.engine.checks.elsewhere import Elsewhere, brings, elsewhere, together
from service.engine.compiled import FORMAT, Compiled, compile_bundle, compile_process, format_of, process_of, recompiled
from service.engine.decisions.showing import Column, ShownTable, shown_tables
from service.engine.fences.diagram_text import OperationFailed
from service.engine.fences.true_as_one import same
from service.engine.importing import translate
from service.engine.languages import translations_of
from service.engine.limits import MOST_SECONDS
from service.engine.reading import read
from service.engine.stepping.advance import advance, state_hash
from service.engine.stepping.cache import LiveCache
from service.engine.traces import Trace, mark
from service.engine.version import ENGINE, FIRST
from service.engine.xml import XMLRefused

__all__ = [
    "ENGINE",
    "FIRST",
    "FORMAT",
    "MOST_SECONDS",
    "Column",
    "Compiled",
    "Elsewhere",
    "LiveCache",
    "OperationFailed",
    "ShownTable",
    "Trace",
    "XMLRefused",
    "advance",
    "brings",
    "calendar",
    "check",
    "compile_bundle",
    "compile_process",
    "diagrams_of",
    "digest_of",
    "elsewhere",
    "format_of",
    "from_files",
    "from_path",
    "from_zip",
    "mark",
    "process_of",
    "read",
    "read_path",
    "recompiled",
    "same",
    "shown_tables",
    "state_hash",
    "together",
    "translate",
    "translations_of",
    "unread",
]
