"""Two values held against each other: the first place where they part, and what stands there in each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from service.domain.sentences import Sentence
from service.engine import same

Entry = Mapping[str, Any]
Place = dict[str, Any]


class Differs(Exception):
    """What is replayed is not what was recorded: where, both values, and the sentence that says so."""

    def __init__(self, said: Sentence, place: Place | None = None, written: Any = None, found: Any = None) -> None:
        self.said, self.place, self.written, self.found = said, place or {}, written, found
        super().__init__(said)


class NotReplayed(Exception):
    """It cannot be replayed from here on; `said` is why. `entry` is the one at which it stops."""

    def __init__(self, said: Sentence, entry: Entry | None = None) -> None:
        self.said, self.entry = said, entry
        super().__init__(said)


@dataclass(frozen=True, slots=True)
class Apart:
    """Where two JSON values part: the way there, and what stands there. What is missing is None."""

    path: tuple[str | int, ...]
    written: Any = field(default=None)
    found: Any = field(default=None)

    @property
    def pointer(self) -> str:
        """The way as a JSON pointer (RFC 6901)."""
        return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in self.path)


def apart(written: Any, found: Any, path: tuple[str | int, ...] = ()) -> Apart | None:
    """The first place where two JSON values part, in the order of the written one; None where they are the same."""
    pairs: Iterable[tuple[str | int, Any, Any]]
    if isinstance(written, Mapping) and isinstance(found, Mapping):
        names = (*written, *(it for it in found if it not in written))
        pairs = ((name, written.get(name, _ABSENT), found.get(name, _ABSENT)) for name in names)
    elif isinstance(written, list | tuple) and isinstance(found, list | tuple):
        longest = zip_longest(written, found, fillvalue=_ABSENT)
        pairs = ((place, *there) for place, there in enumerate(longest))
    else:
        return None if same(written, found) else Apart(path, _bare(written), _bare(found))
    return next((inner for name, old, new in pairs if (inner := apart(old, new, (*path, name)))), None)


_ABSENT = object()


def _bare(value: Any) -> Any:
    return None if value is _ABSENT else value
