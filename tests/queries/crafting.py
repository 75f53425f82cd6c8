"""What tests of crafted dossiers share: a dossier to spoil, and both verifiers, who must say the same of it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from service.commands import documents
from service.domain.dossiers import DossierUnreadable
from service.domain.notes import key as key_of
from service.domain.notes import within
from service.post import verify
from service.queries import verifying
from service.queries.dossiers import verify as program
from tests.app.house import House
from tests.app.logged import logged
from tests.app.taken import Files, Taken, archived, unpacked
from tests.faults import forgers

Found = dict[str, tuple[str, int | None, str]]


@pytest.fixture(scope="module")
def files(one_house: House) -> Files:
    """What is in the dossier of a case."""
    taken = Taken.of(logged(one_house))
    case = taken.case()
    documents.add(taken.call, "Bilag 1.pdf", "application/pdf", b"%PDF-1.4 x", case)
    taken.logged.round()
    return unpacked(taken.dossier(case))


def both(place: Path, *, key: str = "", kept: str = "", leaves: bytes = b"") -> Found | str:
    """What both verifiers find, who say the same of all but `replay`; or that it cannot be read, and why. `key` are keys with
    spaces between them, `kept` is what is in a file that was kept."""
    said, hashes = theirs(place, key, kept, leaves), [leaves] if leaves else []
    try:
        held, keys = [within(kept)] if kept else [], [key_of(it) for it in key.split()]
        ours = {
            it.name: (it.verdict.value, it.index, it.says) for it in verifying.claims(place, verify, held, keys, hashes)
        }
    except DossierUnreadable as error:
        why = str(error.facts["why"])
        assert isinstance(said, str)
        # Of what has no shape at all each says what it stumbled over.
        assert said == f"ValueError: {why}" or not said.startswith("ValueError") or re.match(r"\w+Error: ", why)
        return why
    ours.pop("replay", None)
    assert ours == said
    assert all(it[2].isprintable() for it in ours.values())
    return ours


def theirs(place: Path, key: str, kept: str, leaves: bytes) -> Found | str:
    dossier = None
    try:
        dossier = program.Dossier(
            place,
            [program.key_of(it) for it in key.split()],
            [program.notes_in(kept)] if kept else [],
            [leaves] if leaves else [],
        )
        return {name: (verdict, index, says) for name, verdict, says, index in dossier.claims() if name != "replay"}
    except Exception as error:  # noqa: BLE001 - as its `main` does
        return f"{type(error).__name__}: {error}"
    finally:
        if dossier and dossier.zip:
            dossier.zip.close()


def of(files: Files, folder: Path, **asked: Any) -> Found | str:
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
