"""Everything that decides leaves a record: a command that forgets is found, and who may more is noticed when she comes."""

import sys
from pathlib import Path

import pytest

import service.commands
from service.commands import sign_in
from service.domain.journal import UNJOURNALED
from service.identity.sign_in import VISITOR
from service.runtime.command import Call
from service.store import db, journal
from tests.app.house import House, Someone
from tests.commands.test_every_command import breaches, commands, entries

FORGETFUL = '''
from service.runtime.command import Answer, Work, command
from service.runtime.workspaces import owner


@command
def rename(work: Work, name: str) -> Answer:
    """Call the workspace otherwise, and tell nobody."""
    owner(work).name = name
    return {}
'''


def test_a_command_that_writes_no_entry_is_caught(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    everything = dict.fromkeys(commands(), 1)
    assert breaches(everything) == set()
    (tmp_path / "forgetful.py").write_text(FORGETFUL)
    monkeypatch.setattr(service.commands, "__path__", [*service.commands.__path__, str(tmp_path)])
    try:
        rename = commands()["forgetful.rename"]
        assert breaches(everything) == {"forgetful.rename"}, "nobody has shown that it leaves one"
        before = entries()
        rename(house.operator(), "Another name")
        assert breaches(everything | {"forgetful.rename": entries() - before}) == {"forgetful.rename"}
    finally:
        sys.modules.pop("service.commands.forgetful", None)


def test_the_closed_list_names_commands_that_there_are():
    assert commands().keys() >= UNJOURNALED


def raised(stream: str, workspace: str = "pogi") -> list[dict[str, object]]:
    with db.reading() as session:
        return [it for it in journal.entries(session, workspace, stream) if it["kind"] == "rights.raised"]


def come(house: House, someone: Someone) -> None:
    assert someone.actor.account_id is not None
    sign_in.begin(Call(VISITOR, house.ports), someone.actor.account_id, "d" * 64, None)


@pytest.mark.parametrize("role", ["admin", "process.owner", "auditor"])
def test_who_signs_in_with_raised_rights_leaves_an_entry(house: House, role: str):
    someone = house.person("ada", role, "pogi.sec")
    come(house, someone)
    (told,) = raised("pogi")
    assert told["actor"] == someone.actor.person_id
    assert told["auth"] == f"session:{'d' * 16}"
    assert told["data"] == {"account": someone.actor.account_id, "person": someone.actor.person_id, "roles": [role]}
    assert raised("lillestrom", "lillestrom") == [] == raised("*", "*")


def test_who_administers_the_installation_leaves_one_there(house: House):
    come(house, house.person("root", "pogi.sec", administrator=True))
    (told,) = raised("*", "*")
    assert told["data"]["roles"] == ["administrator"]
    assert raised("pogi") == []


def test_nobody_elses_comings_are_kept(house: House):
    before = house.person("carl", "pogi.sec", "pogi.chair")
    count = entries()
    come(house, before)
    assert entries() == count


def test_a_role_that_is_over_raises_nothing(house: House):
    someone = house.person("ada", "admin")
    with db.transaction() as session:
        session.connection().exec_driver_sql("UPDATE role_holdings SET valid_to = valid_from")
    house.later(days=1)
    come(house, someone)
    assert raised("pogi") == []
