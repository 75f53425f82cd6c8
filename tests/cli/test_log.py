"""`mandat log`, `mandat witness` and `mandat verify --log`: what an auditor does with them, backups and restores included."""

from datetime import timedelta
from pathlib import Path

import pytest

from service.domain import notes
from tests.app.house import two_tasks
from tests.cli.test_commands import folder, mandat

__all__ = ["mandat"]


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A key for either database, and a log that is signed whenever it has grown."""
    monkeypatch.setenv("MANDAT_LOG_KEY", str(tmp_path / "log-key"))
    monkeypatch.setattr("service.domain.log.EVERY", timedelta(0))


@pytest.fixture
def signed(mandat, tmp_path: Path) -> str:
    """A service with some entries in its log; gives the checkpoint that was signed over them."""
    mandat("deploy", folder(tmp_path / "a", two_tasks()), "--create-roles")
    assert "entries took their place in the log" in mandat("run-due").output
    note: str = mandat("log", "checkpoint").output
    return note


def test_a_log_is_verified_beside_a_checkpoint_and_a_key_that_were_kept(mandat, signed, tmp_path: Path):
    kept = tmp_path / "kept.txt"
    kept.write_text(f"A mail around it.\n\n{signed}\nAnd more.\n")
    mandat("user", "add", "anne")
    mandat("run-due")
    key = next(line for line in mandat("log", "key").output.splitlines() if "/pogi/" in line)
    said = mandat("verify", "--log", "--checkpoint", str(kept), "--key", key).output
    assert "BROKEN" not in said
    size = notes.read(signed).checkpoint.size
    assert f"holds   pogi  kept: kept.txt: the first {size} entries are those that were signed" in said
    assert "is number 1 of the 1 that have signed" in said
    assert "cannot be told" not in said
    assert "cannot be told" in mandat("verify", "--log", "--workspace", "pogi").output


def test_checkpoints_of_logs_that_were_not_read_accuse_nobody_and_do_not_pass_in_silence(
    mandat, signed, tmp_path: Path
):
    other = signed.replace("pogi/log", "elsewhere/log")
    (tmp_path / "other.txt").write_text(other)
    (tmp_path / "mail.txt").write_text(f"{signed}\n{other}")
    said = mandat("verify", "--log", "--checkpoint", str(tmp_path / "other.txt"), status=3).output
    assert (
        "NOT SHOWN  installation  kept: other.txt: no log that was read is called localhost/elsewhere/log. Bring"
        in said
    )
    assert "1 of these claims are not shown." in said
    said = mandat("verify", "--log", "--checkpoint", str(tmp_path / "mail.txt")).output
    assert "were signed; left aside, of a log that was not read: localhost/elsewhere/log" in said


def test_what_was_changed_is_named_and_ends_with_status_1(mandat, signed, tmp_path: Path):
    body, root, *rest = signed.split("\n", 3)
    (tmp_path / "other.txt").write_text("\n".join((body, str(int(root) + 1), *rest)))
    said = mandat("verify", "--log", "--checkpoint", str(tmp_path / "other.txt"), status=1).output
    assert "BROKEN  pogi  kept: other.txt: the one of size" in said
    assert "is signed by no key that is known" in said
    assert "1 of these claims do not hold." in said


def test_what_is_no_checkpoint_or_key_is_refused(mandat, signed, tmp_path: Path):
    (tmp_path / "none.txt").write_text("localhost/pogi/log\n3\n")
    assert (
        "holds no signed checkpoint"
        in mandat("verify", "--log", "--checkpoint", str(tmp_path / "none.txt"), status=2).output
    )
    assert "not in base64" in mandat("verify", "--log", "--key", "a+b+c", status=2).output
    assert "no verifier key" in mandat("verify", "--log", "--key", "a+b+cccc", status=2).output
    assert "no workspace nowhere" in mandat("verify", "--log", "--workspace", "nowhere", status=1).output


def test_a_key_is_followed_by_another_and_either_holds_for_what_both_have_signed(mandat, signed, tmp_path: Path):
    before = mandat("log", "key").output.splitlines()[-1]
    assert "signed with a new key" in mandat("log", "rotate-key").output
    old, new = mandat("log", "key").output.splitlines()[-2:]
    assert old == before
    after = mandat("log", "checkpoint").output
    assert after != signed, "every log is signed with the new key at once"
    for number, note in enumerate((signed, after)):
        (tmp_path / f"{number}.txt").write_text(note)
    kept = ("--checkpoint", str(tmp_path / "0.txt"), "--checkpoint", str(tmp_path / "1.txt"))
    assert "2 keys have signed, as the journal tells" in mandat("verify", "--log").output
    for keys in (("--key", old), ("--key", new), ("--key", old, "--key", new)):
        said = mandat("verify", "--log", *kept, *keys).output
        assert "BROKEN" not in said
        assert "by what they signed themselves it leads along" in said


def test_witnesses_are_added_listed_and_removed(mandat, monkeypatch, tmp_path: Path):
    drop = tmp_path / "drop"
    drop.mkdir()
    monkeypatch.setenv("MANDAT_WITNESS_FOLDERS", str(drop))
    mandat("db", "upgrade")
    witness = mandat("witness", "add", "file", str(drop)).output.strip()
    assert mandat("witness", "list").output == f"{witness} file {drop} -\n"
    mandat("run-due")
    (file,) = (it for it in drop.iterdir() if "_pogi_" in it.name)
    size = notes.read(file.read_text()).checkpoint.size
    assert mandat("witness", "list").output == f"{witness} file {drop} {size}\n"
    assert mandat("verify", "--log", "--checkpoint", str(file)).exit_code == 0
    mandat("witness", "remove", witness)
    assert mandat("witness", "list").output == ""
    assert "has allowed" in mandat("witness", "add", "file", "/etc", status=1).output


def test_a_restored_database_verifies_and_what_it_has_lost_is_seen(mandat, signed, monkeypatch, tmp_path: Path):
    """The backup is older than a checkpoint that somebody has."""
    mandat("backup", str(tmp_path / "backup"))
    mandat("user", "add", "anne")
    mandat("run-due")
    mandat("role", "add", "another", "--label", "Another")
    assert "entries took" in mandat("run-due").output
    later = tmp_path / "later.txt"
    early = tmp_path / "early.txt"
    early.write_text(signed)
    later.write_text(mandat("log", "checkpoint").output)
    monkeypatch.setenv("MANDAT_DATABASE_URL", f"sqlite:///{tmp_path / 'restored.sqlite3'}")
    mandat("restore", str(tmp_path / "backup"))
    said = mandat("verify", "--log", "--checkpoint", str(early)).output
    assert "BROKEN" not in said
    said = mandat("verify", "--log", "--checkpoint", str(later), status=1).output
    assert "it was cut off, or brought back from a backup" in said
    mandat("run-due")
    assert "BROKEN" not in mandat("verify", "--log").output, "it goes on, and without that checkpoint nobody can tell"
