"""Running a case of a dossier again, from the dossier alone: in a database of its own, with the definitions that are in it."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from service.domain.dossiers import DEFINITIONS, Claim, Verdict
from service.domain.errors import BundleUnreadable
from service.engine import XMLRefused, compile_process, diagrams_of, from_files
from service.queries import replay
from service.queries.verifying.box import Box
from service.queries.verifying.canonical import entry
from service.queries.verifying.records import Records
from service.runtime.definitions import decisions_of
from service.store.borrowed import borrowed
from service.store.definitions import pack
from service.store.tables import Base, Bundle, BundleFile, Case, Decision, Definition, JournalEntry, Workspace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


LARGEST = 2**26
"""Bytes of records that are run again here, at most: they are read at once, and take some twenty times that."""


def again(box: Box, records: Records) -> Claim:
    """Every step of the case comes out as it was written."""
    if records.hidden:
        return _unchecked(f"{records.hidden} records are withheld from you, and it cannot be run without them")
    if records.wrong is not None:
        return _unchecked("it is not run, for its records do not follow from one another")
    if sum(map(len, records.told)) > LARGEST:
        return _unchecked("its records are too many to be run here")
    try:
        return _told(_run(box, records))
    except (BundleUnreadable, XMLRefused) as error:
        return _unchecked(f"a definition is not read by this version: {error}")
    except Exception as error:  # noqa: BLE001 - what somebody wrote into them runs here: whatever it raises is theirs
        return Claim("replay", Verdict.FAIL, f"the records do not say how: {type(error).__name__}: {error}")


def _run(box: Box, records: Records) -> dict[str, Any]:
    with borrowed() as session:
        session.add_all(_bundles(box))
        row = _case(session, box, records)
        session.flush()
        return replay.again(session, row, [entry(it) for it in records.told])


def _told(found: dict[str, Any]) -> Claim:
    if found["ok"]:
        return Claim("replay", Verdict.PASS, f"{found['steps']} steps come out as they were written, state for state")
    if found["not_replayed"]:
        return _unchecked(f"record {found['not_replayed']['seq']}: {found['not_replayed']['reason']}")
    difference = found["difference"]
    return Claim("replay", Verdict.FAIL, f"record {difference['seq']}: {difference['reason']}", difference["seq"])


def _unchecked(says: str) -> Claim:
    return Claim("replay", Verdict.UNCHECKED, says)


def _case(session: "Session", box: Box, records: Records) -> Case:
    here, country = str(box.about["workspace"]), str(box.about["country"])
    session.add(Workspace(id=here, name=here, language="en", time_zone="UTC", country=country))
    session.add_all(
        JournalEntry(workspace_id=here, stream_id=str(box.case), seq=seq, body=body)
        for seq, body in enumerate(records.told)
    )
    row = Case(
        workspace_id=here,
        id=str(box.case),
        state_hash=str(box.about["state"]),
        opened_at=datetime.fromtimestamp(0, UTC),  # nothing asks for it
        journal_seq=records.size,
        journal_head=records.leaf(records.size - 1).hex(),
    )
    session.add(row)
    return row


def _bundles(box: Box) -> Iterator[Base]:
    """The rows of the bundles, as a deployment would have made them."""
    folders: dict[str, dict[str, bytes]] = {}
    for name in box.files:
        if name.startswith(DEFINITIONS) and name in box.names:
            _, digest, file = name.split("/", 2)
            folders.setdefault(digest, {})[file] = box.read(name)
    for digest, files in folders.items():
        yield from _rows(str(box.about["workspace"]), digest, files)


def _rows(workspace_id: str, digest: str, files: Mapping[str, bytes]) -> Iterator[Base]:
    bundle, here = from_files(files), {"workspace_id": workspace_id, "bundle_digest": digest}
    yield Bundle(workspace_id=workspace_id, digest=digest, key=bundle.manifest.key, start_process=None)
    for name, data in files.items():
        yield BundleFile(**here, name=name, content=pack(data))
    for diagram in diagrams_of(bundle):
        for process in diagram.processes:
            if process.executable:
                compiled = pack(compile_process(diagram, process, bundle))
                yield Definition(**here, process_key=process.id, compiled=compiled)
    for key, name in decisions_of(bundle.files).items():
        yield Decision(**here, decision_key=key, file=name)
