"""Dossiers: what is in them for whom, what is proved by them, and that a program finds it out which has nothing of ours."""

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from service.commands import documents, instances, settings, tasks
from service.domain import notes
from service.domain.dossiers import LogUnsigned
from service.domain.errors import CaseNotFound, InstallationAdministratorNeeded
from service.domain.record_facts import DisclosuresErased
from service.identity import dossiers
from service.identity.callers import PORTS
from service.post import DerivedKey, verify
from service.queries import dossiers as queries
from service.queries import log, verifying
from service.queries.tasks import inbox
from service.runtime.command import Call
from service.store import db, disclosures, journal
from tests.app.house import House
from tests.app.logged import Logged, logged
from tests.app.records import MEMBERS, partnership, representative
from tests.app.taken import REMARK, Files, Taken, archived, run, unpacked
from tests.queries.test_withheld import together


@pytest.fixture
def taken(house: House) -> Taken:
    return Taken.of(logged(house))


def verdicts(archive: bytes, folder: Path, *kept: str, key: str = "") -> dict[str, str]:
    """What both verifiers say, who must agree."""
    (folder / "it.zip").write_bytes(archive)
    asked = ["--key", key] if key else []
    for number, note in enumerate(kept):
        (folder / f"kept{number}.txt").write_text(f"A mail around it.\n\n{note}\nAnd more.\n")
        asked += ["--checkpoint", f"kept{number}.txt"]
    status, found, wrote = run(folder, "it.zip", *asked)
    assert wrote == ""
    held = [[notes.read(note)] for note in kept]
    ours = verifying.claims(folder / "it.zip", verify, held, [notes.key(key)] if key else [])
    assert {it.name: (it.verdict.value, it.index, it.says) for it in ours if it.name != "replay"} == {
        name: it for name, it in found.items() if name != "replay"
    }
    told = {it.verdict for it in ours}
    assert status == (1 if "FAIL" in told else 3 if "NOT SHOWN" in told else 0)
    return {it.name: it.verdict.value for it in ours}


def test_a_case_is_verified_in_a_folder_that_has_nothing_else_of_ours(taken: Taken, tmp_path: Path):
    case = taken.case()
    documents.add(taken.call, "Bilag 1.pdf", "application/pdf", b"%PDF-1.4 x", case)
    taken.logged.round()
    kept = taken.logged.note()
    taken.case()
    taken.logged.round()
    archive = taken.dossier(case, kept=[notes.read(kept)])  # a checkpoint over its receipt comes with it
    key = log.verifier_keys("pogi")[0].text()
    found = verdicts(archive, tmp_path, kept, taken.logged.note(), key=key)
    assert set(found.values()) == {"PASS"}
    files = unpacked(archive)
    assert files[json.loads(files["documents.json"])[0]["file"]] == b"%PDF-1.4 x"
    folder = tmp_path / "unpacked"
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    status, again, wrote = run(folder, ".", "--key", key)
    assert (status, wrote, again["kept"][0]) == (0, "", "NOT CHECKED")
    assert again["files"][2].endswith("not of the dossier: checker.py"), "what the reader put there is named"
    assert {name for name, it in again.items() if it[0] != "PASS"} == {"files", "kept", "replay"}


def test_the_same_state_makes_the_same_files(taken: Taken):
    case = taken.case()
    taken.logged.round()

    def packed() -> bytes:
        gathered = queries.case(taken.anne.actor, case)
        pages = taken.logged.house.app.extensions[dossiers.PAGES](gathered)
        return queries.pack(gathered.about, {**gathered.files, **pages}).archive(b"the same receipt")

    assert packed() == packed()


def test_the_receipt_is_an_entry_of_the_case_which_says_who_got_what(taken: Taken):
    case = taken.case()
    taken.logged.round()
    files = unpacked(taken.dossier(case))
    with db.reading() as session:
        last = journal.latest(session, "pogi", case, 1)[0]
    assert json.loads(files["receipt.json"]) == last
    assert (last["kind"], last["actor"]) == ("case.exported", taken.anne.actor.person_id)
    assert last["data"] == {"digest": hashlib.sha256(files["dossier.json"]).hexdigest(), "disclosed": 1, "withheld": 0}
    taken.logged.round()
    later = unpacked(taken.dossier(case))
    assert files["receipt.json"].strip() in later["records.jsonl"].splitlines(), "a later one proves the earlier"


def test_what_was_erased_is_in_no_file_and_its_erasure_is(taken: Taken, tmp_path: Path):
    case = taken.case()
    taken.logged.round()
    before = unpacked(taken.dossier(case))
    assert any(REMARK.encode() in content for content in before.values())
    opened = json.loads(before["disclosures.jsonl"])
    with db.transaction() as session:
        disclosures.erase(session, "pogi", [opened["commitment"]])
        owner = journal.of_workspace(session, "pogi")
        assert owner is not None
        gone = DisclosuresErased(commitments=(opened["commitment"],), basis="retention")
        ports = taken.logged.house.ports
        journal.append(session, owner, [gone], by=taken.anne.actor.by(), now=ports.now(), demo=False)
    taken.logged.round()
    archive = taken.dossier(case)
    after = unpacked(archive)
    assert not [
        name for name, content in after.items() if REMARK.encode() in content or opened["salt"].encode() in content
    ]
    assert opened["commitment"] in after["workspace.jsonl"].decode()
    assert verdicts(archive, tmp_path)["disclosures"] == "PASS"
    assert "1 were erased as records say, 0 you did not get" in said(tmp_path, "disclosures")


def said(folder: Path, claim: str) -> str:
    return next(it.says for it in verifying.claims(folder / "it.zip", verify) if it.name == claim)


def test_votes_of_others_in_a_secret_ballot_stand_by_their_hashes(house: House, tmp_path: Path):
    with_key: Logged = logged(house)
    house = with_key.house
    members = partnership(house, MEMBERS[:2])
    settings.change(house.operator(), "sg.ballot_secret", "always", "forretningsordenen § 9")
    people = [
        Call(representative(house, f"sg{number}", made, "pogi.sg").actor, house.ports)
        for number, made in enumerate(members.values())
    ]
    house.deploy(together())
    started = instances.start(house.operator(), "voting", {}, None)
    for call, vote in zip(people, ("for", "against"), strict=True):
        (mine,) = inbox(call.actor, "roles")["tasks"]
        tasks.complete(call, mine["id"], {"vote": vote})
    with_key.round()
    archive = dossiers.of_case(people[0], started["case_id"])
    files = unpacked(archive)
    lines = [json.loads(it) for it in files["records.jsonl"].splitlines()]
    assert any(it.keys() == {"withheld"} for it in lines)
    hers = [it["data"]["answers"] for it in lines if it.get("kind") == "task.completed"]
    assert hers == [{"vote": "for"}], "her own vote, and nobody else's"
    found = verdicts(archive, tmp_path, with_key.note())
    assert {found[it] for it in ("records", "inclusion", "kept", "definitions")} == {"PASS"}
    assert "are told by hash alone" in said(tmp_path, "records")


def test_only_who_may_read_a_case_takes_it_home_and_only_an_administrator_the_log(taken: Taken, tmp_path: Path):
    case = taken.case()
    taken.logged.round()
    house = taken.logged.house
    stranger = Call(house.person("kari", "lill.owner", workspace="lillestrom").actor, house.ports)
    with pytest.raises(CaseNotFound):
        dossiers.of_case(stranger, case)
    auditor = Call(house.person("arne", "auditor").actor, house.ports)
    assert unpacked(dossiers.of_case(auditor, case))
    with pytest.raises(InstallationAdministratorNeeded):
        dossiers.of_log(auditor, tmp_path / "log.zip")


def test_nothing_is_taken_home_before_the_log_is_signed(taken: Taken):
    case = taken.case()
    with pytest.raises(LogUnsigned):
        taken.dossier(case)


def test_records_behind_the_last_checkpoint_are_told_and_not_proved(taken: Taken, tmp_path: Path):
    case = taken.case()
    taken.logged.round()
    documents.add(taken.call, "a.txt", "text/plain", b"x", case)
    verdicts(taken.dossier(case), tmp_path)
    assert re.search(
        r"[0-9]+ of the case and [0-9]+ of the workspace stand in the log; 1 have", said(tmp_path, "inclusion")
    )


def test_what_came_behind_the_last_checkpoint_is_held_by_the_seal(taken: Taken, tmp_path: Path):
    taken.logged.round()
    files = unpacked(taken.dossier(taken.case()))
    assert set(json.loads(files["proofs.json"])["records"]) == {None}
    found = verdicts(archived(files), tmp_path)
    assert (found["inclusion"], found["complete"]) == ("PASS", "PASS")
    found = verdicts(archived({name: it for name, it in files.items() if name != "seal.json"}), tmp_path)
    assert (found["inclusion"], found["complete"]) == ("NOT CHECKED", "NOT CHECKED")


def test_without_a_key_there_is_no_seal_until_the_next_round(taken: Taken, tmp_path: Path):
    """As where web workers answer, and another process signs."""
    case = taken.case()
    taken.logged.round()
    app = taken.logged.house.app
    ports, app.extensions[PORTS] = app.extensions[PORTS], replace(app.extensions[PORTS], keys=None)
    archive = taken.dossier(case)
    app.extensions[PORTS] = ports
    assert "seal.json" not in unpacked(archive)
    assert verdicts(archive, tmp_path)["complete"] == "NOT CHECKED"
    assert verdicts(taken.dossier(case), tmp_path)["complete"] == "PASS"


def test_a_key_or_checkpoint_of_another_is_refused(taken: Taken, tmp_path: Path):
    case = taken.case()
    taken.logged.round()
    archive, kept = taken.dossier(case), taken.logged.note()
    mine = log.verifier_keys("pogi")[0]
    other = notes.Key(mine.name, DerivedKey(2).first().public).text()
    assert verdicts(archive, tmp_path, kept, key=other) | {"replay": ""} == {
        **verdicts(archive, tmp_path, kept),
        "key": "FAIL",
        "complete": "NOT CHECKED",
        "kept": "NOT SHOWN",
        "replay": "",
    }
    taken.case()
    taken.logged.round()
    assert verdicts(archive, tmp_path, taken.logged.note())["kept"] == "NOT SHOWN", "it ends before that"


def test_a_whole_log_is_verified_likewise_and_holds_nothing_that_is_sealed(taken: Taken, tmp_path: Path):
    taken.case()
    taken.logged.round()
    archive = taken.log(tmp_path)
    assert set(verdicts(archive, tmp_path, taken.logged.note(), key=log.verifier_keys("pogi")[0].text()).values()) == {
        "PASS"
    }
    files: Files = unpacked(archive)
    assert not [name for name, content in files.items() if REMARK.encode() in content]
    with db.reading() as session:
        last: Any = journal.latest(session, "pogi", "pogi", 1)[0]
    assert (last["kind"], last["data"]["digest"]) == ("log.exported", hashlib.sha256(files["dossier.json"]).hexdigest())


@pytest.mark.parametrize("spoilt", [b"", b"no zip at all", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_dossier_is_said_to_be_unreadable(spoilt: bytes, tmp_path: Path):
    (tmp_path / "it.zip").write_bytes(spoilt)
    status, found, wrote = run(tmp_path, "it.zip")
    assert (status, found) == (2, {})
    assert "cannot be read" in wrote
    assert "Traceback" not in wrote
