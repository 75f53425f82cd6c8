"""The engine: SpiffWorkflow behind one door. Floors above import from here, and from `shapes`, and from nowhere below.

`compile_bundle` turns a bundle into definitions that run; `advance` applies one move to one case. What goes in and out
is in `shapes`. SpiffWorkflow's known faults are fenced one by one in `fences`.
"""

from service.engine.bundles import from_files, from_path, from_zip
from service.engine.calendars import calendar
from service.engine.checks import check
from service.engine.checks.elsewhere import elsewhere
from service.engine.compiled import Compiled, compile_bundle
from service.engine.fences.diagram_text import OperationFailed
from service.engine.stepping.advance import advance, state_hash

__all__ = [
    "Compiled",
    "OperationFailed",
    "advance",
    "calendar",
    "check",
    "compile_bundle",
    "elsewhere",
    "from_files",
    "from_path",
    "from_zip",
    "state_hash",
]
