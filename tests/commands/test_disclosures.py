"""Erasing a sealed value: nothing of it is left, and the case still replays to its hashes."""

import shutil
from pathlib import Path

import pytest
import zstandard
from sqlalchemy import select

from service.commands import instances, tasks
from service.queries import replay
from service.runtime.command import Call
from service.store import db, journal
from service.store.tables import Base, Disclosure, Workspace
from tests.app.erasing import erase
from tests.app.house import House, Someone, opened, two_tasks

SECRET = "Anne Hansen skrev dette om sin chef"


@pytest.fixture
def chair(house: House) -> Someone:
    return house.person("chair", "pogi.chair", "pogi.sec")


@pytest.fixture
def case(house: House, chair: Someone) -> str:
    """A decided case."""
    return decided(house, chair)


def decided(house: House, chair: Someone) -> str:
    """A case in whose vote somebody wrote something of her own: first in drafts, then in the answers."""
    call = Call(chair.actor, house.ports)
    house.deploy(two_tasks())
    started = instances.start(call, "adoption", {}, None)
    vote = tasks.complete(call, started["tasks"][0]["id"], {})["opened"][0]["id"]
    assert tasks.save_draft(call, vote, {"vote": "for", "remark": SECRET}, 0)["version"] == 1
    tasks.save_draft(call, vote, {"vote": "for", "remark": SECRET + "!"}, 1)
    done = tasks.complete(call, vote, {"vote": "for", "remark": SECRET})
    assert done["instance_status"] == "completed"
    return str(started["case_id"])


def sealed(case: str) -> list[str]:
    with db.reading() as session:
        return list(session.scalars(select(Disclosure.commitment).where(Disclosure.case_id == case)))


def holding(text: str) -> set[str]:
    """The columns of the whole database that hold a text, found by looking at every value as bytes."""
    found = set()
    with db.reading() as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)).mappings():
                found |= {f"{table.name}.{name}" for name, value in row.items() if text.encode() in as_bytes(value)}
    return found


def as_bytes(value: object) -> bytes:
    if isinstance(value, bytes):
        return zstandard.decompress(value) if value.startswith(b"\x28\xb5\x2f\xfd") else value
    return str(value).encode()


def test_an_erased_value_is_in_no_column_and_its_case_replays_to_the_same_hashes(house: House, chair, case):
    assert holding(SECRET) == {"disclosures.value"}
    before = replay.case(chair.actor, case)
    assert (before["ok"], before["steps"]) == (True, 3)

    erase(house, sealed(case), "gdpr-17-1-a")

    assert holding(SECRET) == set()
    assert replay.case(chair.actor, case) == before
    with db.reading() as session:
        pogi = session.get_one(Workspace, "pogi")
        assert journal.verify(session, pogi) is None
        told = journal.entries(session, "pogi", "pogi")[-2]
    assert (told["kind"], told["data"]["basis"], len(told["data"]["commitments"])) == (
        "disclosures.erased",
        "gdpr-17-1-a",
        1,
    )


def test_an_erased_value_is_in_no_byte_of_the_database_file_while_the_service_runs(sqlite_template, tmp_path: Path):
    file = Path(shutil.copy(sqlite_template, tmp_path))

    def bytes_of_the_files() -> bytes:
        return b"".join(part.read_bytes() for part in sorted(tmp_path.iterdir()))

    with opened(f"sqlite:///{file}") as house:
        case = decided(house, house.person("chair", "pogi.chair", "pogi.sec"))
        assert SECRET.encode() in bytes_of_the_files()
        erase(house, sealed(case), "retention")
        assert SECRET.encode() not in bytes_of_the_files()
    assert SECRET.encode() not in bytes_of_the_files()


def test_a_draft_belongs_to_its_writer_and_an_older_window_does_not_write_over_it(house: House, chair):
    house.deploy(two_tasks())
    colleague = house.person("colleague", "pogi.chair")
    task = chair.post("/api/v1/instances", {"definition": "adoption"}).json["tasks"][0]["id"]
    (vote,) = chair.post(f"/api/v1/tasks/{task}/complete").json["opened"]
    path = f"/api/v1/tasks/{vote['id']}"

    assert chair.post(f"{path}/draft", {"answers": {"vote": 3}}).json["version"] == 1
    stale = chair.post(f"{path}/draft", {"answers": {"vote": "against"}, "version": 0})
    assert (stale.status_code, stale.json["type"]) == (409, "/problems/draft-stale")
    assert chair.get(path).json["draft"] == {"answers": {"vote": 3}, "version": 1}
    assert colleague.get(path).json["draft"] is None
    assert colleague.post(f"{path}/draft", {"answers": {"vote": "for"}}).status_code == 200

    assert chair.post(f"{path}/complete", {"answers": {"vote": "for"}}).status_code == 200
    assert colleague.get(path).json["draft"] is None
    late = colleague.post(f"{path}/draft", {"answers": {}, "version": 1})
    assert late.json["type"] == "/problems/task-already-completed"
