"""Definitions as the engine wants them: by digest, in force, and the decision tables that belong to them."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from service.domain.errors import DefinitionAltered, DefinitionNotFound
from service.domain.messages import Waits
from service.engine import decisions, process_of
from service.engine.model import Element, Process
from service.engine.shapes import Definition
from service.runtime import sources
from service.store import definitions as store
from service.store.tables import InForce, Instance

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

KEPT = 512
CATCHING = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent", "receiveTask"})


class _Cache:
    """Definitions by (workspace, digest, process): deployed ones never change, so none grows stale."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str, str], Definition] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[str, str, str]) -> Definition | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: tuple[str, str, str], definition: Definition) -> None:
        with self._lock:
            self._kept[key] = definition
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)


# One cache per database: a process may serve several, as the tests' does.
_caches: WeakKeyDictionary[object, _Cache] = WeakKeyDictionary()


def by_digest(session: "Session", workspace_id: str, digest: str, process_key: str) -> Definition:
    """A deployed definition to be looked at, as the files of its bundle have it; where these were changed since, what was
    compiled of them. Raises `DefinitionNotFound`."""
    try:
        return to_run(session, workspace_id, digest, process_key)
    except DefinitionAltered:
        compiled = store.compiled(session, workspace_id, digest, process_key)
        assert compiled is not None, "its files were looked at"
        return Definition(digest, process_key, compiled)


def to_run(session: "Session", workspace_id: str, digest: str, process_key: str) -> Definition:
    """A deployed definition that a case may move on. Raises `DefinitionNotFound`, and `DefinitionAltered` where the files of
    its bundle were changed since."""
    cache = _caches.setdefault(session.get_bind(), _Cache())
    key = (workspace_id, digest, process_key)
    definition = cache.get(key)
    if definition is None:
        definition = Definition(digest, process_key, sources.trusted(session, *key))
        cache.put(key, definition)
    return definition


def in_force(session: "Session", workspace_id: str, process_key: str) -> Definition:
    """The version of a process that a call takes now. Raises `DefinitionNotFound`."""
    row = store.in_force(session, workspace_id, process_key)
    if row is None:
        raise DefinitionNotFound(key=process_key)
    return by_digest(session, workspace_id, row.bundle_digest, process_key)


def to_start(session: "Session", workspace_id: str, key: str) -> InForce:
    """What `key` starts now: the process of that id, else the first process of the bundle of that key.

    Raises `DefinitionNotFound`.
    """
    row = store.in_force(session, workspace_id, key) or store.start_of(session, workspace_id, key)
    if row is None:
        raise DefinitionNotFound(key=key)
    return row


def drawn(definition: Definition) -> Process:
    """What the author drew."""
    return process_of(definition.compiled)[0]


def properties(session: "Session", instance: Instance, name: str) -> Mapping[str, str]:
    """The values of one property of ours in the process that an instance runs, by the id of the activity."""
    return properties_of(session, instance.workspace_id, instance.bundle_digest, instance.process_key, name)


def properties_of(session: "Session", workspace_id: str, digest: str, process_key: str, name: str) -> Mapping[str, str]:
    """The values of one property of ours in a deployed process, by the id of the activity."""
    return _properties(by_digest(session, workspace_id, digest, process_key).compiled, name)


@lru_cache(maxsize=KEPT)
def _properties(compiled: bytes, name: str) -> Mapping[str, str]:
    return {
        element.id: element.properties[name]
        for element in process_of(compiled)[0].elements
        if element.properties.get(name)
    }


def kinds(session: "Session", workspace_id: str, digest: str, process_key: str) -> Mapping[str, tuple[str, str]]:
    """The kind of every element of a deployed process and the scope that it stands in, by its id."""
    return _kinds(by_digest(session, workspace_id, digest, process_key).compiled)


@lru_cache(maxsize=KEPT)
def _kinds(compiled: bytes) -> Mapping[str, tuple[str, str]]:
    return {element.id: (element.kind, element.scope) for element in process_of(compiled)[0].elements}


def roles_drawn(process: Process) -> tuple[str, ...]:
    """What a process calls the roles of its tasks, in the order of the drawing, each once."""
    names = (
        element.properties.get("candidateRole") or element.lane
        for element in process.elements
        if element.kind in ("userTask", "manualTask") and not (element.loop and "candidateFrom" in element.properties)
    )
    return tuple(dict.fromkeys(name for name in names if name))


def start_form(process: Process) -> str | None:
    """The name of the form that a start asks for, where the process has one."""
    return next(
        (
            element.properties["formJsonSchemaFilename"]
            for element in process.elements
            if element.kind == "startEvent"
            and element.scope == process.id
            and element.properties.get("formJsonSchemaFilename")
        ),
        None,
    )


def calls(session: "Session", workspace_id: str) -> dict[str, frozenset[str]]:
    """The processes in force and which processes each of them calls: what a check follows calls into."""
    return {
        row.process_key: frozenset(
            element.called
            for element in drawn(by_digest(session, workspace_id, row.bundle_digest, row.process_key)).elements
            if element.called
        )
        for row in store.all_in_force(session, workspace_id)
    }


@dataclass(frozen=True, slots=True)
class Taker:
    """An event of a process in force that takes a message, or that begins the process with one. `waits`: with which
    correlation values."""

    definition: Definition
    element: Element
    row: InForce
    waits: Waits

    @property
    def begins(self) -> bool:
        """Whether the message begins a case."""
        return self.element.kind == "startEvent" and self.element.scope == self.definition.process_key

    @property
    def role(self) -> str | None:
        """Whose event it is, as drawn."""
        return self.element.properties.get("candidateRole") or self.element.lane

    @property
    def form(self) -> str | None:
        """The form by which it takes what the message holds."""
        return self.element.properties.get("formJsonSchemaFilename")


def takers(session: "Session", workspace_id: str, message: str) -> list[Taker]:
    """The events of the processes in force that take messages of that name; first those with which a process begins."""
    found = []
    for row in store.all_in_force(session, workspace_id):
        definition = by_digest(session, workspace_id, row.bundle_digest, row.process_key)
        found += [Taker(definition, it, row, waits) for it, waits in _catching(definition.compiled).get(message, ())]
    return sorted(found, key=lambda taker: not taker.begins)


def still_waits(session: "Session", workspace_id: str, message: str) -> list[Waits]:
    """With which correlation values the events wait that take messages of that name, in every version that still runs."""
    return [
        waits
        for digest, process_key in store.running(session, workspace_id)
        for _, waits in _catching(by_digest(session, workspace_id, digest, process_key).compiled).get(message, ())
    ]


@lru_cache(maxsize=KEPT)
def _catching(compiled: bytes) -> Mapping[str, tuple[tuple[Element, Waits], ...]]:
    found: dict[str, tuple[tuple[Element, Waits], ...]] = {}
    process, messages = process_of(compiled)
    known = {message.name: frozenset(message.correlations) for message in messages}
    for element in process.elements:
        for event in element.events if element.kind in CATCHING else ():
            if event.kind == "message" and event.name:
                own = frozenset(event.correlations)
                waits = Waits(own, frozenset() if own else known.get(event.name, frozenset()))
                found[event.name] = (*found.get(event.name, ()), (element, waits))
    return found


def decisions_of(bundle: Mapping[str, bytes]) -> dict[str, str]:
    """The decisions of a bundle's files, by key, and the file that each stands in."""
    files = tuple((name, data) for name, data in bundle.items() if name.endswith(".dmn"))
    tables = {name: decisions.load(data, files) for name, data in files}
    return {key: name for name, table in tables.items() for key in table.keys()}  # noqa: SIM118 - no mapping
