"""`mandat migrate`: what runs goes over to another version, and what does not fit is named."""

import json
from typing import Any

import pytest

from service.commands import instances
from service.runtime.command import Call
from tests.app.house import opened
from tests.cli.test_commands import mandat
from tests.diagrams import process

__all__ = ["mandat"]


def drawing(*tasks: str) -> dict[str, bytes]:
    """A process of these tasks, one after the other."""
    made = process("drafting").start()
    for task in tasks:
        made = made.user(task, lane="pogi.sec")
    return {"drafting.bpmn": made.end().bpmn()}


@pytest.fixture
def running(database_url: str) -> list[str]:
    """Two cases that wait at `write` by version 1; version 2 has something behind it, version 3 another name for it."""
    with opened(database_url) as house:
        house.deploy(drawing("write"))
        call = Call(house.person("anne", "pogi.sec").actor, house.ports)
        begun = []
        for _ in range(2):
            begun.append(str(instances.start(call, "drafting", {}, None)["case_id"]))
            house.later(seconds=1)
        house.deploy(drawing("write", "check"))
        house.deploy(drawing("draft", "check"))
        return begun


def told(mandat, *words: str, status: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(mandat("migrate", "drafting", *words, "--json", status=status).output)
    return found


def test_a_plan_names_what_hinders_each_and_does_nothing(mandat, running):
    for _ in range(2):
        found = told(mandat, "--plan", status=1)
        assert (found["from"], found["to"], found["more"]) == (1, 3, False)
        assert [it["case"] for it in found["runs"]] == running
        assert [(it["fits"], it["moved"]) for it in found["runs"]] == [(False, False)] * 2
        assert {misfit["element"] for it in found["runs"] for misfit in it["misfits"]} == {"write"}
    said = mandat("migrate", "drafting", "--plan", status=1).output
    assert "drafting: from version 1 to 3" in said
    assert f"stays  {running[0]}" in said
    assert "0 of 2 fit." in said
    assert all(it["fits"] for it in told(mandat, "--plan", "--to", "2")["runs"])


def test_what_fits_goes_over_and_the_journal_says_why_sealed(mandat, running):
    found = told(mandat, "--to", "2", "--case", running[0], "--note", "The check was forgotten.")
    assert [(it["case"], it["moved"]) for it in found["runs"]] == [(running[0], True)]
    said = mandat("migrate", "drafting", "--version", "2", "--note", "And here.").output
    assert f"moved  {running[1]}" in said
    assert "1 of 1 moved." in said
    mandat("migrate", "drafting", "--note", "Again.", "--renamed", "write=draft")
    assert told(mandat, "--plan")["runs"] == [], "nothing runs by an older one"
    assert "same" in mandat("replay", running[0]).output


def test_what_does_not_fit_stays_and_the_status_says_so(mandat, running):
    found = told(mandat, "--note", "Let us try.", status=1)
    assert [(it["fits"], it["moved"]) for it in found["runs"]] == [(False, False)] * 2
    assert "0 of 2 moved." in mandat("migrate", "drafting", "--note", "Let us try.", status=1).output


def test_a_reason_is_needed_and_names_are_pairs(mandat, running):
    assert "Say why with --note" in mandat("migrate", "drafting", status=2).output
    assert "not of the form OLD=NEW" in mandat("migrate", "drafting", "--plan", "--renamed", "write", status=2).output
    assert "nobody" in mandat("migrate", "nobody", "--plan", status=1).output
