"""Dossiers that somebody has made to mislead: neither verifier breaks down, believes what it did not look at, or says another
thing than the other does."""

import hashlib
import io
import json
import os
import random
import re
import unicodedata
import zipfile
from base64 import b64encode
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from service.commands import documents
from service.domain.dossiers import WHOLE, DossierUnreadable
from service.domain.notes import Checkpoint, Key, kept_in, read, written
from service.domain.notes import key as key_of
from service.post import DerivedKey, verify
from service.queries import log, verifying
from service.queries.dossiers import verify as program
from tests.app.house import House
from tests.app.logged import logged
from tests.app.taken import Files, Taken, archived, run, unpacked
from tests.faults import forgers
from tests.faults.sizes import size

Found = dict[str, tuple[str, int | None, str]]
KEY = DerivedKey(1).first()


@pytest.fixture(scope="module")
def files(one_house: House) -> Files:
    """What is in the dossier of a case."""
    taken = Taken.of(logged(one_house))
    case = taken.case()
    documents.add(taken.call, "Bilag 1.pdf", "application/pdf", b"%PDF-1.4 x", case)
    taken.logged.round()
    return unpacked(taken.dossier(case))


def both(place: Path, *, key: str = "", kept: str = "") -> Found | str:
    """What both verifiers find, who say the same of all but `replay`; or that it cannot be read, and why."""
    said = theirs(place, key, kept)
    try:
        held, keys = [read(kept)] if kept else [], [key_of(key)] if key else []
        ours = {it.name: (it.verdict.value, it.index, it.says) for it in verifying.claims(place, verify, held, keys)}
    except DossierUnreadable as error:
        why = str(error.facts["why"])
        assert isinstance(said, str)
        # Of what has no shape at all each says what it stumbled over.
        assert said == f"ValueError: {why}" or not said.startswith("ValueError") or re.match(r"\w+Error: ", why)
        return why
    del ours["replay"]
    assert ours == said
    assert all(it[2].isprintable() for it in ours.values())
    return ours


def theirs(place: Path, key: str, kept: str) -> Found | str:
    dossier = None
    try:
        dossier = program.Dossier(place, [program.key_of(key)] if key else [], program.notes_in(kept))
        return {name: (verdict, index, says) for name, verdict, says, index in dossier.claims() if name != "replay"}
    except Exception as error:  # noqa: BLE001 - as its `main` does
        return f"{type(error).__name__}: {error}"
    finally:
        if dossier and dossier.zip:
            dossier.zip.close()


def of(files: Files, folder: Path, **asked: str) -> Found | str:
    """What both find of these files in an archive."""
    return both(archive(archived(files), folder), **asked)


def archive(content: bytes, folder: Path) -> Path:
    (folder / "it.zip").write_bytes(content)
    return folder / "it.zip"


def failed(found: Found | str) -> dict[str, str]:
    """The claims that do not hold, with what is said of each."""
    assert isinstance(found, dict), found
    return {name: says for name, (verdict, _, says) in found.items() if verdict == "FAIL"}


def listed(files: Files, **about: Any) -> Files:
    """The same with a list of files and a receipt that fit, of all that is there; nothing is sealed."""
    names = [it for it in files if it not in ("dossier.json", "receipt.json", "seal.json")]
    had = json.loads(files["dossier.json"]) | about
    return forgers.packed({**files, "dossier.json": rfc8785.dumps(had | {"files": dict.fromkeys(names, "")})})


def test_the_genuine_one_passes(files: Files, tmp_path: Path):
    found = of(files, tmp_path)
    assert isinstance(found, dict)
    assert {name for name, it in found.items() if it[0] != "PASS"} == {"key", "kept"}


# --- without its assertions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("python", [(), ("-O",), ("-OO",)])
def test_the_program_refuses_the_same_where_python_leaves_assertions_out(
    files: Files, python: tuple[str, ...], tmp_path: Path
):
    archive(archived(files), tmp_path)
    assert run(tmp_path, "it.zip", python=python)[0] == 0
    (tmp_path / "kept.txt").write_text("A mail that brought none.")
    assert run(tmp_path, "it.zip", "--checkpoint", "kept.txt", python=python)[0] == 2
    lines = files["records.jsonl"].splitlines(keepends=True)
    forged = {**files, "records.jsonl": b"".join([*lines[:1], lines[1].replace(b"task", b"tusk"), *lines[2:]])}
    archive(archived(listed(forged)), tmp_path)
    status, found, _ = run(tmp_path, "it.zip", python=python)
    assert (status, found["records"][:2], found["inclusion"][:2]) == (1, ("FAIL", 2), ("FAIL", 1))
    for spoilt in ({**files, "checkpoints.txt": b""}, listed(files, format="mandat dossier 2"), listed(files, case="")):
        archive(archived(spoilt), tmp_path)
        status, found, wrote = run(tmp_path, "it.zip", python=python)
        assert (status, found) == (2, {})
        assert "It cannot be read: ValueError" in wrote


# --- archives --------------------------------------------------------------------------------------------------------


def test_two_files_of_one_name_are_refused(files: Files, tmp_path: Path):
    place = archive(archived(files), tmp_path)
    with zipfile.ZipFile(place, "a") as made, pytest.warns(UserWarning, match="Duplicate name"):
        made.writestr("index.html", "Another one.")
    assert both(place) == "two of its files have one name"


@pytest.mark.parametrize("name", ["more.html", "documents/more.pdf", "definitions/x.bpmn", "INDEX.html"])
def test_a_file_that_is_not_listed_is_named(files: Files, name: str, tmp_path: Path):
    assert (
        failed(of({**files, name: b"Believe me."}, tmp_path))["files"]
        == f"{name}: not as packed, or no file of a dossier"
    )


@pytest.mark.parametrize("name", ["more.html", "../index.html", "/etc/passwd", "documents/../x", "definitions/x/y"])
def test_a_listed_file_in_a_place_where_nothing_looks_is_named(files: Files, name: str, tmp_path: Path):
    assert name in failed(of(listed({**files, name: b"Believe me."}), tmp_path))["files"]


def test_names_that_a_disk_takes_for_one_are_told(files: Files, tmp_path: Path):
    folder = next(it for it in files if it.startswith("definitions/")).rpartition("/")[0]
    for one, other in (("a.dmn", "A.dmn"), ("å.dmn", unicodedata.normalize("NFD", "å.dmn"))):
        made = listed({**files, f"{folder}/{one}": b"1", f"{folder}/{other}": b"2"})
        assert failed(of(made, tmp_path)).keys() == {"files", "definitions"}


def test_a_document_or_definition_that_no_record_names_is_told(files: Files, tmp_path: Path):
    assert failed(of(listed({**files, "documents/more.pdf": b"%PDF"}), tmp_path)) == {
        "documents": "['documents/more.pdf'] are not what the records name"
    }
    content = b"<definitions/>"
    form = rfc8785.dumps([["more.bpmn", hashlib.sha256(content).hexdigest()]])
    digest = hashlib.sha256(form).hexdigest()
    found = failed(of(listed({**files, f"definitions/{digest}/more.bpmn": content}), tmp_path))
    assert found == {"definitions": f"['{digest}'] are named by no record"}


def test_a_document_that_is_said_to_be_there_and_is_not_is_told(files: Files, tmp_path: Path):
    (paper,) = json.loads(files["documents.json"])
    gone = {name: it for name, it in files.items() if name != paper["file"]}
    assert failed(of(listed(gone), tmp_path))["documents"] == f"['{paper['file']}'] are not what the records name"
    hidden = listed({**gone, "documents.json": rfc8785.dumps([paper | {"file": None}])})
    found = of(hidden, tmp_path)
    assert failed(found) == {}
    assert isinstance(found, dict)
    assert found["documents"][2] == "1 are those that the records name; 1 are not here"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_unpacks_without_a_bound_is_not_unpacked(files: Files, method: int, tmp_path: Path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in files.items():
            made.writestr(name, content)
    assert "packed in another way" in str(both(archive(out.getvalue(), tmp_path)))


@pytest.mark.parametrize("name", ["dossier.json", "proofs.json", "records.jsonl", "checkpoints.txt", "receipt.json"])
def test_what_unpacks_to_more_than_it_can_be_takes_no_memory(files: Files, name: str, tmp_path: Path):
    bomb = {**files, name: files[name] + b" " * (WHOLE + 1)}
    assert archived(bomb).__sizeof__() < 500_000
    place = archive(archived(bomb), tmp_path)
    assert isinstance(both(place), str)
    status, found, wrote = run(tmp_path, "it.zip")
    assert (status, found) == (2, {})
    assert "is larger than it can be" in wrote or "too long" in wrote


def test_what_says_that_it_unpacks_to_little_takes_no_memory(files: Files, tmp_path: Path):
    content = bytearray(archived({**files, "proofs.json": b" " * 400_000_000}))
    where = content.rindex((400_000_000).to_bytes(4, "little"))
    content[where : where + 4] = (10).to_bytes(4, "little")
    assert isinstance(both(archive(bytes(content), tmp_path)), str)
    assert run(tmp_path, "it.zip")[0] == 2


def test_a_whole_archive_that_unpacks_to_too_much_is_not_unpacked(files: Files, tmp_path: Path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for number in range(6):
            made.writestr(f"documents/{number}", bytes(100_000_000))
    assert "unpacks to more than a dossier does" in str(both(archive(out.getvalue(), tmp_path)))


def test_in_a_folder_nothing_outside_of_it_is_read(files: Files, tmp_path: Path):
    folder = tmp_path / "unpacked"
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    elsewhere = (folder / "index.html").rename(tmp_path / "index.html")
    (folder / "index.html").symlink_to(elsewhere)
    os.mkfifo(folder / "endless")
    assert "index.html" in failed(both(folder))["files"]


# --- JSON ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["dossier.json", "proofs.json", "documents.json", "seal.json"])
def test_json_that_says_two_things_is_refused(files: Files, name: str, tmp_path: Path):
    value = json.loads(files[name])
    spoilt = [json.dumps(value, indent=1), files[name].decode().replace('":', '": ', 1)]
    if isinstance(value, dict):
        first = min(value)
        spoilt.append(f'{{"{first}":0,{files[name].decode()[1:]}')
    for text in spoilt:
        assert of({**files, name: text.encode()}, tmp_path) == f"{name} is not JSON in its one form"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "9007199254740993", "1" + "0" * 5000, "-0", "1.0"])
def test_a_record_with_a_number_that_readers_take_differently_is_none(files: Files, number: str, tmp_path: Path):
    lines = files["records.jsonl"].split(b"\n")[:-1]
    lines[1] = lines[1].replace(b'"v":1', b'"v":' + number.encode())
    found = failed(of({**files, "records.jsonl": b"".join(it + b"\n" for it in lines)}, tmp_path))
    assert "record 1 " in found["records"]
    assert "record 1 " in found["inclusion"]


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
