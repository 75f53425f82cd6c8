"""`mandat decide`, as somebody types it."""

import json
from pathlib import Path

import pytest

from tests.cli.test_diagrams import mandat
from tests.engine.decisions.drawing import decision, file, given, table, text
from tests.support.repository import ROOT

KIT = ROOT / "tests/engine/decisions/kit"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    levels = table("FIRST", ["half"], ["level: string"], ['< 5 => "low" // small', '- => "high" // large'])
    data = file(
        given("amount", "number"),
        given("on", "date"),
        decision("half", text("amount / 2"), needs=["in-amount"]),
        decision("level", levels, needs=["half"]),
        decision("year", text("on.year"), needs=["in-on"]),
    )
    place = tmp_path / "rules.dmn"
    place.write_bytes(data)
    return place


def test_outputs_and_fired_rules_are_json(rules: Path):
    told = json.loads(mandat("decide", rules, "--input", '{"amount": 20}', "--decision", "level").output)
    assert (told["decision"], told["outputs"], told["inputs"]) == ("level", "high", {"amount": 20})
    assert [rule["annotations"] for rule in told["fired"][0]["rules"]] == [["source: large"]]
    assert [(made["id"], made["value"]) for made in told["decisions"]] == [("half", 10), ("level", "high")]
    assert told["reasons"] == []


def test_inputs_are_read_as_the_file_types_them(rules: Path):
    assert (
        json.loads(mandat("decide", rules, "--input", '{"on": "2026-05-12"}', "--decision", "year").output)["outputs"]
        == 2026
    )
    told = json.loads(mandat("decide", rules, "--input", '{"on": "soon"}', "--decision", "year").output)
    assert told["outputs"] is None
    assert told["reasons"][0]["message"].startswith("The input “on” will not do")


def test_the_decision_need_not_be_named_where_only_one_is_needed_by_no_other(rules: Path, tmp_path: Path):
    assert "level, year" in mandat("decide", rules, status=1).output
    alone = tmp_path / "alone.dmn"
    alone.write_bytes(file(decision("a", text("1")), decision("b", text("a + 1"), needs=["a"])))
    assert json.loads(mandat("decide", alone).output)["outputs"] == 2


def test_of_a_file_whose_decisions_go_in_a_circle_that_is_said(tmp_path: Path):
    round_about = tmp_path / "round.dmn"
    round_about.write_bytes(file(decision("a", text("b"), needs=["b"]), decision("b", text("a"), needs=["a"])))
    assert "decisions need one another in a circle; none can be made" in mandat("decide", round_about, status=1).output
    none = tmp_path / "none.dmn"
    none.write_bytes(file(given("amount")))
    assert "There is no decision" in mandat("decide", none, status=1).output


def test_what_cannot_be_done_is_said_in_a_sentence(rules: Path, tmp_path: Path):
    assert "There is no decision other here" in mandat("decide", rules, "--decision", "other", status=1).output
    assert "This is not JSON" in mandat("decide", rules, "--input", "{", status=2).output
    assert "a JSON object" in mandat("decide", rules, "--input", "[1]", status=2).output
    assert "cannot be read" in mandat("decide", ROOT / "README.md", status=2).output
    other = tmp_path / "other.dmn"
    other.write_text("<definitions/>")
    assert "no decision file" in mandat("decide", other, status=2).output
    assert "Give a FILE" in mandat("decide", status=2).output
    assert "Give a FILE" in mandat("decide", rules, "--kit", KIT, status=2).output
    spent = tmp_path / "spent.dmn"
    spent.write_bytes(file(decision("d", text("count(for a in 1..1000, b in 1..1000 return a)"))))
    assert "The decision d cannot be made" in mandat("decide", spent, status=1).output


def test_a_file_may_import_those_beside_it():
    told = json.loads(
        mandat("decide", KIT / "good/shop/order.dmn", "--input", '{"bought": {"net": 80}, "fee": 3}').output
    )
    assert told["outputs"] == 106


def test_a_kit_prints_every_case_and_last_how_many_passed(tmp_path: Path):
    good = mandat("decide", "--kit", KIT / "good").output.splitlines()
    assert good[0] == "passed shop/order-test-01.xml 1"
    assert good[-1] == "passed 8 of 8"
    bad = mandat("decide", "--kit", KIT / "bad", status=1).output.splitlines()
    assert bad[-1] == "passed 2 of 13"
    assert any(line.startswith("failed none-test-01.xml: ") for line in bad)
    assert mandat("decide", "--kit", tmp_path, status=2).output.splitlines() == ["passed 0 of 0"]
