"""Files → `Bundle`: its manifest (given or derived), its forms, its digest.

`bundle.json` is an object with `key`, `titles` (language → title), `source_language`, and where they apply `process`
(id of the process to start), `forms` (file names) and `retention`. Nothing else may stand in it.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import rfc8785

from service.domain.bundles import MANIFEST, Bundle, Manifest
from service.domain.errors import BundleUnreadable
from service.engine.archives import read_path, read_zip, refuse_bad_name
from service.engine.model import Diagram
from service.engine.reading import read

FORM_PROPERTIES = ("formJsonSchemaFilename", "formUiSchemaFilename")
# As SpiffArena names it.
FOREIGN_MANIFEST = "process_model.json"
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*")
_KNOWN = {"key", "titles", "source_language", "process", "forms", "retention"}


def from_path(path: Path, *, forms: Path | None = None) -> Bundle:
    """The bundle in a folder, a zip archive or a single diagram.

    `forms` is the folder that holds one folder of forms per bundle key; what stands beside the diagram wins. Raises
    BundleUnreadable, and XMLRefused for a diagram that cannot be read.
    """
    return from_files(read_path(path), forms=forms)


def from_zip(data: bytes, *, forms: Path | None = None) -> Bundle:
    """The bundle in the bytes of a zip archive; otherwise as `from_path`."""
    return from_files(read_zip(data), forms=forms)


def from_files(files: Mapping[str, bytes], *, forms: Path | None = None) -> Bundle:
    """The bundle of these files, by name; otherwise as `from_path`."""
    for name in files:
        refuse_bad_name(name)
    diagrams = tuple(read(data, name) for name, data in sorted(files.items()) if name.endswith(".bpmn"))
    given = _given(files[MANIFEST]) if MANIFEST in files else None
    manifest = given or _derived(files, diagrams)
    files = _with_forms(files, manifest, forms)
    if not manifest.forms:
        manifest = replace(manifest, forms=tuple(name for name in forms_used(diagrams) if name in files))
    return Bundle(manifest, files, digest_of(files), derived=given is None)


def unread(path: Path, *, forms: Path | None = None) -> Bundle:
    """As `from_path`, but the diagrams of a bundle that says itself what it is are not looked into.

    Its digest and its key are right, and tell whether it is in force already; to deploy it, read its files.
    """
    return files_unread(read_path(path), forms=forms)


def files_unread(files: Mapping[str, bytes], *, forms: Path | None = None) -> Bundle:
    """As `from_files`, with diagrams that are not looked into, as in `unread`."""
    if MANIFEST not in files:
        return from_files(files, forms=forms)
    manifest = _given(files[MANIFEST])
    files = _with_forms(files, manifest, forms)
    return Bundle(manifest, files, digest_of(files))


def digest_of(files: Mapping[str, bytes]) -> str:
    """SHA-256, as hex, of the RFC 8785 list of [name, SHA-256 hex of the content] sorted by name (code points)."""
    entries = [[name, hashlib.sha256(files[name]).hexdigest()] for name in sorted(files)]
    return hashlib.sha256(rfc8785.dumps(entries)).hexdigest()


def diagrams_of(bundle: Bundle) -> tuple[Diagram, ...]:
    """The diagrams of a bundle, by file name. Raises XMLRefused for one that cannot be read."""
    return tuple(read(data, name) for name, data in bundle.named(".bpmn").items())


def forms_used(diagrams: tuple[Diagram, ...]) -> tuple[str, ...]:
    """The names of the form files that the diagrams refer to, sorted."""
    found = {
        element.properties[name]
        for diagram in diagrams
        for process in diagram.processes
        for element in process.elements
        for name in FORM_PROPERTIES
        if element.properties.get(name)
    }
    return tuple(sorted(found))


def _with_forms(files: Mapping[str, bytes], manifest: Manifest, forms: Path | None) -> dict[str, bytes]:
    found = read_path(forms / manifest.key) if forms is not None and (forms / manifest.key).is_dir() else {}
    return {**found, **files}


def _given(data: bytes) -> Manifest:
    content = _json_object(MANIFEST, data)
    unknown = sorted(set(content) - _KNOWN)
    if unknown:
        raise BundleUnreadable(
            reason=f"{MANIFEST} says '{unknown[0]}', which means nothing here. Known are {sorted(_KNOWN)}"
        )
    titles, forms = content.get("titles"), content.get("forms", [])
    if not isinstance(titles, dict) or not titles or not all(isinstance(title, str) for title in titles.values()):
        raise BundleUnreadable(reason=f"{MANIFEST} needs 'titles': an object with a title for each language")
    if not isinstance(forms, list) or not all(isinstance(form, str) for form in forms):
        raise BundleUnreadable(reason=f"'forms' in {MANIFEST} must be a list of file names")
    language = _text(content, "source_language")
    if language not in titles:
        raise BundleUnreadable(reason=f"{MANIFEST} has no title in its source language '{language}'. Add one")
    key = _text(content, "key")
    if not _KEY.fullmatch(key) or len(key) > 100:
        raise BundleUnreadable(
            reason=f"'{key[:80]}' cannot be the key of a bundle. Use letters, digits, '-', '_' and '.'"
        )
    return Manifest(
        key=key,
        titles=titles,
        source_language=language,
        process=_text(content, "process") if content.get("process") is not None else None,
        forms=tuple(forms),
        retention=_text(content, "retention") if content.get("retention") is not None else None,
    )


def _derived(files: Mapping[str, bytes], diagrams: tuple[Diagram, ...]) -> Manifest:
    """A manifest for files that have none: the process that no other calls, under its own id and name."""
    foreign = _json_object(FOREIGN_MANIFEST, files[FOREIGN_MANIFEST]) if FOREIGN_MANIFEST in files else {}
    processes = [process for diagram in diagrams for process in diagram.processes]
    called = {element.called for process in processes for element in process.elements}
    wanted = foreign.get("primary_process_id")
    # Sorting is stable: among equals the first in the order of the files.
    ranked = sorted(processes, key=lambda it: (it.id != wanted, it.id in called, not it.executable))
    if not ranked:
        tables = sorted(name for name in files if name.endswith(".dmn"))
        if not tables:
            raise BundleUnreadable(reason="The bundle holds no diagram (*.bpmn) and no decision table (*.dmn). Add one")
        key = tables[0].removesuffix(".dmn")
        return Manifest(key=_as_key(key), titles={"en": key}, source_language="en")
    first = ranked[0]
    title = foreign.get("display_name") or first.name or first.id
    return Manifest(key=_as_key(first.id), titles={"en": str(title)}, source_language="en", process=first.id)


def _json_object(name: str, data: bytes) -> dict[str, Any]:
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        raise BundleUnreadable(reason=f"{name} is not JSON. Check it in an editor") from None
    if not isinstance(content, dict):
        raise BundleUnreadable(reason=f"{name} must be a JSON object")
    return content


def _text(content: Mapping[str, Any], name: str) -> str:
    value = content.get(name)
    if not isinstance(value, str) or not value:
        raise BundleUnreadable(reason=f"{MANIFEST} needs '{name}', a text")
    return value


def _as_key(identifier: str) -> str:
    if _KEY.fullmatch(identifier) and len(identifier) <= 100:
        return identifier
    key = re.sub(r"[^A-Za-z0-9._-]+|\.(?=\.)", "-", identifier).strip("-._")[:100]
    return key or "bundle"
