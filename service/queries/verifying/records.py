"""The records of a dossier, read once: their hashes, and the first that does not follow from the one before it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from service.domain.dossiers import RECORDS, Claim, Verdict
from service.domain.journal import GENESIS
from service.domain.merkle import leaf_hash
from service.queries.verifying.box import Box
from service.queries.verifying.canonical import entry

HASH = re.compile("[0-9a-f]{64}")


@dataclass(slots=True)
class Records:
    """`leaves` are the hashes of all in a row, `wrong` the place of the first that follows from none, `hidden` how many are
    told by their hash alone; `told` has those of a case as they stand; `of` is that case, or the name of the log."""

    of: str
    leaves: bytearray = field(default_factory=bytearray)
    wrong: int | None = None
    hidden: int = 0
    told: list[bytes] = field(default_factory=list)

    @classmethod
    def read(cls, box: Box) -> "Records":
        """Read them. Those of a case are of its stream alone; a record that is withheld stands there by its hash."""
        found, streams = cls(box.case or box.origin), dict[str, tuple[int, str]]()
        for at, line in enumerate(box.lines(RECORDS)):
            record, leaf = entry(line), leaf_hash(line)
            stream = str(record.get("stream"))
            follows = (record.get("seq"), record.get("prev")) == streams.get(stream, (0, GENESIS))
            if box.case is not None and record.keys() == {"withheld"}:
                leaf, stream, found.hidden = hashed(record["withheld"]), box.case, found.hidden + 1
            elif found.wrong is None and not (follows and box.case in (None, stream)):
                found.wrong = at
            streams[stream] = streams.get(stream, (0, GENESIS))[0] + 1, leaf.hex()
            found.leaves += leaf
            if box.case is not None:
                found.told.append(line)
        return found

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.leaves) // 32

    def leaf(self, at: int) -> bytes:
        """The hash of one."""
        return bytes(self.leaves[32 * at : 32 * at + 32])

    def each(self) -> Iterator[bytes]:
        """The hashes of all."""
        return (self.leaf(at) for at in range(self.size))

    def claim(self) -> Claim:
        """Each is in its one form and follows from the one before it in its stream."""
        if self.wrong is None:
            says = f"{self.size} of {self.of}, each follows from the one before it in its stream"
            return Claim("records", Verdict.PASS, f"{says}; {self.hidden} are told by hash alone")
        says = f"record {self.wrong} does not follow from the one before it in its stream, or is not in its one form"
        return Claim("records", Verdict.FAIL, says, self.wrong)


def hashed(text: object) -> bytes:
    """The hash that stands there in hexadecimal. Raises ValueError for what is none: a longer one would be taken for two."""
    if not isinstance(text, str) or HASH.fullmatch(text) is None:
        raise ValueError("what is to be a hash is none")
    return bytes.fromhex(text)
