"""A backup from before an erasure brings nothing back where the list of erasures is at hand, and says so where it is not."""

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from service.app import create_app
from service.commands import documents
from service.domain import erasures as rules
from service.domain.ports import demonstration, seeded
from service.identity import erasing
from service.identity.callers import PORTS
from service.post import ErasureFile
from service.queries import replay
from service.runtime.command import Call
from service.settings import Settings
from service.store import db, journal
from service.store.tables import Erasure
from tests.app.erasing import administrator, erase
from tests.app.house import House, opened
from tests.app.visiting import visiting
from tests.cli.test_backups import KEY, mandat
from tests.commands.test_disclosures import SECRET, decided, holding, sealed


@dataclass(frozen=True)
class Kept:
    """What an operator has: a backup from before an erasure, one from after it, and the list of erasures."""

    before: str
    after: str
    listed: Path


@pytest.fixture(scope="module")
def kept(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A case with a text and a letter in it, a backup, the erasure of both, and another backup."""
    folder = tmp_path_factory.mktemp("kept")
    url = f"sqlite:///{shutil.copy(sqlite_template, folder)}"
    found = Kept(str(folder / "before"), str(folder / "after"), folder / "list")
    with opened(url) as house:
        chair = house.person("chair", "pogi.chair", "pogi.sec")
        case = decided(house, chair)
        letter = documents.add(Call(chair.actor, house.ports), "brev.txt", "text/plain", SECRET.encode(), case)
        mandat(url, "backup", found.before)
        erase(house, sealed(case), documents=[letter["id"]])
        assert holding(SECRET) == set()
        mandat(url, "backup", found.after)
        assert "1 erasures are in" in mandat(url, "erasures", "export", "-o", str(found.listed))
    assert SECRET not in found.listed.read_text()
    return found


@pytest.fixture
def other(empty_database_url: str) -> str:
    """An empty database, once of each kind."""
    return empty_database_url


def test_what_was_erased_since_is_erased_again_in_the_restored_database(kept, other, tmp_path):
    said = mandat(other, "restore", kept.before, "--erasures", str(kept.listed))
    assert "Erased again" in said and "1 of 1 erasures, with 1 values, 1 documents and 0 people" in said
    assert "1 of 1 cases stand where their journal leads." in said
    if other.startswith("sqlite"):
        folder = Path(other.removeprefix("sqlite:///")).parent
        assert SECRET.encode() not in b"".join(it.read_bytes() for it in folder.glob("*.sqlite3*"))
    app = create_app(Settings(database_url=other, secret_key=KEY))
    with app.app_context():
        assert holding(SECRET) == set()
        with db.reading() as session:
            told = journal.entries(session, "pogi", "pogi")[-2:]
            (restored,) = [it for it in journal.latest(session, "*", "*", 1)]
            (row,) = session.query(Erasure)
        assert [it["kind"] for it in told] == ["disclosures.erased", "erasure.repeated"]
        assert (row.state, row.decided_by, row.entry) == ("done", "approves", told[-1]["seq"])
        assert restored["kind"] == "database.re_erased"
        assert (restored["data"]["values"], restored["data"]["documents"]) == (1, 1)
        assert len(restored["data"]["list"]) == 64
        db.dispose()


def test_without_a_list_it_is_said_that_what_was_erased_may_be_back(kept, other):
    said = mandat(other, "restore", kept.before)
    assert "WARNING: no list of erasures was given" in said
    app = create_app(Settings(database_url=other, secret_key=KEY))
    with app.app_context():
        assert "disclosures.value" in holding(SECRET)
        with db.reading() as session:
            (told,) = journal.latest(session, "*", "*", 1)
        assert told["data"] == {"listed": 0, "erasures": 0, "values": 0, "documents": 0, "people": 0}
        db.dispose()


@pytest.mark.parametrize(("repeats", "kept", "said"), [
    (False, True, "En gendannelse sletter det igen efter listen"), (True, False, "en gendannelse bringer det tilbage"),
])  # fmt: skip
def test_a_demonstration_keeps_a_list_unless_it_repeats_itself(house: House, tmp_path: Path, repeats, kept, said):
    there = tmp_path / "kept.erasures"
    ports = seeded(7, house.clock()) if repeats else demonstration(house.clock())
    house.app.extensions[PORTS] = replace(ports, clock=house.clock, wall=house.clock, erasures=ErasureFile(there))
    case = decided(house, house.person("chair", "pogi.chair", "pogi.sec"))
    erasure = erase(house, sealed(case))
    assert (erasing.keep(), there.exists()) == (kept, kept)
    house.app.extensions[PORTS] = replace(
        house.app.extensions[PORTS], demo=False
    )  # the pages were made without its banner
    page = visiting(house, "ada", "admin").get(f"/pogi/erasures/{erasure}")
    assert said in page.text, "the certificate says what a restore does"


def test_the_service_keeps_the_list_itself_and_forgets_nothing_in_it(house: House, tmp_path: Path):
    app_ports = house.app.extensions[PORTS]
    there = tmp_path / "kept.erasures"
    house.app.extensions[PORTS] = type(app_ports)(clock=house.clock, wall=house.clock, erasures=ErasureFile(there))
    assert not erasing.keep() and not there.exists(), "nothing was erased yet"
    chair = house.person("chair", "pogi.chair", "pogi.sec")
    case = decided(house, chair)
    done = erase(house, sealed(case))
    assert erasing.keep()
    assert not erasing.keep(), "it says so already"
    assert [it.erasure for it in rules.read(there.read_text())] == [done]
    elsewhere = rules.read(there.read_text())[0].plain() | {"erasure": "of another database"}
    there.write_text(rules.written([*rules.read(there.read_text()), rules._listed(elsewhere)]))
    house.app.extensions.pop(erasing.KEPT)
    assert not erasing.keep(), "what is not ours stays in it"
    assert len(rules.read(there.read_text())) == 2
    assert replay.case(administrator(house, "anne").actor, case)["ok"]


def test_a_list_that_is_not_what_was_written_restores_nothing(kept, other, tmp_path):
    listed, whole = tmp_path / "list", kept.listed.read_text()
    listed.write_text(whole.replace('"workspace": "pogi"', '"workspace": "x"'))
    restoring = ("restore", kept.before, "--erasures", str(listed))
    assert "not whole, or was changed" in mandat(other, *restoring, status=1)
    listed.write_text(whole)
    assert "Erased again" in mandat(other, *restoring), "what was refused left nothing behind"


def test_an_erasure_that_the_backup_knows_is_not_repeated(kept, other):
    said = mandat(other, "restore", kept.after, "--erasures", str(kept.listed))
    assert "Nothing had to be erased again" in said
    assert json.loads(kept.listed.read_text().splitlines()[1])["commitments"]
