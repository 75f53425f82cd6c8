"""A bundle in the convention of the SpiffWorkflow family becomes one that we can run."""

import dataclasses
import json

import pytest

from service.domain.errors import BundleUnreadable
from service.engine.bundles import from_files
from service.engine.checks import check
from service.engine.importing import Change, translate
from service.engine.importing.bundle import FEEL
from tests.diagrams import Drawing, after, each, files, process

FORM = {"type": "object", "properties": {"approved": {"type": "boolean"}, "votes": {"type": "array"}}}
MODEL = {"display_name": "Approve a purchase", "primary_process_id": "approve"}
ROLES = ["clerk", "manager", "Finance"]


def _foreign() -> Drawing:
    return (
        process("approve")
        .start("StartEvent_1")
        .user("ask", lane="clerk", form="ask", instructions="Hello {{ name }}")
        .user("judge", lane="manager", form="ask")
        .exclusive("approved")
        .user("pay", lane="Finance", form="ask", when="approved == True and len(votes) > 1", flow="yes")
        .catch("wait", after('"PT15M"'))
        .script("count", "n += 1")
        .end()
        .at("approved")
        .otherwise()
        .end("refused")
    )


def _files(drawing: Drawing) -> dict[str, bytes]:
    return files(drawing, forms={"ask": FORM}) | {"process_model.json": json.dumps(MODEL).encode()}


def test_a_foreign_bundle_comes_out_running_with_every_change_listed() -> None:
    given = _files(_foreign())
    translated = translate(given, ROLES)
    report = translated.report
    assert report.runs
    assert (report.executable, report.left, report.lanes) == (("approve",), (), ())
    assert [it for it in report.changes if it.file == "approve.bpmn"] == [
        Change("approve.bpmn", "definitions", "expressionLanguage", "", FEEL),
        Change(
            "approve.bpmn",
            "yes",
            "conditionExpression",
            "approved == True and len(votes) > 1",
            "approved = true and count(votes) > 1",
        ),
        Change("approve.bpmn", "wait", "timeDuration", '"PT15M"', 'duration("PT15M")'),
        Change("approve.bpmn", "count", "script", "n += 1", "n = n + 1"),
    ]
    assert {it.file for it in report.changes} == {"approve.bpmn", "bundle.json", "process_model.json"}
    bundle = from_files(translated.files)
    assert not bundle.derived
    assert (bundle.manifest.process, dict(bundle.manifest.titles)) == ("approve", {"en": "Approve a purchase"})
    assert [it for it in check(bundle) if it.level == "error"] == []


def test_what_needs_no_change_keeps_its_bytes() -> None:
    given = files(process("p").start().user("a", lane="clerk").end(), forms={"x": FORM})
    assert {name: data for name, data in translate(given, ROLES).files.items() if name != "bundle.json"} == given


def test_a_second_import_changes_nothing() -> None:
    once = translate(_files(_foreign()), ROLES)
    again = translate(once.files, ROLES)
    assert (again.files, again.report.changes) == (once.files, ())


def test_lanes_without_a_role_are_listed() -> None:
    (lane,) = translate(_files(_foreign()), ["clerk", "manager"]).report.lanes
    assert (lane.file, lane.process, lane.name) == ("approve.bpmn", "approve", "Finance")


def test_a_text_without_an_equal_is_left_with_its_reason_and_the_process_is_not_marked() -> None:
    drawing = process("p").start().script("odd", "import os").end()
    translated = translate(files(drawing), ROLES)
    (left,) = translated.report.left
    assert (left.file, left.element, left.place, left.text) == ("p.bpmn", "odd", "script", "import os")
    assert "import os" in left.reason
    assert (translated.report.executable, translated.report.runs) == ((), False)
    assert b'isExecutable="false"' in translated.files["p.bpmn"]


def test_a_caller_of_what_cannot_run_is_not_marked_either() -> None:
    caller = process("a").start().call("c", "b").end()
    other = process("z").start().user("t", lane="clerk").end()
    broken = process("b").start().node("serviceTask", "s").end()
    report = translate(files(caller, broken, other), ROLES).report
    assert report.executable == ("z",)
    assert [(it.rule, it.file, it.element) for it in report.findings if it.level == "error"] == [
        ("incomplete-activity", "b.bpmn", "s"),
        ("start-process", "a.bpmn", "a"),
    ]
    assert ("called-process-missing", "c") in {(it.rule, it.element) for it in report.findings}


def test_a_sketch_in_which_nothing_is_left_is_marked_executable() -> None:
    drawing = process("p", executable=False).start().user("t", lane="clerk").end()
    report = translate(files(drawing), ROLES).report
    assert report.executable == ("p",)
    assert Change("p.bpmn", "p", "isExecutable", "false", "true") in report.changes


def test_parameters_conditions_of_loops_and_scripts_beside_tasks_are_reached() -> None:
    drawing = (
        process("p")
        .start()
        .service("s", "targets.publish", {"target": 'case["id"]'})
        .user("t", lane="clerk", loop=each("members", item="m", until="done == True"), pre="a = None", post="b = True")
        .end()
    )
    changed = {(it.element, it.place): it.after for it in translate(files(drawing), ROLES).report.changes}
    assert changed["s", "parameter target"] == "case.id"
    assert changed["t", "completionCondition"] == "done = true"
    assert changed["t", "preScript"] == "a = null"
    assert changed["t", "postScript"] == "b = true"


@pytest.mark.parametrize("text", ["().__class__", "x.__class__.__mro__", "__import__('os')"])
def test_nothing_of_python_gets_through(text: str) -> None:
    drawing = process("p").start().exclusive("g").end(when=text, flow="f").at("g").otherwise().end()
    report = translate(files(drawing), ROLES).report
    assert [it.element for it in report.left] == ["f"]
    assert not report.runs


def test_the_report_is_json() -> None:
    report = translate(_files(_foreign()), []).report
    assert json.loads(json.dumps(dataclasses.asdict(report)))["executable"] == ["approve"]


def test_what_is_no_bundle_is_refused() -> None:
    with pytest.raises(BundleUnreadable):
        translate({"p.bpmn": b"<!DOCTYPE a><a/>"}, ROLES)
