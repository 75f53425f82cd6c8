"""What runs is what the files of a bundle say, whoever changes what was compiled of them."""

import logging
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from sqlalchemy import delete, select

from service.commands import instances, tasks
from service.domain.errors import DefinitionAltered
from service.queries import replay
from service.runtime import definitions, sources
from service.runtime.command import Call
from service.store import db
from service.store.definitions import pack, unpack
from service.store.tables import BundleFile, Case, Definition
from tests.app.house import House, Someone
from tests.diagrams import files, process


@pytest.fixture
def anne(house: House) -> Someone:
    house.deploy(
        files(
            process("sum").io(inputs=["n"]).start().user("ask", lane="pogi.sec").script("add", "n = n + 1").end("done")
        )
    )
    return house.person("anne", "pogi.sec")


def run(house: House, anne: Someone) -> str:
    """A case of that process from its start to its end; gives its id."""
    call = Call(anne.actor, house.ports)
    begun = instances.start(call, "sum", {"n": 1}, None)
    tasks.complete(call, begun["tasks"][0]["id"], {})
    return str(begun["case_id"])


def forget() -> None:
    """As after a restart: nothing of a database is known."""
    definitions._caches.clear()
    sources._say_once.cache_clear()


def recompile(change: Callable[[dict[str, Any]], object]) -> None:
    """Change the compiled form of the process in the database, and nothing else."""
    with db.transaction() as session:
        row = session.scalars(select(Definition).where(Definition.process_key == "sum")).one()
        document = orjson.loads(unpack(row.compiled))
        change(document)
        row.compiled = pack(orjson.dumps(document, option=orjson.OPT_SORT_KEYS))
    forget()


def other_script(document: dict[str, Any]) -> None:
    (script,) = [it for it in document["process"]["elements"] if it["id"] == "add"]
    script["script"] = "n = n + 1000"


def test_a_script_that_was_changed_in_the_database_is_found_by_the_replay(house: House, anne: Someone):
    case = run(house, anne)
    recompile(other_script)
    found = replay.case(anne.actor, case)
    told = found["difference"]
    assert (found["ok"], found["steps"], told["kind"]) == (False, 0, "instance.started")
    assert told["reason"] == "what is kept of “sum” to run is not what its files say"
    assert (told["place"]["process"], told["place"]["element"]) == ("sum", "add")
    assert told["place"]["path"].endswith("/script")
    assert (told["written"], told["found"]) == ("n = n + 1", "n = n + 1000")


def test_a_script_that_was_changed_in_the_database_does_not_run(
    house: House, anne: Someone, caplog: pytest.LogCaptureFixture
):
    recompile(other_script)
    with caplog.at_level(logging.CRITICAL, "mandat.definitions"):
        case = run(house, anne)
    assert [record.levelname for record in caplog.records] == ["CRITICAL"], "said once, and not by every step"
    assert anne.get(f"/api/v1/cases/{case}").json["instances"][0]["variables"] == {"n": 2}


def test_a_process_whose_files_were_changed_too_does_not_run_at_all(house: House, anne: Someone):
    case = run(house, anne)
    recompile(other_script)
    with db.transaction() as session:
        file = session.scalars(select(BundleFile).where(BundleFile.name == "sum.bpmn")).one()
        file.content = pack(unpack(file.content).replace(b"n = n + 1", b"n = n + 1000"))
    forget()
    with pytest.raises(DefinitionAltered):
        run(house, anne)
    told = replay.case(anne.actor, case)["difference"]
    assert told["reason"] == "the files of the bundle of “sum” were changed after it was deployed"
    assert told["written"] == told["place"]["bundle"] != told["found"]


def test_what_is_kept_in_another_form_runs_as_it_is_and_is_not_replayed(house: House, anne: Someone):
    case = run(house, anne)
    recompile(lambda document: document.update(format=7))
    run(house, anne)
    found = replay.case(anne.actor, case)
    assert (found["ok"], found["difference"]) == (False, None)
    assert found["not_replayed"]["reason"] == (
        "“sum” was compiled in the form 7, and this version compiles it in the form 1"
    )


def test_a_case_whose_process_is_not_deployed_any_more_is_not_replayed(house: House, anne: Someone):
    case = run(house, anne)
    with db.transaction() as session:
        session.execute(delete(BundleFile))
    found = replay.case(anne.actor, case)
    assert (found["ok"], found["difference"]) == (False, None)
    assert found["not_replayed"]["reason"] == "the process “sum” of then is not deployed any more"
    with db.reading() as session:
        assert session.get_one(Case, ("pogi", case)).journal_seq == found["entries"]
