from tests.diagrams import process
from tests.engine.checks.judging import findings
from tests.engine.decisions.drawing import decision, file, given, table, text

RULE = "decision-unreadable"
DRAWING = process("p").start().end()


def told(**files: bytes) -> list[tuple[str, str | None, str | None]]:
    more = {f"{name}.dmn": data for name, data in files.items()}
    return [(it.level, it.file, it.element) for it in findings(RULE, DRAWING, more=more)]


def test_a_table_that_is_refused_as_xml_is_told_by_file():
    assert told(bad=b"<!DOCTYPE a><a/>", good=file(decision("d", text("1")))) == [("error", "bad.dmn", None)]


def test_what_is_no_decision_file_is_told():
    assert told(bad=b"<definitions/>") == [("error", "bad.dmn", None)]


def test_a_cell_that_cannot_be_read_is_told_at_its_rule():
    bad = table("UNIQUE", ["x"], [""], ["< 5 => 1", "5 => 2 +"])
    assert told(bad=file(given("x"), decision("d", bad, needs=["in-x"]))) == [("error", "bad.dmn", "r2")]


def test_a_decision_without_logic_is_a_note():
    assert told(empty=file(decision("d", ""))) == [("warning", "empty.dmn", "d")]


def test_an_import_is_looked_for_in_the_bundle():
    used = file(decision("base", text("1")), namespace="https://www.omg.org/spec/DMN/20230324/MODEL/")
    importing = '<import name="other" namespace="{}" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
    first = file(importing.format("urn:used"), decision("d", text("1")))
    assert told(first=first, used=used) == [("error", "first.dmn", "defs")]
    assert told(first=first, used=used.replace(b'"urn:test"', b'"urn:used"')) == []
