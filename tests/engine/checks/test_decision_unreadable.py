from tests.diagrams import process
from tests.engine.checks.judging import findings


def test_a_table_that_is_refused_as_xml_is_told_by_file() -> None:
    more = {"bad.dmn": b"<!DOCTYPE a><a/>", "good.dmn": b"<definitions/>"}
    found = findings("decision-unreadable", process("p").start().end(), more=more)
    assert [(it.level, it.file) for it in found] == [("error", "bad.dmn")]
