"""What an auditor holds logs against: checkpoints that she kept, and verifier keys that she got elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.domain import turns
from service.domain.journal import INSTALLATION
from service.domain.log_facts import decoded
from service.domain.notes import Key, Note, Verify


@dataclass(frozen=True, slots=True)
class Verdict:
    """One claim about one log (`*` is the installation's): whether it holds, and what was looked at or is broken. None for
    what the auditor brought and cannot be held against this log: that accuses nobody."""

    workspace_id: str
    claim: str
    holds: bool | None
    says: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What the auditor brought: the name of her file, and the checkpoints in it, which may be of several logs."""

    name: str
    notes: Sequence[Note]


@dataclass(slots=True)
class Held:
    """What the logs are held against: the keys that are kept here, and what the auditor brought. `keyed` is what the journal
    of the installation, which is read first, says of the keys."""

    verify: Verify
    public: Sequence[str]
    kept: Sequence[Kept]
    trusted: Sequence[Key]
    keyed: Sequence[Mapping[str, Any]] = ()

    def keys(self, origin: str) -> list[Key]:
        """Those that are kept here, by the name under which they sign a log."""
        return [Key(origin, decoded(public)) for public in self.public]

    def led(self, *keys: Key) -> turns.Led:
        """The keys to which these, of one log, lead by what the journal says."""
        origin = keys[0].name
        return turns.led(origin, keys, turns.within(turns.notes(self.keyed, origin)), self.verify)

    def wrong(self, note: Note) -> tuple[bool | None, str] | None:
        """Why the signature of a checkpoint that was brought proves nothing; None where it is of a key to which hers lead."""
        origin = note.checkpoint.origin
        known, hers = self.keys(origin), [it for it in self.trusted if it.name == origin]
        if self._signed(note, self.led(*hers).back if hers else known):
            return None
        size = note.checkpoint.size
        if hers and self._signed(note, known):
            says = f"the one of size {size} is signed by a key to which yours does not lead"
            return None, f"{says}. Get that key by a way of your own, and bring both"
        return False, f"the one of size {size} is signed by no key that is known"

    def known(self) -> Iterator[Verdict]:
        """Whether the keys that she brought have signed here, and to which others they lead."""
        keys = [decoded(it) for it in self.public]
        for key in self.trusted:
            if key.public not in keys:
                yield Verdict(INSTALLATION, "key", False, f"the key {key.text()} has never signed here")
                continue
            says = f"the key {key.text()} is number {keys.index(key.public) + 1} of the {len(keys)} that have signed"
            led = self.led(key)
            way = " > ".join(it.id.hex() for it in [*led.back[len(led.on) :][::-1], *led.on])
            more = f"; by what they signed themselves it leads along {way}" if len(led.back) > 1 else ""
            yield Verdict(INSTALLATION, "key", True, says + more)

    def left(self, read: set[str], whole: bool) -> Iterator[Verdict]:
        """What is to be said of checkpoints of logs that were not read. `whole`: all logs were."""
        for it in self.kept:
            others = [note for note in it.notes if note.checkpoint.origin not in read]
            gone = sorted({note.checkpoint.origin for note in others if whole and self._ours(note)})
            for origin in gone:
                yield Verdict(
                    INSTALLATION, "kept", False, f"{it.name}: the log {origin}, which our key signed, is gone"
                )
            if len(others) == len(it.notes) and not gone:
                names = ", ".join(sorted({note.checkpoint.origin for note in others}))
                says = f"{it.name}: no log that was read is called {names}. Bring a checkpoint of one that was"
                yield Verdict(INSTALLATION, "kept", None, says)

    def _ours(self, note: Note) -> bool:
        return self._signed(note, self.keys(note.checkpoint.origin))

    def _signed(self, note: Note, keys: Sequence[Key]) -> bool:
        return any(note.signed_by(it, self.verify) for it in keys)
