"""Where in the bytes of a file the children of its root stand, so that some can be replaced and the rest be left alone."""

import codecs
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Child:
    """One child of the root element: its name in Clark's notation, and where it begins and ends."""

    tag: str
    start: int
    end: int


@dataclass(slots=True)
class Source:
    """The bytes of an XML document that `parse_xml` has let pass, and where its root's children stand in them."""

    data: bytes
    children: list[Child] = field(default_factory=list)
    close: int = 0
    """Where the end tag of the root begins."""
    encoding: str = "utf-8"

    def __post_init__(self) -> None:
        for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
            if self.data.startswith(mark):
                self.encoding = name
        self._walk()
