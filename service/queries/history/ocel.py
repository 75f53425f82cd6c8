"""The journal as OCEL 2.0 in SQLite: an event for each entry, an object for each thing that entries name.

What is said of an object by the entry that names it first stands from the beginning, as the standard has it at
1970-01-01; what is said later is a change at its time.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from service.domain.history import ATTRIBUTES, Thing, Type, attributes, bonds, said, things
from service.queries.history.places import Places
from service.queries.history.selection import Record

BEGINNING = "1970-01-01T00:00:00.000000Z"
COLUMNS: Mapping[Type, str] = {"string": "TEXT", "time": "TIMESTAMP", "integer": "INTEGER", "boolean": "BOOLEAN"}
OF_EVERY_EVENT: Mapping[str, Type] = {"seq": "integer", "by_role": "string"}
OF_A_PLACE: Mapping[str, Type] = {"in_process": "string", "at_activity": "string", "activity_name": "string"}

FRAME = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL UNIQUE);
CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL UNIQUE);
CREATE TABLE event (
  ocel_id TEXT PRIMARY KEY,
  ocel_type TEXT NOT NULL REFERENCES event_map_type (ocel_type)
);
CREATE TABLE object (
  ocel_id TEXT PRIMARY KEY,
  ocel_type TEXT NOT NULL REFERENCES object_map_type (ocel_type)
);
CREATE TABLE event_object (
  ocel_event_id TEXT NOT NULL REFERENCES event (ocel_id),
  ocel_object_id TEXT NOT NULL REFERENCES object (ocel_id),
  ocel_qualifier TEXT NOT NULL,
  PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier)
);
CREATE TABLE object_object (
  ocel_source_id TEXT NOT NULL REFERENCES object (ocel_id),
  ocel_target_id TEXT NOT NULL REFERENCES object (ocel_id),
  ocel_qualifier TEXT NOT NULL,
  PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier)
);
"""


class OcelTables:
    """Writes OCEL 2.0 tables into a new file."""

    def __init__(self, path: Path, places: Places) -> None:
        self._database, self._places = sqlite3.connect(path, isolation_level=None), places
        self._database.executescript(FRAME)
        self._database.execute("BEGIN")
        self._stream, self._types, self._events = "", set[str](), dict[str, dict[str, Type]]()
        self.objects = 0

    def take(self, record: Record) -> None:
        """Write one entry, where it is wanted."""
        entry = record.entry
        if entry["stream"] != self._stream:
            self._stream = entry["stream"]
            self._places.begin()
        place = self._places.of(entry)
        if not record.wanted:
            return
        event = f"{entry['stream']}:{entry['seq']}"
        self._event(event, entry, place)
        named = list(things(entry, record.owner))
        for thing in named:
            self._object(thing, said(entry, thing, record.owner), entry["at"])
        self._database.executemany(
            "INSERT OR IGNORE INTO event_object VALUES (?, ?, ?)", [(event, it.id, it.qualifier) for it in named]
        )
        self._database.executemany("INSERT OR IGNORE INTO object_object VALUES (?, ?, ?)", bonds(entry, named))

    def close(self) -> None:
        """Nothing comes any more."""
        self._database.execute("COMMIT")
        self._database.close()

    def leave(self) -> None:
        """Let go of a file that will not be finished."""
        self._database.close()

    def _event(self, event: str, entry: dict[str, Any], place: dict[str, str]) -> None:
        kind = entry["kind"]
        if kind not in self._events:
            self._events[kind] = {**OF_EVERY_EVENT, **OF_A_PLACE, **attributes(kind)}
            self._type("event", kind, self._events[kind])
        own = {"in_process": "process", "at_activity": "activity", "activity_name": "name"}
        values: dict[str, Any] = {"seq": entry["seq"], "by_role": entry.get("role")}
        values |= {name: place.get(key) for name, key in own.items()} | entry["data"]
        self._database.execute("INSERT INTO event VALUES (?, ?)", (event, kind))
        row = [event, entry["at"], *(_stored(values.get(name)) for name in self._events[kind])]
        self._insert(f"event_{mapped(kind)}", row)

    def _object(self, thing: Thing, told: Mapping[str, Any], at: str) -> None:
        known = ATTRIBUTES.get(thing.type, {})
        table = f"object_{mapped(thing.type)}"
        if thing.type not in self._types:
            self._types.add(thing.type)
            self._type("object", thing.type, known)
        made = self._database.execute("INSERT OR IGNORE INTO object VALUES (?, ?)", (thing.id, thing.type))
        if made.rowcount == 1:
            self.objects += 1
            self._insert(table, [thing.id, BEGINNING, None, *(_stored(told.get(name)) for name in known)])
            return
        for changed, value in told.items():
            row = [thing.id, at, changed, *(_stored(value) if name == changed else None for name in known)]
            self._insert(table, row)

    def _type(self, what: str, name: str, columns: Mapping[str, Type]) -> None:
        """A type's own table, with a column for each attribute. Every name in it is ours."""
        if what == "event":
            own = "ocel_id TEXT PRIMARY KEY REFERENCES event (ocel_id), ocel_time TIMESTAMP NOT NULL"
        else:
            own = "ocel_id TEXT NOT NULL REFERENCES object (ocel_id), ocel_time TIMESTAMP NOT NULL, ocel_changed_field TEXT"
        said = "".join(f', "{column}" {COLUMNS[of]}' for column, of in columns.items())
        self._database.execute(f'CREATE TABLE "{what}_{mapped(name)}" ({own}{said})')
        if what == "object":
            self._database.execute(f'CREATE INDEX "ix_{mapped(name)}" ON "object_{mapped(name)}" (ocel_id)')
        self._database.execute(f"INSERT INTO {what}_map_type VALUES (?, ?)", (name, mapped(name)))  # noqa: S608 - ours

    def _insert(self, table: str, row: Iterable[Any]) -> None:
        values = list(row)
        marks = ", ".join("?" * len(values))
        self._database.execute(f'INSERT INTO "{table}" VALUES ({marks})', values)  # noqa: S608 - names of ours


def mapped(name: str) -> str:
    """What the table of a type is called: `task.completed` → `TaskCompleted`."""
    return "".join(part[:1].upper() + part[1:] for part in name.replace("_", ".").replace(" ", ".").split("."))


def _stored(value: Any) -> Any:
    """A value as a column holds it; what has parts as JSON."""
    if value is None or isinstance(value, str | int | float):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
