"""Records that somebody has changed, in the whole log and in the dossier of a case: both verifiers see it, and say where.

Here some hundred edits are tried; `python3 dev.py faults --full` tries ten thousand.
"""

import functools
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from service.domain.notes import Note, read
from service.post import verify as ed25519
from service.queries import verifying
from service.queries.dossiers import verify as program
from tests.app.house import House
from tests.app.logged import logged
from tests.app.taken import Files, Taken, archived, unpacked
from tests.faults import forgers
from tests.faults.forgers import Forged
from tests.faults.report import Report
from tests.faults.sizes import size

EDITS = size(160, 10_000)
Found = dict[str, tuple[str, int | None, str]]
"""The verdict on each claim, the first record that is wrong, and the words; but for `replay`, which is of what records
mean."""


@dataclass(frozen=True)
class Home:
    """What was taken home of a service: the whole log, a case, and the checkpoint that a witness has."""

    log: Files
    case: Files
    kept: str


@pytest.fixture(scope="module")
def home(one_house: House, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Of a log that was signed three times, the last time just now."""
    taken = Taken.of(logged(one_house))
    for number in range(3):
        case = taken.case(f"remark {number}")
        taken.logged.house.later(hours=1)  # of each hour the last checkpoint is kept
        taken.logged.round()
    log = taken.log(tmp_path_factory.mktemp("log"))
    kept = taken.logged.note()
    return Home(unpacked(log), unpacked(taken.dossier(case)), kept)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same signatures are looked at again and again; to do so once is enough."""
    monkeypatch.setattr(program, "signed", functools.cache(program.signed))
    yield


def theirs(files: Files, folder: Path, kept: str | None) -> Found:
    """What the program that goes with a dossier finds."""
    file = folder / "forged.zip"
    file.write_bytes(archived(files))
    dossier = program.Dossier(file, [], [program.notes_in(kept)] if kept else [], [])
    found = {name: (verdict, index, says) for name, verdict, says, index in dossier.claims() if name != "replay"}
    assert dossier.zip is not None
    dossier.zip.close()
    return found


def ours(files: Files, folder: Path, kept: str | None) -> Found:
    """What the product finds."""
    file = folder / "forged.zip"
    file.write_bytes(archived(files))
    notes: list[list[Note]] = [[read(kept)]] if kept else []
    found = verifying.claims(file, ed25519, notes)
    return {it.name: (it.verdict.value, it.index, it.says) for it in found if it.name != "replay"}


def broken(found: Found) -> list[int | None]:
    """The first wrong record of each claim that does not hold."""
    return [index for verdict, index, _ in found.values() if verdict == "FAIL"]


@pytest.mark.parametrize("of", ["log", "case"])
def test_what_was_changed_is_seen_and_the_record_is_named(of: str, home: Home, tmp_path: Path, report: Report):
    files: Files = getattr(home, of)
    forge: Callable[[Files, random.Random], Forged] = getattr(forgers, of)
    for look in (ours, theirs):
        assert broken(look(files, tmp_path, home.kept)) == []
    wrong: list[object] = []
    tried, chance = Counter[str](), random.Random(f"{of} 5")
    for number in range(EDITS // 2):
        forged = forge(files, chance)
        tried[forged.what] += 1
        for kept in (home.kept, None):
            found = [look(forged.files, tmp_path, kept) for look in (ours, theirs)]
            problem = unlike(forged, found[0], found[1], kept is not None)
            if problem:
                wrong.append((number, forged.what, forged.place, problem, found))
    assert len(tried) == (8 if of == "log" else 7)
    report(f"edits of {of}, with a witness's checkpoint and without", f"{sum(tried.values()):,} edits", wrong=wrong)
    assert wrong == []


def unlike(forged: Forged, by_us: Found, by_them: Found, held: bool) -> str:
    """What is not as it must be; nothing where all is."""
    if by_us != by_them:
        return "they do not agree"
    named = [index for index in broken(by_us) if index is not None]
    if forged.ever or (forged.alone and not held):
        told = by_us["complete" if forged.ever else "kept"][0] == "NOT CHECKED"
        return "" if told and not broken(by_us) else "it does not pass, or is not told"
    return "" if named and min(named) <= forged.place else "it passes, or no record is named"
