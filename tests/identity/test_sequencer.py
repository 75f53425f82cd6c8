"""The log as it is written and signed, and as an auditor looks at it."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, select, update

from service.commands import log_keys, sequencing
from service.domain import merkle
from service.domain.actors import scheduler
from service.domain.errors import InstallationAdministratorNeeded
from service.domain.journal import GENESIS, INSTALLATION
from service.domain.log_facts import encoded
from service.domain.notes import Key, read
from service.domain.signing import LogKeyMissing, LogKeyUnusable
from service.domain.tiles import Tiles
from service.identity import sequencer
from service.identity.callers import PORTS, call_as
from service.post import KeyFile, verify
from service.queries import log
from service.store import db, journal
from service.store import log as store
from service.store.tables import JournalEntry, Log, LogCheckpoint, LogTile, Workspace
from tests.app.house import House
from tests.app.logged import Logged, logged, write


@pytest.fixture
def watched(house: House) -> Logged:
    return logged(house)


def test_every_entry_takes_one_place_and_each_workspace_has_a_log_of_its_own(watched: Logged):
    write(5)
    write(3, "lillestrom")
    assert watched.round() >= 8
    assert watched.round() == 1, "that the log has a key"
    assert watched.round() == 0
    with db.reading() as session:
        rows = session.execute(select(JournalEntry.workspace_id, JournalEntry.leaf)).all()
    for workspace in ("pogi", "lillestrom", INSTALLATION):
        leaves = sorted(leaf for owner, leaf in rows if owner == workspace and leaf is not None)
        assert leaves == list(range(len(leaves)))
        assert read(watched.note(workspace)).checkpoint.origin.startswith("localhost/")
    assert watched.broken() == []


def test_a_checkpoint_is_signed_by_the_key_that_is_shown_and_proves_what_was_written(watched: Logged):
    write(300)
    watched.round()
    note = read(watched.note())
    (key,) = log.verifier_keys("pogi")
    assert note.signed_by(key, verify)
    assert not note.signed_by(Key(key.name, bytes(32)), verify)
    found = log.inclusions("pogi", [("pogi", 0), ("pogi", 299), ("pogi", 300)])
    bodies = bodies_of("pogi")
    for seq, proof in zip((0, 299), found, strict=False):
        assert proof is not None
        leaf = merkle.leaf_hash(bodies[seq])
        assert merkle.proves_inclusion(proof.path, leaf, proof.leaf, proof.size, note.checkpoint.root)
        assert proof.note == watched.note()
    assert found[2] is None


def bodies_of(stream: str) -> list[bytes]:
    with db.reading() as session:
        statement = select(JournalEntry.body).where(JournalEntry.stream_id == stream).order_by(JournalEntry.seq)
        return list(session.scalars(statement))


def test_every_checkpoint_leads_to_every_later_one(watched: Logged):
    notes = []
    for count in (1, 2, 250, 9, 300):
        write(count)
        watched.round()
        notes.append(read(watched.note()).checkpoint)
    for old in notes:
        for new in notes:
            if old.size <= new.size:
                path = log.consistency("pogi", old.size, new.size)
                assert merkle.proves_consistency(path, old.size, old.root, new.size, new.root)
    with pytest.raises(ValueError, match="has not reached"):
        log.consistency("pogi", 1, notes[-1].size + 1)


def test_it_is_signed_once_a_minute_and_once_a_day_when_nothing_happens(watched: Logged):
    write(1)
    watched.round()
    first = watched.note()
    write(1)
    sequencer.round_of()
    assert watched.note() == first, "a minute has not gone by"
    watched.round()
    second = watched.note()
    assert read(second).checkpoint.size == read(first).checkpoint.size + 1
    for hours, more in ((23, 0), (2, 1)):
        before = signed()
        watched.house.later(hours=hours)
        sequencer.round_of()
        assert signed() - before == more
    assert watched.note() == second, "nothing has happened, and that is signed again"


def signed() -> int:
    with db.reading() as session:
        return len(session.scalars(select(LogCheckpoint.size).where(LogCheckpoint.workspace_id == "pogi")).all())


def test_of_each_hour_the_last_checkpoint_is_kept_and_all_of_them_still_hold(watched: Logged):
    given = []
    for _ in range(5):
        write(1)
        watched.round()
        given.append(watched.note())
    assert signed() == 1
    assert watched.broken(given) == []


def test_placing_a_thousand_entries_takes_few_statements_and_idling_fewer(watched: Logged):
    write(20)
    with watched.house.statements() as asked:
        sequencing.append(call_as(scheduler("pogi")), "")
    assert len(asked) <= 9
    watched.round()
    watched.round()
    with watched.house.statements() as asked:
        sequencer.round_of()
    assert len(asked) <= 4


# --- what was changed afterwards is seen ----------------------------------------------------------------------------


def filled(watched: Logged) -> str:
    write(270)
    watched.round()
    watched.round()
    return watched.note()


def test_a_changed_entry_is_named(watched: Logged):
    filled(watched)
    with db.transaction() as session:
        row = session.scalars(
            select(JournalEntry).where(JournalEntry.workspace_id == "pogi", JournalEntry.leaf == 7)
        ).one()
        row.body = row.body.replace(b'"account":"a', b'"account":"b')
        seq = row.seq
    found = watched.broken()
    assert f"pogi streams: entry {seq + 1} of stream pogi (place 8 in the log): it does not follow" in found[0]
    changed = f"entry {seq} of stream pogi (place 7 in the log) is not what"
    assert f"pogi tree: tile 0 of level 0: {changed} its hash there says" in found
    assert f"pogi checkpoints: a checkpoint that is kept here does not hold: {changed} was signed" in found


def test_of_entries_that_were_changed_with_all_that_follows_the_first_is_named_while_the_tiles_are_whole(
    watched: Logged,
):
    kept = filled(watched)
    anew(7)
    found = watched.broken([kept])
    assert len(found) == 3
    assert all("(place 7 in the log) is not what" in line for line in found), "tree, checkpoints, kept"


def test_where_the_tiles_were_changed_too_a_checkpoint_before_and_one_behind_tell_the_range(watched: Logged):
    write(5)
    watched.round()
    early = watched.note()
    watched.house.later(hours=1)  # of each hour the last checkpoint is kept
    late = filled(watched)
    anew(100)
    with db.transaction() as session:
        row, leaves = session.get_one(Log, "pogi"), []
        for body in bodies_of("pogi"):
            leaves.append(merkle.leaf_hash(body))
        session.execute(delete(LogTile).where(LogTile.workspace_id == "pogi"))
        tree = Tiles(0, lambda *_: None)
        tree.grow(leaves)
        session.add_all(
            LogTile(workspace_id="pogi", level=at[0], number=at[1], hashes=it) for at, it in tree.changed.items()
        )
        row.root = tree.root()
    first, last = (read(it).checkpoint.size for it in (early, late))
    found = watched.broken([early, late])
    assert len(found) == 2, "checkpoints and the later that was kept"
    said = f"of the entries at the places {first} to {last - 1} at least one is not what was signed"
    assert all(said in line for line in found)


def anew(first: int) -> None:
    """Change an entry, and let each that follows it name the one before it: whoever can write the database can do that."""
    with db.transaction() as session:
        owner = journal.of_workspace(session, "pogi")
        assert owner is not None
        rows = session.scalars(
            select(JournalEntry).where(JournalEntry.stream_id == "pogi").order_by(JournalEntry.seq)
        ).all()
        before = GENESIS
        for row in rows:
            body = row.body.replace(b'"account":"a', b'"account":"b') if row.leaf == first else row.body
            row.body = body[: body.index(b'"prev":"') + 8] + before.encode() + body[body.index(b'"prev":"') + 72 :]
            before = merkle.leaf_hash(row.body).hex()
        owner.journal_head = before


def test_an_entry_that_was_taken_out_is_missed(watched: Logged):
    filled(watched)
    with db.transaction() as session:
        session.execute(delete(JournalEntry).where(JournalEntry.workspace_id == "pogi", JournalEntry.leaf == 7))
    assert "pogi places: place 7 is empty" in "\n".join(watched.broken())


def test_a_whole_log_that_was_written_anew_is_seen_by_whoever_kept_a_checkpoint(watched: Logged):
    kept = filled(watched)
    with db.transaction() as session:
        owner = journal.of_workspace(session, "pogi")
        assert owner is not None
        rows = session.scalars(
            select(JournalEntry).where(JournalEntry.stream_id == "pogi").order_by(JournalEntry.seq)
        ).all()
        before = GENESIS
        for row in rows:
            body = row.body.replace(b'"account":"a', b'"account":"b')
            row.body = body[: body.index(b'"prev":"') + 8] + before.encode() + body[body.index(b'"prev":"') + 72 :]
            before = merkle.leaf_hash(row.body).hex()
        owner.journal_head = before
        session.execute(update(JournalEntry).where(JournalEntry.workspace_id == "pogi").values(leaf=None))
        for table in (Log, LogTile, LogCheckpoint):
            session.execute(delete(table).where(table.workspace_id == "pogi"))
    watched.round()
    assert watched.broken() == [], "the key has signed it, and nobody who has only this can tell"
    (found,) = watched.broken([kept])
    assert "at least one is not what was signed" in found


def test_an_end_that_was_cut_off_is_seen_by_whoever_kept_a_checkpoint(watched: Logged):
    write(3)
    watched.round()
    watched.round()
    with db.reading() as session:
        row, owner = session.get_one(Log, "pogi"), session.get_one(Workspace, "pogi")
        size, root, hashes = row.size, row.root, session.get_one(LogTile, ("pogi", 0, 0)).hashes
        seq, head = owner.journal_seq, owner.journal_head
    write(2)
    watched.round()
    kept = watched.note()
    with db.transaction() as session:
        row, owner = session.get_one(Log, "pogi"), session.get_one(Workspace, "pogi")
        row.size, row.root, session.get_one(LogTile, ("pogi", 0, 0)).hashes = size, root, hashes
        row.signed_size, owner.journal_seq, owner.journal_head = size, seq, head
        session.execute(delete(JournalEntry).where(JournalEntry.workspace_id == "pogi", JournalEntry.leaf >= size))
        session.execute(delete(LogCheckpoint).where(LogCheckpoint.workspace_id == "pogi", LogCheckpoint.size > size))
    assert watched.broken() == []
    (found,) = watched.broken([kept])
    assert "it was cut off, or brought back from a backup" in found


def test_tiles_that_were_changed_stop_the_log_and_are_named(watched: Logged, caplog: pytest.LogCaptureFixture):
    filled(watched)
    with db.transaction() as session:
        tile = session.get_one(LogTile, ("pogi", 0, 1))
        tile.hashes = tile.hashes[:-32]
    write(1)
    watched.round()
    watched.round()
    assert [record.message[:27] for record in caplog.records] == ["the log of pogi is torn and"]
    assert "pogi tree: tile 1 of level 0 does not hold the hash over place 269" in watched.broken()


def test_two_checkpoints_that_contradict_each_other_are_never_signed(watched: Logged, caplog: pytest.LogCaptureFixture):
    before = filled(watched)
    with db.transaction() as session:
        tile = session.get_one(LogTile, ("pogi", 0, 1))
        tile.hashes = bytes(32) + tile.hashes[32:]
        row = session.get_one(Log, "pogi")
        row.root = store.tree_of(session, "pogi", row.size).root()
    write(1)
    watched.round()
    assert watched.note() == before
    assert "leads through the checkpoint that was signed last" in caplog.records[-1].message
    assert any("pogi tree: tile 1" in line for line in watched.broken())


# --- keys -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def with_a_file(house: House, tmp_path) -> Logged:
    ports = replace(house.ports, keys=KeyFile(tmp_path / "keys" / "log.pem"), verify=verify)
    house.app.extensions[PORTS] = ports
    return Logged(House(house.app, ports))


def test_a_key_follows_another_which_has_signed_it(with_a_file: Logged):
    write(1)
    with_a_file.round()
    old, kept = log.verifier_keys("pogi")[0], with_a_file.note()
    made = log_keys.rotate(with_a_file.house.operator())
    assert log_keys.rotate(with_a_file.house.operator()) == made, "it died before the new key had followed"
    keys = with_a_file.house.ports.keys
    assert keys is not None
    keys.follow()
    write(1)
    with_a_file.round()
    new = log.verifier_keys("pogi")[-1]
    assert encoded(new.public) == made["public"]
    assert (read(with_a_file.note()).signed_by(new, verify), read(with_a_file.note()).signed_by(old, verify)) == (
        True,
        False,
    )
    assert with_a_file.broken([kept]) == []


def test_the_key_that_is_brought_back_signs_on_and_a_foreign_one_does_not(with_a_file: Logged, tmp_path, caplog):
    write(1)
    with_a_file.round()
    path, before = tmp_path / "keys" / "log.pem", with_a_file.note()
    path.rename(tmp_path / "apart")
    KeyFile(path).first()
    write(1)
    with_a_file.round()
    assert with_a_file.note() == before
    (said,) = [record.message for record in caplog.records if "not signed" in record.message]
    assert "not the one that the journal knows. Bring that one's file" in said
    (tmp_path / "apart").replace(path)
    with_a_file.round()
    assert with_a_file.note() != before
    assert with_a_file.broken() == []


def test_the_log_of_the_installation_is_called_so(watched: Logged, caplog: pytest.LogCaptureFixture):
    write(270, INSTALLATION)
    watched.round()
    watched.round()
    with db.transaction() as session:
        tile = session.get_one(LogTile, (INSTALLATION, 0, 1))
        tile.hashes = tile.hashes[:-32]
    write(1, INSTALLATION)
    watched.round()
    assert {record.message[:32] for record in caplog.records} == {"the log of the installation is t"}


def test_where_the_key_is_gone_none_is_made_and_it_is_said_once_what_to_do(with_a_file: Logged, tmp_path, caplog):
    write(1)
    with_a_file.round()
    before = with_a_file.note()
    (tmp_path / "keys" / "log.pem").unlink()
    write(1)
    with_a_file.round()
    with_a_file.round()
    assert with_a_file.note() == before
    (said,) = [record.message for record in caplog.records if "not signed" in record.message]
    assert str(tmp_path / "keys" / "log.pem") in said
    assert "Bring it from where you keep a copy" in said
    assert "`mandat log rotate-key --lost`" in said
    with pytest.raises(LogKeyMissing):
        log_keys.rotate(with_a_file.house.operator())
    assert list((tmp_path / "keys").iterdir()) == [tmp_path / "keys" / "log.pem.next"], "no other key takes its place"
    log_keys.rotate(with_a_file.house.operator(), True)
    assert with_a_file.house.ports.keys is not None
    with_a_file.house.ports.keys.follow()
    with_a_file.round()
    assert read(with_a_file.note()).signed_by(log.verifier_keys("pogi")[1], verify)
    with_a_file.round()
    assert with_a_file.broken() == []


@pytest.mark.parametrize(
    ("content", "mode", "why"),
    [
        (None, 0o440, "others may read"),
        (b"", 0o400, "no private key"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", 0o400, "no private key"),
    ],
)
def test_a_file_that_is_no_key_of_ours_alone_is_not_used(tmp_path, content, mode, why):
    path = tmp_path / "key"
    if content is None:
        KeyFile(path).first()
    else:
        path.write_bytes(content)
    assert content is not None or path.stat().st_mode & 0o777 == 0o400
    path.chmod(mode)
    with pytest.raises(LogKeyUnusable, match=why):
        KeyFile(path).current()


def test_only_who_administers_the_installation_lets_another_key_sign(watched: Logged):
    admin = watched.house.person("admin", "admin")
    with pytest.raises(InstallationAdministratorNeeded):
        log_keys.rotate(replace(watched.house.operator(), actor=admin.actor))
