"""`mandat message send` and `mandat message signal`."""

import json

from tests.cli.test_commands import folder, mandat
from tests.diagrams import message, process, signal

__all__ = ["mandat"]


def test_the_operator_sends_messages_and_signals(mandat, tmp_path):
    mandat("db", "upgrade")
    begins = process("begins").start("begin", message("told")).user("read", lane="pogi.sec").end()
    hears = process("hears").start("begin", message("listen")).catch("hear", signal("now")).end()
    for number, drawing in enumerate((begins, hears)):
        files = {"it.bpmn": drawing.bpmn()}
        mandat("deploy", folder(tmp_path / str(number), files), "--create-roles")
    first = json.loads(mandat("message", "send", "told", "--payload", '{"n": 1}', "--id", "1").output)
    assert first["state"] == "delivered"
    assert json.loads(mandat("message", "send", "told", "--payload", '{"n": 1}', "--id", "1").output) == first
    assert "under the id" in mandat("message", "send", "told", "--id", "1", status=1).output
    assert "No process in force takes" in mandat("message", "send", "tald", status=1).output
    assert "no JSON object" in mandat("message", "send", "told", "--keys", "[]", status=2).output
    mandat("message", "send", "listen")
    assert json.loads(mandat("message", "signal", "now").output) == {"heard": 1}
    assert "No case of this workspace waits" in mandat("message", "signal", "now", status=1).output
