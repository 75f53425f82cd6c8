"""What a bundle says, in the reader's language: labels of elements, titles, forms."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from service.domain.bundles import MANIFEST
from service.engine.model import Element, Process
from service.store import definitions

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a bundle. `language` is set where it is not in the reader's. Of a gateway or an event
    that has no name the text is its id, and `kind` what it is."""

    text: str
    language: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one bundle for one reader.

    `said` are those of `texts.<language>.json`, by element id or `<file>#<pointer>`. `source` is the language of the
    files themselves; None where it is the reader's.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    source: str | None = None

    def of(self, key: str, drawn: str | None) -> Text:
        """The text of an element, of which the diagram says `drawn`; its id where it says nothing."""
        if key in self.said:
            return Text(" ".join(self.said[key].split()))
        return Text(" ".join((drawn or key).split()), self.source)

    def part(self, element: Element) -> Text:
        """The text of a part of a diagram; of an activity without a name its id, which tells it from others."""
        if element.name or element.id in self.said or not element.kind.endswith(("Gateway", "Event")):
            return self.of(element.id, element.name)
        return Text(element.id, kind=element.kind)

    def labels(self) -> dict[str, str]:
        """The labels that a drawing in the reader's language has instead of its own, by element id."""
        return {key: text for key, text in self.said.items() if "#" not in key}


def texts(session: "Session", workspace_id: str, digest: str, language: str) -> Texts:
    """The texts of a deployed bundle for a reader of that language. A bundle without manifest speaks its own."""
    manifest = _json(definitions.file(session, workspace_id, digest, MANIFEST))
    source = manifest.get("source_language", language)
    if source == language:
        return Texts(manifest.get("titles", {}))
    said = _json(definitions.file(session, workspace_id, digest, f"texts.{language}.json"))
    return Texts(manifest.get("titles", {}), said, source)


def title(texts: Texts, process: Process | None, key: str, language: str) -> Text:
    """What a bundle is called: by its manifest in the reader's language or its own, else as its process is."""
    if language in texts.titles:
        return Text(texts.titles[language])
    if texts.source is not None and texts.source in texts.titles:
        return Text(texts.titles[texts.source], texts.source)
    return Text(process.name or key if process else key, texts.source)


def without(files: Mapping[str, bytes], keys: Collection[str]) -> dict[str, bytes]:
    """The files of a bundle, without the texts of these elements in other languages than its own."""
    kept = dict(files)
    for name, content in files.items():
        if name.startswith("texts.") and name.endswith(".json") and (said := _json(content)).keys() & keys:
            left = {key: text for key, text in said.items() if key not in keys}
            kept[name] = (json.dumps(left, ensure_ascii=False, indent=2) + "\n").encode()
    return kept


def _json(content: bytes | None) -> dict[str, Any]:
    found = json.loads(content) if content else {}
    return found if isinstance(found, dict) else {}
