"""A diagram of Camunda 7's becomes one that we can run, or says what is left of it."""

import re

from service.engine.bundles import from_files
from service.engine.checks import check
from service.engine.importing import Change, translate
from tests.diagrams import Drawing, after, each, files, process

ROLES = ["clerk", "accounting"]
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"


def _purchase() -> Drawing:
    return (
        process("purchase")
        .start("begin")
        .user("ask", lane="clerk")
        .exclusive("large")
        .user(
            "judge",
            lane="clerk",
            when="${!approved && amount gt 1000}",
            flow="yes",
            loop=each("x", item="y", until="${done}"),
        )
        .catch("wait", after("P2D"))
        .end()
        .at("large")
        .otherwise()
        .end("small")
    )


def _said(drawing: Drawing, **words: str) -> dict[str, bytes]:
    """The drawing's files; `words` are attributes of Camunda's by the id of their element, as `key="value" …`."""
    given = files(drawing)
    name = f"{drawing.key}.bpmn"
    text = given[name].decode().replace("<bpmn:definitions ", f'<bpmn:definitions xmlns:camunda="{CAMUNDA}" ', 1)
    for element, attributes in words.items():
        assert f'id="{element}"' in text
        text = text.replace(f'id="{element}"', f'id="{element}" {attributes}', 1)
    return given | {name: text.encode()}


def test_a_diagram_of_camunda_s_comes_out_running_with_every_change_listed() -> None:
    given = _said(
        _purchase(),
        begin='camunda:initiator="starter"',
        ask='camunda:formKey="embedded:app:ask.html" camunda:assignee="${starter}" camunda:dueDate="${deadline}"',
        judge='camunda:candidateGroups="accounting" camunda:priority="50" camunda:asyncBefore="true"',
    )
    looped = rb'\1 camunda:collection="${members}" camunda:elementVariable="member">'
    data = re.sub(rb"(<bpmn:multiInstanceLoopCharacteristics[^>]*)>", looped, given["purchase.bpmn"])
    given["purchase.bpmn"] = re.sub(
        rb"<bpmn:(loopDataInputRef>.*?</bpmn:loopDataInputRef|inputDataItem[^>]*/)>", b"", data
    )
    translated = translate(given, ROLES)
    report = translated.report
    assert report.left == ()
    assert [(it.element, it.place, it.before, it.after) for it in report.changes if it.file == "purchase.bpmn"][1:] == [
        ("begin", "camunda:initiator", "starter", ""),
        ("ask", "camunda:formKey", "embedded:app:ask.html", ""),
        ("ask", "camunda:assignee", "${starter}", ""),
        ("ask", "camunda:dueDate", "${deadline}", "deadline"),
        ("judge", "camunda:candidateGroups", "accounting", "accounting"),
        ("judge", "camunda:priority", "50", "50"),
        ("judge", "camunda:asyncBefore", "true", ""),
        ("judge", "camunda:collection", "${members}", "members"),
        ("judge", "camunda:elementVariable", "member", "member"),
        ("judge", "completionCondition", "${done}", "done = true"),
        ("yes", "conditionExpression", "${!approved && amount gt 1000}", "not(approved = true) and amount > 1000"),
        ("wait", "timeDuration", "P2D", 'duration("P2D")'),
    ]
    assert b"camunda:" not in translated.files["purchase.bpmn"].replace(b"xmlns:camunda", b"")
    bundle = from_files(translated.files)
    assert [(it.rule, it.element) for it in check(bundle) if it.level == "error"] == []
    assert report.runs


def test_a_second_import_changes_nothing() -> None:
    once = translate(_said(_purchase(), ask='camunda:formKey="x"'), ROLES)
    again = translate(once.files, ROLES)
    assert (again.files, again.report.changes) == (once.files, ())


def test_what_runs_java_is_left_and_the_process_is_not_marked() -> None:
    drawing = process("p").start().node("serviceTask", "archive").exclusive("g")
    drawing = drawing.end(when="${bean.ok(order)}", flow="f").at("g").otherwise().end("other")
    report = translate(_said(drawing, archive='camunda:delegateExpression="#{archiveService}"'), ROLES).report
    assert [(it.element, it.place) for it in report.left] == [
        ("archive", "camunda:delegateExpression"),
        ("f", "conditionExpression"),
    ]
    assert all(it.reason for it in report.left)
    assert not report.runs


def test_a_script_in_another_language_is_left_even_where_it_looks_like_python() -> None:
    given = files(process("p").start().script("sum", "total = a % b").end())
    given["p.bpmn"] = given["p.bpmn"].replace(b'id="sum"', b'id="sum" scriptFormat="groovy"')
    (left,) = translate(given, ROLES).report.left
    assert (left.element, left.place) == ("sum", "script")
    assert "groovy" in left.reason


def test_a_script_that_says_it_is_python_says_so_no_longer() -> None:
    given = files(process("p").start().script("sum", "total = a % b").end())
    given["p.bpmn"] = given["p.bpmn"].replace(b'id="sum"', b'id="sum" scriptFormat="python"')
    report = translate(given, ROLES).report
    assert Change("p.bpmn", "sum", "language", "python", "") in report.changes
    assert report.runs


def test_one_word_of_camunda_s_is_enough_to_be_read_as_ours_afterwards() -> None:
    translated = translate(
        _said(process("p").start("s").user("a", lane="clerk").end(), a='camunda:dueDate="P3D"'), ROLES
    )
    assert b'expressionLanguage="https://www.omg.org/spec/DMN' in translated.files["p.bpmn"]
    assert b'name="dueDate" value="duration(&quot;P3D&quot;)"' in translated.files["p.bpmn"]
    assert translated.report.runs
