"""What a reader brings: mails with checkpoints of several logs, older ones, ones of another log, hashes from elsewhere."""

import random
from email.message import EmailMessage
from pathlib import Path

import pytest

from service.domain.dossiers import CheckpointsOfOthers
from service.domain.notes import Checkpoint, kept_in, key, within, written
from service.identity.callers import PORTS
from service.post import verify
from service.queries import log, verifying
from service.queries.dossiers import verify as program
from tests.app.house import House
from tests.app.logged import logged
from tests.app.taken import Taken, archived, run, unpacked
from tests.faults import forgers
from tests.queries.crafting import Found, archive, both


@pytest.fixture
def taken(house: House) -> Taken:
    taken = Taken.of(logged(house))
    taken.case()
    for _ in range(2):  # the second signs that the installation has a key
        taken.logged.round()
    return taken


def mail(*notes: str) -> bytes:
    """A mail that brought checkpoints, as it was sent."""
    found = EmailMessage()
    found.set_content("Keep this.\n\n" + "\n".join(notes) + "\nRegards", cte="quoted-printable")
    return bytes(found)


def told(dossier: bytes, folder: Path, *kept: bytes) -> tuple[int, list[tuple[str, str]]]:
    """The status of the program alone, and what both verifiers say of what was kept, one after the other."""
    archive(dossier, folder)
    asked = []
    for number, raw in enumerate(kept):
        (folder / f"{number}.eml").write_bytes(raw)
        asked += ["--checkpoint", f"{number}.eml"]
    mine = log.verifier_keys("pogi")[0].text()
    status, _, wrote = run(folder, "it.zip", "--key", mine, *asked, python=("-O",))
    assert wrote == ""
    held = [kept_in(raw) for raw in kept]
    ours = [it for it in verifying.claims(folder / "it.zip", verify, held, [key(mine)]) if it.name == "kept"]
    theirs = program.Dossier(folder / "it.zip", [program.key_of(mine)], [program.kept_in(raw) for raw in kept], [])
    said = [(verdict, says) for name, verdict, says, _ in theirs.claims() if name == "kept"]
    assert theirs.zip is not None
    theirs.zip.close()
    assert said == [(it.verdict.value, it.says) for it in ours]
    return status, said


def test_a_mail_with_checkpoints_of_two_logs_passes_by_that_of_this_one(taken: Taken, tmp_path: Path):
    kept = mail(taken.logged.note(), taken.logged.note("*"))
    dossier = taken.dossier(taken.case())
    status, ((verdict, says),) = told(dossier, tmp_path, kept)
    assert (status, verdict) == (0, "PASS")
    assert says.endswith("that you kept; left aside, of another log: localhost/installation/log")
    assert unpacked(taken.dossier(taken.case(), kept=within(taken.logged.note() + "\n" + taken.logged.note("*"))))


def test_a_file_with_none_of_this_log_is_not_shown_and_does_not_pass(taken: Taken, tmp_path: Path):
    dossier = taken.dossier(taken.case())
    status, said = told(dossier, tmp_path, mail(taken.logged.note()), mail(taken.logged.note("*")))
    assert (status, [verdict for verdict, _ in said]) == (3, ["PASS", "NOT SHOWN"])
    assert said[1][1].startswith(
        "what you brought is of localhost/installation/log, and this log is localhost/pogi/log"
    )
    with pytest.raises(
        CheckpointsOfOthers, match="are of localhost/installation/log, and this log is localhost/pogi/log"
    ):
        taken.dossier(taken.case(), kept=within(taken.logged.note("*")))


def test_an_older_checkpoint_is_not_shown_until_the_case_is_taken_home_with_it(taken: Taken, tmp_path: Path):
    kept = taken.logged.note()
    case = taken.case()
    taken.logged.round()
    status, ((verdict, says),) = told(taken.dossier(case), tmp_path, mail(kept))
    assert (status, verdict) == (3, "NOT SHOWN")
    assert says.endswith("does not show whether the log leads through it. Take the case home again, and bring it then")
    status, ((verdict, _),) = told(taken.dossier(case, kept=within(kept)), tmp_path, mail(kept))
    assert (status, verdict) == (0, "PASS")


def test_a_checkpoint_through_which_the_log_does_not_lead_is_a_fault(taken: Taken, tmp_path: Path):
    """Two that are signed over as many records and say another thing: the log was written twice."""
    dossier = taken.dossier(taken.case())
    (last,) = within(unpacked(dossier)["checkpoints.txt"].decode())
    other = Checkpoint(last.checkpoint.origin, last.checkpoint.size, bytes(32))
    mine = log.verifier_keys("pogi")[0]
    signer = taken.logged.house.app.extensions[PORTS].keys
    note = written(other, mine, signer.current().sign(other.text().encode()))
    status, ((verdict, says),) = told(dossier, tmp_path, mail(note))
    assert (status, verdict) == (1, "FAIL")
    assert "the log does not lead through it" in says


def test_a_record_of_a_log_is_named_by_hashes_from_elsewhere_when_those_in_it_were_forged_to_fit(
    taken: Taken, tmp_path: Path
):
    taken.case()
    taken.logged.round()
    files, kept = unpacked(taken.log(tmp_path)), taken.logged.note()
    lines = [(it, None) for it in files["records.jsonl"].splitlines()]
    place = len(lines) // 2
    changed = [
        (it.replace(b'"v":1', b'"v":2'), None) if at == place else (it, None) for at, (it, _) in enumerate(lines)
    ]
    forged = forgers.packed({**files, **forgers.of(forgers.chained(changed))})
    found = both(archive(archived(forged), tmp_path), kept=kept)
    assert isinstance(found, dict)
    size = len(lines)
    said = f"one at least of the records 0 to {size - 1}, which a root does not tell apart (--leaves from elsewhere do), is not"
    assert said in found["places"][2]
    found = both(tmp_path / "it.zip", kept=kept, leaves=files["leaves.bin"])
    assert named(found) == {"places": place, "kept": place}
    (tmp_path / "leaves.bin").write_bytes(files["leaves.bin"])
    status, found, _ = run(tmp_path, "it.zip", "--leaves", "leaves.bin", python=("-O",))
    assert (status, found["places"][1:]) == (1, (place, f"record {place} is not what was signed"))
    wrong = bytes(random.Random(1).randbytes(len(files["leaves.bin"])))
    assert said in both(tmp_path / "it.zip", kept=kept, leaves=wrong)["places"][2], (
        "hashes that nobody signed tell nothing"
    )


def named(found: Found | str) -> dict[str, int | None]:
    assert isinstance(found, dict)
    return {name: index for name, (verdict, index, _) in found.items() if verdict == "FAIL"}


def test_between_two_checkpoints_that_were_kept_the_range_is_small(taken: Taken, tmp_path: Path):
    early = taken.logged.note()
    taken.case()
    taken.logged.round()
    late = taken.logged.note()
    taken.case()
    taken.logged.house.later(hours=1)
    taken.logged.round()
    files = unpacked(taken.log(tmp_path))
    first, last = (within(it)[0].checkpoint.size for it in (early, late))
    lines = [(it, None) for it in files["records.jsonl"].splitlines()]
    changed = [
        (it.replace(b'"v":1', b'"v":2'), None) if at == first + 1 else (it, None) for at, (it, _) in enumerate(lines)
    ]
    forged = forgers.packed({**files, **forgers.of(forgers.chained(changed))})
    found = both(archive(archived(forged), tmp_path), kept=f"{early}\n{late}")
    assert isinstance(found, dict)
    assert f"one at least of the records {first} to {last - 1}, which" in found["places"][2]
