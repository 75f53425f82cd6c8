"""Dossiers that somebody has made to mislead: neither verifier breaks down, believes what it did not look at, or says another
thing than the other does."""

import hashlib
import io
import json
import os
import unicodedata
import zipfile
from pathlib import Path

import pytest
import rfc8785

from service.domain.dossiers import WHOLE
from tests.app.taken import Files, archived, run
from tests.queries.crafting import archive, both, failed, files, listed, of

__all__ = ["files"]


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
