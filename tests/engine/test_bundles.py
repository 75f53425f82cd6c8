"""Bundles: what belongs to one, what it is called, and by what digest it is known."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from service.domain.errors import BundleUnreadable
from service.engine.archives import MAX_FILE_BYTES, MAX_FILES
from service.engine.bundles import digest_of, from_files, from_path, from_zip
from tests.diagrams import files, process

ADOPTION = process("adoption", name="Adoption").start().user("vote", form="vote").end()
MANIFEST = {"key": "adoption", "titles": {"da": "Vedtagelse"}, "source_language": "da", "process": "adoption"}


def _zip(entries: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _folder(place: Path, entries: Mapping[str, bytes]) -> Path:
    place.mkdir(parents=True, exist_ok=True)
    for name, data in entries.items():
        (place / name).write_bytes(data)
    return place


def _refusal(entries: Mapping[str, bytes]) -> str:
    with pytest.raises(BundleUnreadable) as caught:
        from_files(entries)
    return str(caught.value)


def test_the_digest_is_that_of_the_list_of_names_and_hashes() -> None:
    one, two = hashlib.sha256(b"1").hexdigest(), hashlib.sha256(b"2").hexdigest()
    text = f'[["æ.md","{two}"],["ø.md","{one}"]]'
    assert digest_of({"ø.md": b"1", "æ.md": b"2"}) == hashlib.sha256(text.encode()).hexdigest()


def test_a_folder_an_archive_and_the_files_are_the_same_bundle(tmp_path: Path) -> None:
    entries = files(ADOPTION, forms={"vote": {"type": "object"}})
    folder = _folder(tmp_path / "adoption", entries | {".DS_Store": b"?"})
    packed = _zip({f"adoption/{name}": data for name, data in entries.items()} | {"__MACOSX/adoption/._x": b"?"})
    (tmp_path / "adoption.zip").write_bytes(packed)
    given = from_files(entries)
    assert from_path(folder) == from_path(tmp_path / "adoption.zip") == from_zip(_zip(entries)) == given


def test_one_diagram_alone_is_a_bundle(tmp_path: Path) -> None:
    _folder(tmp_path, {"adoption.bpmn": ADOPTION.bpmn()})
    assert from_path(tmp_path / "adoption.bpmn").manifest.process == "adoption"


def test_a_foreign_bundle_gets_a_manifest_from_the_process_that_no_other_calls() -> None:
    caller = process("zebra", name="The caller").start().call("c", "adoption").end()
    bundle = from_files(files(ADOPTION, caller, forms={"vote": {}}))
    assert bundle.derived
    assert (bundle.manifest.key, bundle.manifest.process) == ("zebra", "zebra")
    assert (dict(bundle.manifest.titles), bundle.manifest.forms) == ({"en": "The caller"}, ("vote.schema.json",))


def test_the_manifest_of_the_other_family_is_followed() -> None:
    other = process("other").start().end()
    foreign = {"process_model.json": json.dumps({"primary_process_id": "other", "display_name": "Other"}).encode()}
    manifest = from_files(files(ADOPTION, other) | foreign).manifest
    assert (manifest.process, dict(manifest.titles)) == ("other", {"en": "Other"})


def test_a_bundle_of_decision_tables_has_no_process() -> None:
    manifest = from_files({"quorum.dmn": b"<definitions/>"}).manifest
    assert (manifest.key, manifest.process) == ("quorum", None)


def test_a_given_manifest_is_taken_as_it_stands() -> None:
    content = MANIFEST | {"retention": "decisions", "forms": ["vote.schema.json"]}
    bundle = from_files(files(ADOPTION) | {"bundle.json": json.dumps(content).encode()})
    assert not bundle.derived
    assert (bundle.manifest.retention, bundle.manifest.source_language) == ("decisions", "da")


def test_forms_are_looked_up_beside_the_diagram_and_then_under_the_key(tmp_path: Path) -> None:
    forms = tmp_path / "forms"
    _folder(forms / "adoption", {"vote.schema.json": b'{"title": "far"}', "vote.ui.json": b"{}"})
    entries = files(ADOPTION) | {"bundle.json": json.dumps(MANIFEST).encode()}
    bundle = from_files(entries, forms=forms)
    assert set(bundle.files) == {"adoption.bpmn", "bundle.json", "vote.schema.json", "vote.ui.json"}
    near = from_files(entries | {"vote.schema.json": b'{"title": "near"}'}, forms=forms)
    assert near.files["vote.schema.json"] == b'{"title": "near"}'
    assert near.digest != bundle.digest


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        "{",
        json.dumps(MANIFEST | {"kee": "x"}),
        json.dumps(MANIFEST | {"key": "../up"}),
        json.dumps(MANIFEST | {"titles": {}}),
        json.dumps(MANIFEST | {"source_language": "nb"}),
        json.dumps(MANIFEST | {"forms": "vote.schema.json"}),
        json.dumps(MANIFEST | {"process": 5}),
        "[" * 100_000,
    ],
)
def test_a_manifest_that_says_nothing_sensible_is_refused(content: str) -> None:
    assert "bundle" in _refusal(files(ADOPTION) | {"bundle.json": content.encode()})


@pytest.mark.parametrize("name", ["../x.bpmn", "a/b.bpmn", "a\\b.bpmn", ".hidden", "", "a\nb.bpmn", "x" * 201])
def test_a_name_that_is_no_file_name_is_refused(name: str) -> None:
    assert _refusal({name: b""})


def test_files_without_a_diagram_or_a_table_are_no_bundle() -> None:
    assert "no diagram" in _refusal({"readme.md": b"Hello"})


@pytest.mark.parametrize(
    "packed",
    [
        _zip({"../up.bpmn": b""}),
        _zip({"/etc/x.bpmn": b""}),
        _zip({"a/b.bpmn": b"", "c.bpmn": b""}),
        _zip({"a.bpmn": bytes(MAX_FILE_BYTES + 1)}),
        _zip({f"{number}.bpmn": bytes(MAX_FILE_BYTES) for number in range(9)}),
        _zip({f"{number}.md": b"" for number in range(MAX_FILES + 1)}),
        _zip({"a.bpmn": b"<a/>"})[:-30],
        b"PK\x03\x04 and nothing else",
    ],
    ids=["up", "root", "nested", "large", "bomb", "many", "cut", "broken"],
)
def test_an_archive_that_could_do_harm_is_refused(packed: bytes) -> None:
    with pytest.raises(BundleUnreadable):
        from_zip(packed)


def test_links_are_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    folder = _folder(tmp_path / "b", files(ADOPTION))
    (folder / "notes.md").symlink_to(tmp_path / "secret.md")
    with pytest.raises(BundleUnreadable, match=r"notes\.md"):
        from_path(folder)
    entry = zipfile.ZipInfo("notes.md")
    entry.external_attr = 0o120777 << 16
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(BundleUnreadable, match=r"notes\.md"):
        from_zip(packed.getvalue())


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BundleUnreadable, match=r"nowhere"):
        from_path(tmp_path / "nowhere")


def test_a_diagram_that_cannot_be_read_is_named() -> None:
    with pytest.raises(BundleUnreadable) as caught:
        from_files({"bad.bpmn": b"<!DOCTYPE a><a/>"})
    assert [fault.pointer for fault in caught.value.faults] == ["bad.bpmn#"]
