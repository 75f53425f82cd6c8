"""Diagrams drawn in code: a small fluent builder whose `bpmn()` is the bytes of a BPMN 2.0 file.

    adoption = (
        process("adoption")
        .start()
        .user("prepare", lane="pogi.sec", form="agenda")
        .exclusive("quorate")
        .user("vote", lane="pogi.chair", when="present >= 5")
        .end("adopted")
        .at("quorate").otherwise().to("prepare")
    )
    files = {"adoption.bpmn": adoption.bpmn()}

The builder keeps a cursor. A node is joined to the node at the cursor by a sequence flow and becomes the cursor; `at`
moves it, `to` draws a flow to a node that exists or will exist, `when` and `otherwise` describe the next flow. Nodes
and flows stand in the file in the order of the calls. Nothing is checked: tests draw nonsense with it too.
"""

from tests.diagrams.drawing import Drawing, diagram, files, process
from tests.diagrams.parts import (
    Event,
    Loop,
    after,
    condition,
    each,
    error,
    escalation,
    every,
    message,
    on,
    plain,
    repeat,
    signal,
    times,
)

__all__ = [
    "Drawing",
    "Event",
    "Loop",
    "after",
    "condition",
    "diagram",
    "each",
    "error",
    "escalation",
    "every",
    "files",
    "message",
    "on",
    "plain",
    "process",
    "repeat",
    "signal",
    "times",
]
