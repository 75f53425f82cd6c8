"""`mandat layout`, `import` and `scenario`, as somebody types them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.app import wiring
from service.cli import main
from tests.diagrams import process
from tests.support.repository import ROOT


def mandat(*words: object, status: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words], obj=wiring(), catch_exceptions=False)
    assert result.exit_code == status, result.output
    return result


@pytest.fixture
def drawn_badly(tmp_path: Path) -> Path:
    drawing = process("p").start().user("a", lane="One").exclusive("g").user("b", lane="Two", when="n > 1").end()
    file = tmp_path / "p.bpmn"
    file.write_bytes(drawing.at("g").otherwise().to("a").bpmn(drawn=False))
    return file


def test_a_file_is_drawn_anew_and_its_drawing_measured(drawn_badly, tmp_path):
    assert "undrawn: 10" in mandat("layout", drawn_badly, "--report").output
    told = mandat("layout", drawn_badly, "-o", tmp_path / "new.bpmn", "--report").output
    assert "undrawn: 0" in told
    assert "edges through shapes: 0" in told
    assert "label overlaps: 0" in told
    assert "Say where" in mandat("layout", drawn_badly, status=2).output


def test_a_drawing_is_measured_in_every_language_and_given_the_room_that_each_needs(drawn_badly, tmp_path):
    mandat("layout", drawn_badly, "-o", drawn_badly)
    (tmp_path / "texts.en.json").write_text(json.dumps({"a": "Recommend retiring the target altogether"}))
    (tmp_path / "texts.nb.json").write_text(json.dumps({"a": "Anbefal", "a#instructions": "Les den. " * 40}))
    told = mandat("layout", drawn_badly, "--report").output
    assert "crowded names: 0\n" in told
    assert "in en besides: crowded names: 1 (a)\n" in told
    assert "in nb besides: nothing\n" in told
    assert told.endswith("To mend crowded names: make the shape larger, or the name shorter, or draw anew (-o).\n")
    again = mandat("layout", drawn_badly, "-o", drawn_badly, "--report").output
    assert again.endswith("in en besides: nothing\nin nb besides: nothing\n")


def test_texts_that_cannot_be_read_do_not_keep_a_file_from_being_drawn(drawn_badly, tmp_path):
    (tmp_path / "texts.en.json").write_text("{")
    assert "in en besides: nothing" in mandat("layout", drawn_badly, "-o", drawn_badly, "--report").output


def test_a_foreign_diagram_becomes_one_that_runs_with_every_change_listed(tmp_path):
    drawing = process("p").io(inputs=["approved"]).start().user("a", lane="Clerk").exclusive("g")
    drawing.user("b", when="approved == True").end()
    foreign = tmp_path / "p.bpmn"
    foreign.write_bytes(drawing.at("g").otherwise().end("no").bpmn())
    told = mandat("import", foreign, "-o", tmp_path / "ours").output
    assert "'approved == True' → 'approved = true'" in told
    assert "the lane “Clerk” is no role" in told
    report = json.loads(mandat("import", foreign, "-o", tmp_path / "ours", "--role", "Clerk", "--json").output)
    assert (report["executable"], report["lanes"]) == (["p"], [])
    assert "nothing found" in mandat("check", tmp_path / "ours").output.splitlines()[0] or "warning" in told


def test_what_cannot_be_translated_is_said_and_is_status_1(tmp_path):
    foreign = tmp_path / "p.bpmn"
    foreign.write_bytes(process("p").start().script("s", "x = f'{y}'").user("a", lane="Clerk").end().bpmn())
    assert "stays:" in mandat("import", foreign, "-o", tmp_path / "ours", status=1).output
    foreign.write_bytes(b"<!DOCTYPE x><x/>")
    mandat("import", foreign, "-o", tmp_path / "ours", status=2)


def test_a_scenario_that_differs_says_where(tmp_path):
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "p.bpmn").write_bytes(process("p").start().user("a", lane="pogi.sec").end().bpmn())
    scenario = "scenarios:\n  - name: It is done\n    steps: [{complete: a}]\n    expect: {ended: %s}\n"
    (folder / "scenarios.yaml").write_text(scenario % "done")
    played = mandat("scenario", folder).output
    assert "p: It is done: as expected" in played
    assert played.endswith("1 of 1 scenarios as expected; every flow of 1 diagrams passed\n")
    (folder / "scenarios.yaml").write_text(scenario % "elsewhere")
    assert "It is done: as expected" not in mandat("scenario", folder, status=1).output


def test_what_a_caller_plays_of_what_it_calls_is_passed_too():
    both = mandat("scenario", "publication", "editorial-adjustment").output
    assert "no scenario here passes" not in both
    assert both.endswith("every flow of 2 diagrams passed\n")
    alone = mandat("scenario", "publication").output
    assert "publication: no scenario here passes Flow_proof_substantive" in alone
    assert alone.endswith("every flow of 0 of 1 diagrams passed\n")


def test_a_drawing_goes_into_folders_that_are_made_for_it_or_the_reason_is_said(tmp_path):
    diagram = ROOT / "processes" / "revision" / "revision.bpmn"
    mandat("layout", diagram, "-o", tmp_path / "new" / "folder" / "x.bpmn")
    assert (tmp_path / "new" / "folder" / "x.bpmn").read_bytes().startswith(b"<?xml")
    (tmp_path / "file").write_bytes(b"")
    refused = mandat("layout", diagram, "-o", tmp_path / "file" / "x.bpmn", status=1).output
    assert "Error: Could not open file" in refused
    assert "Traceback" not in refused
