"""What deployed bundles hold, read once for each database: a bundle never changes."""

import json
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from service.engine.model import Process
from service.queries import texts as words
from service.queries.texts import Text, Texts
from service.runtime import definitions
from service.store import definitions as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Value = TypeVar("Value")
KEPT = 512


class Kept(Generic[Value]):
    """What `read(session, *key)` gave, by key: the last ones used, for each database. Safe between threads."""

    def __init__(self, read: Callable[..., Value]) -> None:
        self._read = read
        self._of: WeakKeyDictionary[object, OrderedDict[Hashable, Value]] = WeakKeyDictionary()
        self._lock = Lock()

    def __call__(self, session: "Session", *key: Hashable) -> Value:
        """What stands under that key."""
        with self._lock:
            kept = self._of.setdefault(session.get_bind(), OrderedDict())
            if key in kept:
                kept.move_to_end(key)
                return kept[key]
        value = self._read(session, *key)
        with self._lock:
            kept[key] = value
            while len(kept) > KEPT:
                kept.popitem(last=False)
        return value


@dataclass(frozen=True, slots=True)
class FormFiles:
    """A form as a deployment holds it, with the bundle's texts for one reader."""

    schema: Mapping[str, Any]
    ui: Mapping[str, Any]
    schema_file: str
    ui_file: str
    texts: Texts


def _texts(session: "Session", workspace_id: str, digest: str, language: str) -> Texts:
    return words.texts(session, workspace_id, digest, language)


def _json(session: "Session", workspace_id: str, digest: str, name: str) -> Mapping[str, Any] | None:
    content = store.file(session, workspace_id, digest, name)
    found = None if content is None else json.loads(content)
    return found if isinstance(found, dict) else None


texts = Kept(_texts)
"""The texts of a bundle for a reader: (session, workspace id, digest, language)."""

_file = Kept(_json)


def form(
    session: "Session", workspace_id: str, digest: str, names: tuple[str | None, str | None], language: str
) -> FormFiles | None:
    """A form of a bundle by the names of its schema and its `ui:` file; None where there is none."""
    schema_file, ui_file = names
    schema = schema_file and _file(session, workspace_id, digest, schema_file)
    if not schema_file or not schema:
        return None
    ui = _file(session, workspace_id, digest, ui_file) if ui_file else None
    return FormFiles(schema, ui or {}, schema_file, ui_file or "", texts(session, workspace_id, digest, language))


def process(session: "Session", workspace_id: str, digest: str, process_key: str) -> Process:
    """What the author of a deployed process drew."""
    return definitions.drawn(definitions.by_digest(session, workspace_id, digest, process_key))


def process_name(session: "Session", workspace_id: str, digest: str, process_key: str, language: str) -> Text:
    """What a deployed process is called."""
    drawn = process(session, workspace_id, digest, process_key)
    return texts(session, workspace_id, digest, language).of(drawn.id, drawn.name)
