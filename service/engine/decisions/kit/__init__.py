"""The Technology Compatibility Kit of the DMN standard: its cases read, run, and compared with what they expect.

    for outcome in run(folder, context):
        outcome.file, outcome.case, outcome.problems     # nothing in `problems`: it passed

A case is one `testCase` of a file of the kit, and passes when all its result nodes do. Whatever cannot be read is a case
that failed, with the reason.
"""

from service.engine.decisions.kit.running import Outcome, run

__all__ = ["Outcome", "run"]
