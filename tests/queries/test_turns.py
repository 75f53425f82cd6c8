"""A key takes the place of another: dossiers of any moment after it hold for who has the old key, the new one, or both."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from service.commands import log_keys
from service.domain import turns
from service.domain.actors import operator
from service.domain.journal import INSTALLATION
from service.domain.log_facts import encoded
from service.domain.notes import Key, within
from service.identity import sequencer
from service.identity.callers import PORTS, call_as
from service.post import DerivedKey, KeyFile, verify
from service.queries import log, log_check
from service.queries.log_check import Kept
from tests.app.house import House
from tests.app.logged import Logged
from tests.app.taken import Files, Taken, archived, run, unpacked
from tests.queries.crafting import Found, archive, both, listed

WAYS = ("old", "new", "both")


@dataclass(frozen=True)
class Rotating:
    """A service whose key is in a file, so that another may follow it."""

    taken: Taken
    keys: KeyFile

    def rotate(self, *, lost: bool = False, sign: bool = True) -> None:
        self.taken.logged.house.later(seconds=1)
        log_keys.rotate(call_as(operator(INSTALLATION)), lost)
        self.keys.follow()
        if sign:
            sequencer.sign_anew()

    def without_key(self, case: str) -> bytes:
        """A dossier that a process makes which has no key."""
        app = self.taken.logged.house.app
        ports, app.extensions[PORTS] = app.extensions[PORTS], replace(app.extensions[PORTS], keys=None)
        try:
            return self.taken.dossier(case)
        finally:
            app.extensions[PORTS] = ports

    @property
    def note(self) -> str:
        return self.taken.logged.note()

    def key(self, way: str) -> str:
        """The verifier keys that somebody brings."""
        old, *_, new = (it.text() for it in log.verifier_keys("pogi"))
        return {"old": old, "new": new, "both": f"{new} {old}"}[way]

    def broken(self, kept: str, *keys: str) -> list[tuple[bool | None, str]]:
        """What `mandat verify --log` does not hold, with a file and keys that somebody brought."""
        mine = [it for it in log.verifier_keys("pogi") if it.text() in keys]
        found = log_check.verdicts(verify, None, [Kept("kept.txt", within(kept))], mine)
        return [(it.holds, it.says) for it in found if not it.holds]


@pytest.fixture
def rotating(house: House, tmp_path: Path) -> Rotating:
    keys = KeyFile(tmp_path / "log-key")
    ports = replace(house.ports, keys=keys, verify=verify)
    house.app.extensions[PORTS] = ports
    taken = Taken.of(Logged(House(house.app, ports)))
    taken.case()
    taken.logged.round()
    return Rotating(taken, keys)


def verdicts(dossier: bytes, folder: Path, key: str, kept: str = "") -> Found:
    found = both(archive(dossier, folder), key=key, kept=kept)
    assert isinstance(found, dict), found
    return found


def short_of(found: Found) -> dict[str, str]:
    """The claims that do not pass."""
    return {name: it[0] for name, it in found.items() if it[0] != "PASS"}


@pytest.mark.parametrize("way", WAYS)
def test_a_dossier_of_any_moment_after_it_holds_for_who_has_either_key(rotating: Rotating, way: str, tmp_path: Path):
    before, case = rotating.note, rotating.taken.case()
    rotating.taken.logged.round()
    witnessed = rotating.note
    rotating.rotate(sign=False)
    at_once = rotating.taken.dossier(case)  # its last checkpoint is the old key's, and its seal the new one's
    rotating.taken.logged.house.later(seconds=1)
    sequencer.sign_anew()
    unsealed = rotating.without_key(case)
    since, whole = rotating.note, rotating.taken.log(tmp_path)
    rotating.taken.logged.round()
    later = rotating.taken.dossier(case, kept=within(before))
    key = rotating.key(way)
    for dossier, kept in ((at_once, witnessed), (whole, before), (whole, since), (later, before), (later, "")):
        assert short_of(verdicts(dossier, tmp_path, key, kept)).keys() <= ({"kept"} if not kept else set())
    assert short_of(verdicts(unsealed, tmp_path, key)).keys() == {"complete", "kept"}
    assert not {"FAIL", "NOT SHOWN"} & {it[0] for it in verdicts(unsealed, tmp_path, key).values()}
    assert rotating.broken(before, *key.split()) == []
    assert rotating.broken(rotating.note, *key.split()) == []


def test_which_keys_were_followed_is_said(rotating: Rotating, tmp_path: Path):
    rotating.rotate()
    rotating.rotate()
    first, second, third = log.verifier_keys("pogi")
    way = " > ".join(it.id.hex() for it in (first, second, third))
    dossier = rotating.taken.dossier(rotating.taken.case())
    assert verdicts(dossier, tmp_path, first.text())["key"][2].endswith(f"by a key to which yours leads: {way}")
    archive(dossier, tmp_path)
    status, found, _ = run(tmp_path, "it.zip", "--key", first.text(), python=("-O",))
    assert (status, found["key"][0], found["key"][2][-len(way) :]) == (0, "PASS", way)
    said = [it.says for it in log_check.verdicts(verify, None, [], [second]) if it.claim == "key"]
    assert said == [
        f"the key {second.text()} is number 2 of the 3 that have signed; by what they signed themselves it leads along {way}"
    ]


def test_what_a_key_before_hers_has_signed_lately_is_not_believed_for_the_sake_of_hers(
    rotating: Rotating, tmp_path: Path
):
    """Whoever the old key has fallen to could have signed it; a process without the key has not sealed it."""
    case = rotating.taken.case()
    rotating.taken.logged.round()
    rotating.rotate(sign=False)
    dossier = rotating.without_key(case)
    found = verdicts(dossier, tmp_path, rotating.key("new"))
    assert found["key"][0] == "NOT SHOWN"
    assert "bring both" in found["key"][2]
    assert "FAIL" not in {it[0] for it in found.values()}
    assert verdicts(dossier, tmp_path, rotating.key("both"))["key"][0] == "PASS"


def test_after_a_loss_the_old_key_shows_what_it_signed_and_accuses_nobody(rotating: Rotating, tmp_path: Path):
    before, case = rotating.note, rotating.taken.case()
    rotating.rotate(lost=True)
    rotating.taken.logged.round()
    dossier = rotating.taken.dossier(case, kept=within(before))
    old = verdicts(dossier, tmp_path, rotating.key("old"), before)
    assert short_of(old) == {"key": "NOT SHOWN", "complete": "NOT CHECKED"} | (
        {"inclusion": "NOT CHECKED"} if old["inclusion"][0] != "PASS" else {}
    )
    assert "a key was lost before it could sign the next" in old["key"][2]
    assert verdicts(dossier, tmp_path, rotating.key("old"), rotating.note)["kept"][0] == "NOT SHOWN"
    for way in ("new", "both"):
        assert short_of(verdicts(dossier, tmp_path, rotating.key(way), before)) == {}
    assert rotating.broken(before, rotating.key("old")) == []
    ((holds, says),) = rotating.broken(rotating.note, rotating.key("old"))
    assert (holds, "does not lead" in says) == (None, True)
    archive(dossier, tmp_path)
    assert run(tmp_path, "it.zip", "--key", rotating.key("old"))[0] == 3


def test_a_turn_that_the_old_key_has_not_signed_is_not_followed(rotating: Rotating, tmp_path: Path):
    rotating.rotate()
    files = unpacked(rotating.taken.dossier(rotating.taken.case()))
    (told,) = turns.within(files["turns.txt"].decode())
    hers = DerivedKey(666).first()
    text = f"mandat log key\n{encoded(hers.public)}\n{encoded(told.old)}\n"
    name = log.verifier_keys("pogi")[0].name
    forged = turns.written(text, [(Key(name, hers.public), hers.sign(text.encode())), (Key(name, told.old), bytes(64))])
    assert led(files, rotating.key("old")) == [told.old, told.new]
    assert led({**files, "turns.txt": forged.encode()}, rotating.key("old")) == [told.old]
    spoilt = listed({**files, "turns.txt": forged.encode()})
    assert verdicts(archived(spoilt), tmp_path, rotating.key("old"))["key"][0] == "NOT SHOWN"


def led(files: Files, key: str) -> list[bytes]:
    (mine,) = [it for it in log.verifier_keys("pogi") if it.text() == key]
    return [it.public for it in turns.led(mine.name, [mine], turns.within(files["turns.txt"].decode()), verify).on]
