"""The bytes of a diagram with the places where its parts stand, so that some can be replaced and the rest left alone."""

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self
from xml.parsers import expat

_ENCODING = re.compile(rb"""<\?xml[^>]{0,80}\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF8, "utf-8"))
_DEPTH = 2


@dataclass(slots=True)
class Part:
    """An element: its name in Clark's notation, where it begins and ends, and its children.

    `open` is where its start tag ends, `close` where its end tag begins; they are the same in an empty element.
    """

    tag: str
    start: int
    open: int = 0
    close: int = 0
    end: int = 0
    children: list[Self] = field(default_factory=list)

    def named(self, tag: str) -> list[Self]:
        """The children of that name."""
        return [child for child in self.children if child.tag == tag]


@dataclass(frozen=True, slots=True)
class Source:
    """A document that `parse_xml` has let pass. Places in `root` (two levels deep) count the bytes of `text`, UTF-8."""

    text: bytes
    root: Part
    mark: bytes
    encoding: str

    @classmethod
    def read(cls, data: bytes) -> Self:
        """The document in `data`, in whichever encoding."""
        mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", ""))
        declared = _ENCODING.match(data.removeprefix(mark)) if encoding in ("", "utf-8") else None
        encoding = declared.group(1).decode("ascii") if declared else encoding or "utf-8"
        text = data.removeprefix(mark).decode(encoding).encode("utf-8")
        return cls(text, _Walk(text).root(), mark, encoding)

    @property
    def newline(self) -> str:
        """How the document ends its lines."""
        return "\r\n" if b"\r\n" in self.text else "\n"

    def spliced(self, changes: Iterable[tuple[int, int, str]]) -> bytes:
        """The document in its own encoding, with each stretch from the first to before the second place replaced."""
        text = self.text
        for start, end, new in sorted(changes, reverse=True):
            text = text[:start] + new.encode("utf-8") + text[end:]
        return self.mark + text.decode("utf-8").encode(self.encoding, "xmlcharrefreplace")

    def margin(self, place: int) -> int:
        """The place before the white space that stands before `place`."""
        return len(self.text[:place].rstrip())


class _Walk:
    """One pass over a document. An event tells where it begins, and so where what came before it ends."""

    def __init__(self, text: bytes) -> None:
        # The declaration may follow white space for our own reading, but not for this parser.
        self._skipped = len(text) - len(text.lstrip())
        self._text = text[self._skipped :]
        self._open: list[Part] = []
        self._unopened: Part | None = None
        self._unended: Part | None = None
        self._top: list[Part] = []
        self._parser = expat.ParserCreate("utf-8", namespace_separator="}")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.DefaultHandler = self._other

    def root(self) -> Part:
        """The root element."""
        self._parser.Parse(self._text, True)
        root = self._top[0]
        root.end = root.end or self._skipped + len(self._text)
        return root

    def _mark_position(self) -> int:
        place = self._parser.CurrentByteIndex + self._skipped
        if self._unopened is not None:
            self._unopened.open = place
            self._unopened = None
        if self._unended is not None:
            self._unended.end = place
            self._unended = None
        return place

    def _start(self, name: str, _: object) -> None:
        place = self._mark_position()
        part = Part("{" + name if "}" in name else name, place)
        if not self._open:
            self._top.append(part)
        elif len(self._open) <= _DEPTH:
            self._open[-1].children.append(part)
        self._open.append(part)
        self._unopened = part

    def _end(self, _: str) -> None:
        place = self._mark_position()
        part = self._open.pop()
        part.close = place
        self._unended = part

    def _other(self, _: str) -> None:
        self._mark_position()
