"""A decision file and those that it imports, near and far (DMN 1.5, 6.3.3), found among the files beside it."""

import hashlib
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from service.domain.sentences import Sentence, say
from service.engine.decisions.tree import attribute, children, local
from service.engine.xml import XMLRefused, parse_xml

Beside = tuple[tuple[str, bytes], ...]
"""Files by name, as `posixpath` has names relative to the file that is asked for."""

FILES = 100
"""Files that one decision file may import, near and far."""


@dataclass(slots=True, eq=False)
class Source:
    """One file of a model: `prefix` stands before the ids of what is in it, and is empty for the first.

    `imports` are the files that it imports, each with the name it gives them; that name may be empty: then what is
    imported goes by its own name alone. `missing` are imports that are not there, and why.
    """

    name: str
    root: etree._Element
    digest: str
    prefix: str = ""
    imports: list[tuple[str, "Source"]] = field(default_factory=list)
    by_namespace: dict[str, "Source"] = field(default_factory=dict)
    missing: list[tuple[etree._Element, Sentence]] = field(default_factory=list)

    @property
    def namespace(self) -> str:
        """The namespace of what the file defines."""
        return attribute(self.root, "namespace")


def around(folder: Path) -> Beside:
    """The decision files in a folder and the folders in it: what one of them may import."""
    return tuple((file.relative_to(folder).as_posix(), file.read_bytes()) for file in sorted(folder.rglob("*.dmn")))


def sources(data: bytes, beside: Beside) -> list[Source]:
    """The file of these bytes, then those that it imports, each once. Raises XMLRefused for the first alone."""
    first = Source("", parse_xml(data), hashlib.sha256(data).hexdigest())
    shelf = _Shelf(dict(beside), first)
    found = [first]
    for source in found:
        for element in children(source.root, "import"):
            problem = _import(source, element, shelf, found)
            if problem:
                source.missing.append((element, problem))
    return found


def parts(data: bytes, beside: Beside = ()) -> tuple[str, ...]:
    """The sha-256 of the file of these bytes, then of those that it imports: what `load` makes its digest of.

    Raises XMLRefused.
    """
    return tuple(source.digest for source in sources(data, beside))


def digest_of(found: list[Source]) -> str:
    """What a model is known by: the sha-256 of its file; where it imports others, of all their digests in order."""
    if len(found) == 1:
        return found[0].digest
    return hashlib.sha256("\n".join(source.digest for source in found).encode()).hexdigest()


def _import(source: Source, element: etree._Element, shelf: "_Shelf", found: list[Source]) -> Sentence | None:
    """Find what one `import` names; the problem where it cannot be had."""
    name, namespace = attribute(element, "name"), attribute(element, "namespace")
    if "DMN" not in attribute(element, "importType"):
        return say("“%(name)s” is no decision file, and is not imported.", name=name or namespace)
    other = shelf.find(source, namespace, attribute(element, "locationURI"))
    if other is None:
        return say(
            "The file with the namespace “%(name)s” that is imported here is not beside this one.", name=namespace
        )
    if other not in found:
        if len(found) > FILES:
            return say("More than %(most)s files are imported, near and far.", most=FILES)
        found.append(other)
    source.imports.append((name, other))
    source.by_namespace[namespace] = other
    return None


class _Shelf:
    """The files beside the first, each read when it is looked at, and once."""

    def __init__(self, files: Mapping[str, bytes], first: Source) -> None:
        self.files = files
        self.first = first
        self._read: dict[str, Source | None] = {}

    def find(self, source: Source, namespace: str, location: str) -> Source | None:
        """The file of a namespace; where several have it, or none, the one at the place that is told."""
        if namespace == self.first.namespace and source is not self.first:
            return self.first
        found = [other for other in self._all() if other.namespace == namespace]
        place = posixpath.normpath(posixpath.join(posixpath.dirname(source.name), location)) if location else ""
        if len(found) != 1 and place in self.files:
            return self._source(place)
        return found[0] if found else None

    def _all(self) -> Iterator[Source]:
        for name in self.files:
            source = self._source(name)
            if source is not None:
                yield source

    def _source(self, name: str) -> Source | None:
        if name not in self._read:
            data = self.files[name]
            try:
                root = parse_xml(data)
            except XMLRefused:
                return self._read.setdefault(name, None)
            digest = hashlib.sha256(data).hexdigest()
            readable = local(root) == "definitions" and digest != self.first.digest
            self._read[name] = Source(name, root, digest, f"{name}#") if readable else None
        return self._read[name]
