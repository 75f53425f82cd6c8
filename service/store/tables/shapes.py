"""What a column of JSON holds, as far as those who read it count on it."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import UnionType
from typing import Any

from service.domain.unreadable import BLANKS, Unreadable

Kind = type | UnionType


@dataclass(frozen=True, slots=True)
class Shape:
    """A value of that kind. `inner` says that a list, or an object, is one of objects, or of texts; `names` are what each
    object has at least, and of which kind that is. Bytes with an inner object are its JSON.
    `judge` raises for one that is none all the same, and `usual` stands in the place of one that cannot be read."""

    kind: type
    inner: type | None = None
    names: tuple[tuple[str, Kind], ...] = ()
    judge: Callable[[Any], object] | None = None
    usual: Callable[[], Unreadable] | None = None

    def fits(self, value: Any) -> bool:
        """Whether a value has that shape."""
        if self.kind is object:
            return True
        if type(value) is not self.kind:
            return False
        if self.judge is not None:
            self.judge(value)
        if self.inner is None:
            return self._named(value)
        it: Any = value  # of which the kind is known by now
        if self.kind is bytes:
            return type(json.loads(it)) is self.inner
        within: Iterable[Any] = it.values() if self.kind is dict else it
        return all(type(one) is self.inner and self._named(one) for one in within)

    def _named(self, value: Any) -> bool:
        return all(name in value and isinstance(value[name], kind) for name, kind in self.names)

    def blank(self) -> Unreadable:
        """What stands in the place of a value that cannot be read."""
        return BLANKS[self.kind]() if self.usual is None else self.usual()


ANY = {"shape": Shape(object)}
"""Of a column: JSON of any kind."""


def rows(**names: Kind) -> dict[str, Shape]:
    """Of a column: a list of objects, each with at least these names."""
    return {"shape": Shape(list, dict, tuple(names.items()))}


def objects(judge: Callable[[Any], object], usual: Callable[[], Unreadable], **names: Kind) -> dict[str, Shape]:
    """Of a column: an object of objects, each with at least these names."""
    return {"shape": Shape(dict, dict, tuple(names.items()), judge, usual)}


def holding(**names: Kind) -> dict[str, Shape]:
    """Of a column: an object with at least these names."""
    return {"shape": Shape(dict, None, tuple(names.items()))}


def packed_object() -> dict[str, Shape]:
    """Of a column: an object as JSON."""
    return {"shape": Shape(bytes, dict)}


def texts() -> dict[str, Shape]:
    """Of a column: a list of texts."""
    return {"shape": Shape(list, str)}
