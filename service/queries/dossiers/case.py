"""A case gathered for its dossier: its records, what they rest on, and the proofs that they stand in the log."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import rfc8785

from service.domain import merkle
from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.disclosures import commitments
from service.domain.dossiers import (
    CHECKPOINTS,
    DISCLOSURES,
    DOCUMENTS,
    FILES,
    FORMAT,
    KEYS,
    PROGRAM,
    PROOFS,
    RECORDS,
    TURNS,
    WORKSPACE,
    CheckpointsOfOthers,
)
from service.domain.errors import CaseNotFound
from service.domain.notes import Note
from service.queries.dossiers.definitions import Definitions
from service.queries.dossiers.program import program
from service.queries.dossiers.proofs import Proofs, Signed, witnessed
from service.queries.dossiers.story import Story, story
from service.queries.withheld import Veil
from service.runtime.views import when
from service.store import cases, disclosures, documents, log, workspaces
from service.store.db import reading
from service.store.log import Placed
from service.store.tables import Case, Workspace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Entry = Mapping[str, Any]
ROLES = frozenset({"role.granted", "role.ended"})
DEPLOYMENTS = frozenset({"deployment.proposed", "bundle.deployed"})


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a dossier holds beside its pages, and what those tell. `entries`: how many the case has; `withheld`: how many
    of them are told by their hash alone; `disclosed`: how many sealed values are opened."""

    about: dict[str, Any]
    files: dict[str, bytes]
    facts: dict[str, Any]
    story: Story
    entries: int
    withheld: int
    disclosed: int


def case(actor: Actor, case_id: str, language: str | None = None, kept: Sequence[Note] = ()) -> Gathered:
    """Gather a case for a reader, its words in that language (the workspace's unless it says). `kept` are checkpoints that
    she kept: it is shown that the log leads through them. Those of other logs say nothing about this one.

    Raises `CaseNotFound`, `LogUnsigned`, and `CheckpointsOfOthers` where she brought some and none is of this log.
    """
    with reading() as session:
        row = cases.case(session, actor.workspace_id, case_id)
        if row is None or not may_read(actor, case_id):
            raise CaseNotFound
        home = workspaces.workspace(session, actor.workspace_id)
        assert home is not None, "the case is of one"
        return _Gathering(session, actor, row, home, language or home.language).all(kept)


@dataclass(slots=True)
class _Gathering:
    session: "Session"
    actor: Actor
    row: Case
    home: Workspace
    language: str

    def all(self, kept: Sequence[Note]) -> Gathered:
        signed, here = Signed.of(self.session, self.home.id), self.home.id
        sizes = {it.checkpoint.size for it in kept if it.checkpoint.origin == signed.origin}
        if kept and not sizes:
            others = ", ".join(sorted({it.checkpoint.origin for it in kept}))
            raise CheckpointsOfOthers(others=others, origin=signed.origin)
        placed = log.stream(self.session, *self.row.stream)
        entries: list[dict[str, Any]] = [json.loads(it.body) for it in placed]
        veil = Veil(self.session, self.actor, self.row)
        told = veil.entries(entries)
        shown = [one == other for one, other in zip(entries, told, strict=True)]
        tale = story(self.session, self.actor, self.language, entries, told, veil)
        named = {it for entry, seen in zip(entries, shown, strict=True) if seen for it in commitments(entry["data"])}
        opened = disclosures.some(self.session, here, sorted(named - tale.hidden))
        used = Definitions(self.session, here)
        used.take(entries)
        papers, contents = self._documents()
        ids = {it["id"] for it in papers}
        beside = self._beside(entries, used.bundles, {*named, *tale.hidden, *ids})
        proofs = Proofs(signed)
        proved: dict[str, Any] = {
            "size": signed.size,
            "records": proofs.inclusions(it.leaf for it in placed),
            "workspace": proofs.inclusions(it.leaf for it in beside),
            "kept": proofs.consistency({signed.size, *sizes, *witnessed(self.session, here)}),
        }
        lines = [it.body if seen else _withheld(it.body) for it, seen in zip(placed, shown, strict=True)]
        files = {
            RECORDS: _lines(lines),
            WORKSPACE: _lines(it.body for it in beside),
            PROOFS: rfc8785.dumps(proved | {"nodes": proofs.nodes}) + b"\n",
            CHECKPOINTS: signed.note.encode(),
            KEYS: signed.keys.encode(),
            TURNS: signed.turns.encode(),
            DISCLOSURES: _lines(
                rfc8785.dumps({"commitment": it.commitment, "salt": it.salt.hex(), "value": it.value.decode()})
                for it in opened
            ),
            DOCUMENTS: rfc8785.dumps(papers) + b"\n",
            PROGRAM: program(),
            **used.files,
            **contents,
        }
        about = {
            "format": FORMAT,
            "kind": "case",
            "workspace": here,
            "case": self.row.id,
            "origin": signed.origin,
            "country": self.home.country,
            "state": self.row.state_hash,
            "tables": used.tables,
        }
        facts = self._facts(signed, papers) | {
            "erased": len(named) - len(named & {it.commitment for it in disclosures.some(self.session, here, named)}),
            "opened": len(opened),
            "withheld": shown.count(False),
            "records": len(entries),
            "under": sum(it is not None for it in proved["records"]),
        }
        return Gathered(about, files, facts, tale, len(entries), shown.count(False), len(opened))

    def _facts(self, signed: Signed, papers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """What the pages say of the case as a whole."""
        return {
            "workspace": self.home.name,
            "language": self.language,
            "zone": self.home.time_zone,
            "id": self.row.id,
            "business_key": self.row.business_key,
            "status": self.row.status,
            "opened_at": when(self.row.opened_at),
            "closed_at": when(self.row.closed_at),
            "documents": papers,
            "origin": signed.origin,
            "size": signed.size,
            "note": signed.note,
        }

    def _documents(self) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
        """The documents of the case as they are listed, and the files of those that are there."""
        listed, files = [], {}
        for it in documents.of_case(self.session, self.home.id, self.row.id):
            content = documents.content(self.session, self.home.id, it.digest)
            name = f"{FILES}{it.digest}{_suffix(it.name)}"
            if content is not None:
                files[name] = content
            told: dict[str, Any] = {"id": it.id, "name": it.name, "media_type": it.media_type, "digest": it.digest}
            listed.append(told | {"file": None if content is None else name})
        return listed, files

    def _beside(self, entries: Sequence[Entry], bundles: set[str], named: set[str]) -> list[Placed]:
        """The entries of the workspace's stream that those of the case rest on: which versions were put into force, which
        roles those who acted got and lost, and what was erased."""
        actors = {entry["actor"] for entry in entries}
        found = []
        for placed in log.stream(self.session, self.home.id, self.home.id):
            entry = json.loads(placed.body)
            kind, data = entry["kind"], entry["data"]
            erases = kind.startswith(("disclosures.", "erasure.")) and named & {
                *data.get("commitments", ()),
                *data.get("documents", ()),
            }
            deploys = kind in DEPLOYMENTS and data["bundle"] in bundles
            grants = kind in ROLES and (data["person"] in actors or data.get("case") == self.row.id)
            if erases or deploys or grants:
                found.append(placed)
        return found


def _suffix(name: str) -> str:
    """The end of a file's name that tells what it is, where every disk takes it."""
    found = PurePosixPath(name).suffix.lower()
    return found if re.fullmatch(r"\.[a-z0-9]{1,10}", found) else ""


def _withheld(body: bytes) -> bytes:
    return rfc8785.dumps({"withheld": merkle.leaf_hash(body).hex()})


def _lines(parts: Iterable[bytes]) -> bytes:
    return b"".join(part + b"\n" for part in parts)
