"""Who signed what: the checkpoints of a dossier, and those that its reader kept."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from service.domain import turns
from service.domain.dossiers import Claim, Verdict
from service.domain.notes import Key, Note, Verify
from service.domain.turns import Led
from service.queries.verifying.box import Box

Shown = Callable[[Note], tuple[str, int | None] | None]
"""`shown(note)`: None where the log leads through it, else why not, and the first record that is wrong; None for that where
nothing is wrong, and it is only not shown."""


@dataclass(frozen=True, slots=True)
class Held:
    """A dossier, and what its reader holds it to: checkpoints that she kept, those of each file together, and verifier keys
    and hashes of the log's records that she got elsewhere."""

    box: Box
    verify: Verify
    kept: Sequence[Sequence[Note]]
    trusted: Sequence[Key]
    leaves: Sequence[bytes]
    led: Led = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "led", turns.led(self.box.origin, self.trusted, self.box.turns, self.verify))

    @property
    def last(self) -> Note:
        """The last checkpoint of the dossier."""
        return self.box.notes[-1]

    @property
    def believed(self) -> Sequence[Key]:
        """The keys that may sign something new: those to which the reader's lead; all of the dossier's if she has none."""
        return self.led.on if self.trusted else self.box.keys

    @property
    def own(self) -> list[Note]:
        """The checkpoints that she kept of this very log."""
        return [it for notes in self.kept for it in notes if it.checkpoint.origin == self.box.origin]

    def ours(self, note: Note, keys: Sequence[Key]) -> bool:
        """Whether a checkpoint is of the log of the dossier, and signed with one of these keys."""
        return note.checkpoint.origin == self.box.origin and any(note.signed_by(it, self.verify) for it in keys)


def checkpoints(held: Held) -> Claim:
    """The checkpoints in the dossier are signed by keys of the log."""
    notes, keys = held.box.notes, [*held.box.keys, *held.trusted]
    odd = [it.checkpoint.size for it in notes if not held.ours(it, keys)]
    if odd:
        return Claim("checkpoints", Verdict.FAIL, f"those over {odd} records are not signed by a key of the log")
    size = held.last.checkpoint.size
    says = f"{len(notes)} are signed by keys of the log, the last over {size} records"
    return Claim("checkpoints", Verdict.PASS, says)


def key(held: Held, leads: bool) -> Claim:
    """The last of them is signed by a key that the reader brought, or one `leads` to the key that has signed it, or that has
    signed what seals the dossier and leads through it."""
    if not held.trusted:
        return Claim("key", Verdict.UNCHECKED, "bring the key that you got elsewhere: anybody may have signed")
    if held.ours(held.last, held.trusted):
        return Claim("key", Verdict.PASS, "the last is signed by your key")
    way = " > ".join(it.id.hex() for it in held.led.on)
    if leads:
        says = f"the last, or what seals it and leads through it, is signed by a key to which yours leads: {way}"
        return Claim("key", Verdict.PASS, says)
    ours = held.ours(held.last, held.box.keys) and any(it in held.box.keys for it in held.led.on)
    says = (
        f"the last is signed by no key to which yours leads ({way or 'of another log'}): a key was lost before it could sign the "
        "next, yours is younger, or somebody else signed it. Get the key of its day by a way of your own, and bring both; `kept` "
        "holds what yours signed"
    )
    return Claim("key", Verdict.UNSHOWN if ours else Verdict.FAIL, says)


def kept(held: Held, shown: Shown) -> Iterator[Claim]:
    """The log leads through each checkpoint of it that the reader kept; those of other logs are left aside."""
    for notes in held.kept:
        mine = [it for it in notes if it.checkpoint.origin == held.box.origin]
        others = ", ".join(sorted({it.checkpoint.origin for it in notes} - {held.box.origin}))
        for note in mine:
            claim = _judged(held, note, shown(note))
            aside = f"; left aside, of another log: {others}" if others else ""
            yield Claim("kept", claim.verdict, claim.says + aside, claim.index)
        if not mine:
            says = f"what you brought is of {others}, and this log is {held.box.origin}: bring a checkpoint of this one"
            yield Claim("kept", Verdict.UNSHOWN, says)
    if not held.kept:
        says = "bring a checkpoint that you kept: nothing tells that the end was cut off, or all signed anew"
        yield Claim("kept", Verdict.UNCHECKED, says)


def _judged(held: Held, note: Note, wrong: tuple[str, int | None] | None) -> Claim:
    size = note.checkpoint.size
    why, index = wrong or ("", 0)
    if not held.ours(note, held.led.back if held.trusted else held.box.keys):
        why = "it is signed by no key of this log, or by none to which yours leads. Get that key by a way of your own, and bring both"
        younger = size > held.last.checkpoint.size and held.ours(held.last, held.led.on)
        index = None if younger or held.ours(note, held.box.keys) else index or 0
    if not why:
        return Claim("kept", Verdict.PASS, f"the log leads through the one over {size} records that you kept")
    says = f"yours over {size} records: {why}"
    return Claim("kept", Verdict.UNSHOWN if index is None else Verdict.FAIL, says, index)
