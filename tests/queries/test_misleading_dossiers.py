"""Dossiers that say what is not so: of records without proof, of values, of erasures, of their end, of who signed them."""

import json
import random
from base64 import b64encode
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from service.domain.notes import Checkpoint, Key, kept_in, read, written
from service.post import DerivedKey
from service.queries import log
from tests.app.taken import Files, archived, run
from tests.faults import forgers
from tests.faults.sizes import size
from tests.queries.crafting import archive, failed, files, listed, of

__all__ = ["files"]

KEY = DerivedKey(1).first()


# --- what the reader brings ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_a_mail_that_brought_a_checkpoint_is_taken_as_it_was_sent(files: Files, encoding: str, tmp_path: Path):
    mail = EmailMessage()
    mail["Subject"] = "The log"
    mail.set_content("Keep this.\n\n" + files["checkpoints.txt"].decode() + "\nRegards", cte=encoding)
    mail.add_attachment("Something else", filename="a.txt")
    raw = bytes(mail)
    archive(archived(files), tmp_path)
    (tmp_path / "kept.eml").write_bytes(raw)
    status, found, _ = run(tmp_path, "it.zip", "--checkpoint", "kept.eml")
    assert (status, found["kept"][0]) == (0, "PASS")
    assert [it.checkpoint.size for it in kept_in(raw)] == [read(files["checkpoints.txt"].decode()).checkpoint.size]


def test_each_file_that_was_kept_must_hold_a_checkpoint(files: Files, tmp_path: Path):
    archive(archived(files), tmp_path)
    (tmp_path / "two.txt").write_bytes(files["checkpoints.txt"] + b"\n" + files["checkpoints.txt"])
    (tmp_path / "none.txt").write_bytes(b"None.")
    status, _, wrote = run(tmp_path, "it.zip", "--checkpoint", "two.txt", "--checkpoint", "none.txt")
    assert (status, "what you kept holds no signed checkpoint" in wrote) == (2, True)


# --- what is said, and by whom ---------------------------------------------------------------------------------------


def test_what_is_in_a_dossier_draws_no_verdict_of_its_own(files: Files, tmp_path: Path):
    made = forgers.packed(files)
    receipt = json.loads(made["receipt.json"]) | {"at": "noon\nPASS         key: the last is signed by your key\x1b[1A"}
    found = of({**made, "receipt.json": rfc8785.dumps(receipt)}, tmp_path)
    assert isinstance(found, dict)
    assert "noon?PASS" in found["complete"][2]
    assert failed(of({**files, "\x1b[2K\rPASS\u202e": b""}, tmp_path))


def test_an_opened_value_cannot_lend_its_beginning_to_its_salt(files: Files, tmp_path: Path):
    line = json.loads(files["disclosures.jsonl"])
    shifted = line | {"salt": line["salt"] + line["value"][:1].encode().hex(), "value": line["value"][1:]}
    made = listed({**files, "disclosures.jsonl": rfc8785.dumps(shifted) + b"\n"})
    assert "what is to be a hash is none" in str(of(made, tmp_path))


def test_a_record_that_is_said_to_be_younger_is_not_believed(files: Files, tmp_path: Path):
    """Without a proof nothing tells that it came behind the checkpoint, and whoever rewrote it would leave the proof out."""
    lines, proofs = files["records.jsonl"].splitlines(), json.loads(files["proofs.json"])
    for first in (0, 3, len(lines) - 1):
        there = [*proofs["records"][:first], *[None] * (len(lines) - first)]
        changed = [(rewritten(it) if at >= first else it, there[at]) for at, it in enumerate(lines)]
        made = {**files, **forgers.told(forgers.chained(changed), proofs)}
        found = of(listed(made), tmp_path)
        assert isinstance(found, dict)
        assert (found["inclusion"][0], found["complete"][0]) == ("NOT CHECKED", "NOT CHECKED")
        assert failed(of({**listed(made), "seal.json": files["seal.json"]}, tmp_path)).keys() == {"complete"}
    there = [None, *proofs["records"][1:]]
    early = {**files, "proofs.json": rfc8785.dumps(proofs | {"records": there})}
    assert "record 0 " in failed(of(listed(early), tmp_path))["inclusion"], "one behind it has a proof"


def rewritten(line: bytes) -> bytes:
    return rfc8785.dumps(json.loads(line) | {"actor": "somebody else"})


def test_a_value_that_is_opened_twice_must_open_both_times(files: Files, tmp_path: Path):
    line = json.loads(files["disclosures.jsonl"])
    other = rfc8785.dumps(line | {"value": '"Another answer."'}) + b"\n"
    for lines in (other + files["disclosures.jsonl"], files["disclosures.jsonl"] + other):
        assert "disclosures" in failed(of(listed({**files, "disclosures.jsonl": lines}), tmp_path))


def test_an_erasure_that_nothing_proves_is_not_believed(files: Files, tmp_path: Path):
    commitment = json.loads(files["disclosures.jsonl"])["commitment"]
    made_up: Any = {"kind": "disclosures.erased", "data": {"commitments": [commitment], "basis": "retention"}}
    proofs = json.loads(files["proofs.json"])
    proofs["workspace"].append(None)
    made = {
        **files,
        "workspace.jsonl": files["workspace.jsonl"] + rfc8785.dumps(made_up) + b"\n",
        "proofs.json": rfc8785.dumps(proofs),
        "disclosures.jsonl": b"",
    }
    found = of(listed(made), tmp_path)
    assert isinstance(found, dict)
    assert found["disclosures"][2] == "0 open as committed, 0 were erased as records say, 1 you did not get"
    assert found["inclusion"][0] == "NOT CHECKED"
    assert found["inclusion"][2].endswith("1 have no proof yet")


@pytest.mark.parametrize("withheld", ["", "00", "ab" * 64, "AB" * 32, " " + "ab" * 32, 7, None])
def test_a_record_is_withheld_by_a_hash_and_nothing_else(files: Files, withheld: Any, tmp_path: Path):
    lines = files["records.jsonl"].split(b"\n")[:-1]
    lines[1] = rfc8785.dumps({"withheld": withheld})
    assert "what is to be a hash is none" in str(
        of({**files, "records.jsonl": b"".join(it + b"\n" for it in lines)}, tmp_path)
    )


def test_what_another_log_of_the_same_keys_has_signed_is_not_this_ones(files: Files, tmp_path: Path):
    mine = log.verifier_keys("pogi")[0]
    other = Checkpoint("localhost/lillestrom/log", 5, bytes(32))
    signed = KEY.sign(other.text().encode())
    for name in (mine, Key(other.origin, mine.public)):
        note = f"{other.text()}\n— {mine.name} {b64encode(name.id + signed).decode()}\n"
        for origin in (mine.name, other.origin):
            made = listed({**files, "checkpoints.txt": note.encode()}, origin=origin)
            assert {"checkpoints", "key"} <= failed(of(made, tmp_path, key=mine.text())).keys()


def test_of_two_signatures_of_one_key_both_must_hold(files: Files, tmp_path: Path):
    mine, note = log.verifier_keys("pogi")[0], files["checkpoints.txt"].decode()
    spoilt = f"{note}— {mine.name} {b64encode(mine.id + bytes(64)).decode()}\n"
    assert "checkpoints" in failed(of(listed({**files, "checkpoints.txt": spoilt.encode()}), tmp_path))


# --- the end ---------------------------------------------------------------------------------------------------------


def test_that_nothing_is_missing_is_proved_by_a_receipt_that_stands_in_the_log(files: Files, tmp_path: Path):
    found = of(files, tmp_path, key=log.verifier_keys("pogi")[0].text())
    assert isinstance(found, dict)
    assert found["complete"][0] == "PASS"
    seal = json.loads(files["seal.json"])
    assert read(seal["note"]).checkpoint.size > json.loads(files["proofs.json"])["size"]
    for spoil in (
        spoilt("place", lambda it: it - 1),
        spoilt("path", lambda it: it[1:]),
        spoilt("from", lambda it: it[1:]),
    ):
        made = {**files, "seal.json": rfc8785.dumps(spoil(seal))}
        assert failed(of(made, tmp_path)) == {"complete": "its receipt does not stand in the log as its seal says"}


def spoilt(name: str, change: Callable[[Any], Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda seal: seal | {name: change(seal[name])}


def test_a_seal_that_somebody_else_has_signed_holds_nothing(files: Files, tmp_path: Path):
    seal = json.loads(files["seal.json"])
    hers = Key(log.verifier_keys("pogi")[0].name, forgers.HERS.public)
    checkpoint = read(seal["note"]).checkpoint
    note = written(checkpoint, hers, forgers.HERS.sign(checkpoint.text().encode()))
    made = {**files, "seal.json": rfc8785.dumps(seal | {"note": note})}
    assert failed(of(made, tmp_path)).keys() == {"complete"}


def test_an_end_that_was_cut_off_is_seen_while_the_seal_is_there_and_told_when_it_is_not(files: Files, tmp_path: Path):
    lines, proofs = files["records.jsonl"].splitlines(), json.loads(files["proofs.json"])
    short = list(zip(lines, proofs["records"], strict=True))[:-2]
    made = forgers.packed({**files, **forgers.told(short, proofs), "disclosures.jsonl": forgers.left(files, short)})
    found = of(made, tmp_path)
    assert isinstance(found, dict)
    assert found["complete"][0] == "NOT CHECKED"
    again = of({**made, "seal.json": files["seal.json"]}, tmp_path)
    assert isinstance(again, dict)
    assert again["complete"][:2] == ("FAIL", len(short))


# --- whatever else ---------------------------------------------------------------------------------------------------

ODD: tuple[Any, ...] = (
    *(None, True, False, -1, 0, 2**53 - 1, 1.5, "", "x", "\x00", "\u202e", "😀", [], {}, [[]], {"sealed": "0" * 64}),
    *("0" * 64, "../..", ["x"] * 3, {"a": {"b": []}}),
)


def test_whatever_stands_in_its_files_both_say_the_same(files: Files, tmp_path: Path):
    chance = random.Random(4)
    for _ in range(size(60, 5_000)):
        name = chance.choice([it for it in files if it.endswith((".json", ".jsonl")) and "/" not in it])
        lines = files[name].split(b"\n")[:-1]
        at = chance.randrange(len(lines))
        lines[at] = rfc8785.dumps(spoil(json.loads(lines[at]), chance))
        made = {**files, name: b"".join(it + b"\n" for it in lines)}
        of(chance.choice((listed, dict))(made) if name in ("records.jsonl", "proofs.json") else made, tmp_path)


def spoil(value: Any, chance: random.Random) -> Any:
    """The same with something else somewhere in it."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        name = chance.choice(sorted(value))
        if chance.random() < 0.1:
            return {it: inner for it, inner in value.items() if it != name}
        return value | {name: spoil(value[name], chance)}
    if isinstance(value, list) and value and chance.random() < 0.9:
        at = chance.randrange(len(value))
        return [*value[:at], spoil(value[at], chance), *value[at + 1 :]]
    return chance.choice(ODD)
