"""The journal as OCEL 2.0 in JSON: the tables written out, a row at a time."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

from service.queries.history.ocel import COLUMNS, OcelTables
from service.queries.history.places import Places
from service.queries.history.selection import Record

TYPES = {column: name for name, column in COLUMNS.items()}
Columns = Mapping[str, str]
"""The attributes of a type, with the types of their values."""


class OcelJson:
    """Writes OCEL 2.0 as JSON. The tables lie beside it meanwhile: an object is told once, with all that is said of it."""

    objects = 0

    def __init__(self, path: Path, places: Places) -> None:
        self._path, self._beside = path, TemporaryDirectory(dir=path.parent)
        self._spool = Path(self._beside.name) / "tables.sqlite"
        self._tables = OcelTables(self._spool, places)

    def take(self, record: Record) -> None:
        """Write one entry, where it is wanted."""
        self._tables.take(record)

    def close(self) -> None:
        """Nothing comes any more."""
        self.objects = self._tables.objects
        self._tables.close()
        database = sqlite3.connect(self._spool)
        try:
            with self._path.open("w", encoding="utf-8") as file:
                _Writing(database, file).all()
        finally:
            database.close()
            self._beside.cleanup()

    def leave(self) -> None:
        """Let go of a file that will not be finished."""
        self._tables.leave()
        self._beside.cleanup()


class _Writing:
    def __init__(self, database: sqlite3.Connection, file: TextIO) -> None:
        self._database, self._file = database, file
        self._tables: dict[str, dict[str, tuple[str, Columns]]] = {it: self._types(it) for it in ("event", "object")}

    def all(self) -> None:
        parts = {
            "objectTypes": self._told_types("object"),
            "eventTypes": self._told_types("event"),
            "objects": self._objects(),
            "events": self._events(),
        }
        for place, (name, rows) in enumerate(parts.items()):
            self._file.write(f'{"," if place else "{"}\n"{name}": [')
            for number, row in enumerate(rows):
                self._file.write(
                    (",\n" if number else "\n") + json.dumps(row, ensure_ascii=False, separators=(",", ":"))
                )
            self._file.write("\n]")
        self._file.write("\n}\n")

    def _types(self, what: str) -> dict[str, tuple[str, Columns]]:
        """The table and the attributes of each type."""
        found: dict[str, tuple[str, Columns]] = {}
        rows = self._database.execute(f"SELECT ocel_type, ocel_type_map FROM {what}_map_type ORDER BY 1")  # noqa: S608
        for name, mapped in rows:
            columns = self._database.execute(f'PRAGMA table_info("{what}_{mapped}")').fetchall()
            own = {column[1]: TYPES[column[2]] for column in columns if not column[1].startswith("ocel_")}
            found[name] = (f"{what}_{mapped}", own)
        return found

    def _told_types(self, what: str) -> Iterator[dict[str, Any]]:
        for name, (_, columns) in self._tables[what].items():
            yield {"name": name, "attributes": [{"name": key, "type": of} for key, of in columns.items()]}

    def _objects(self) -> Iterator[dict[str, Any]]:
        for key, of in self._database.execute("SELECT ocel_id, ocel_type FROM object ORDER BY rowid"):
            table, columns = self._tables["object"][of]
            said = []
            for _, at, _, *values in self._rows(table, key):
                for (name, kind), value in zip(columns.items(), values, strict=True):
                    if value is not None:
                        said.append({"name": name, "time": at, "value": _value(kind, value)})
            bonds = self._database.execute(
                "SELECT ocel_target_id, ocel_qualifier FROM object_object WHERE ocel_source_id = ?", (key,)
            )
            yield {"id": key, "type": of, "attributes": said, "relationships": _related(bonds)}

    def _events(self) -> Iterator[dict[str, Any]]:
        """The relations of an event were written with it, so that both lists run in step."""
        events = self._database.execute("SELECT ocel_id, ocel_type FROM event ORDER BY rowid")
        related = self._database.execute(
            "SELECT ocel_event_id, ocel_object_id, ocel_qualifier FROM event_object ORDER BY rowid"
        )
        for (key, of), (_, bonds) in zip(events, groupby(related, key=lambda row: row[0]), strict=True):
            table, columns = self._tables["event"][of]
            ((_, at, *values),) = self._rows(table, key)
            told = zip(columns.items(), values, strict=True)
            said = [{"name": name, "value": _value(kind, it)} for (name, kind), it in told if it is not None]
            ways = _related((target, qualifier) for _, target, qualifier in bonds)
            yield {"id": key, "type": of, "time": at, "attributes": said, "relationships": ways}

    def _rows(self, table: str, key: str) -> list[tuple[Any, ...]]:
        statement = f'SELECT * FROM "{table}" WHERE ocel_id = ? ORDER BY rowid'  # noqa: S608 - names of ours
        return self._database.execute(statement, (key,)).fetchall()


def _related(rows: Any) -> list[dict[str, str]]:
    return [{"objectId": target, "qualifier": qualifier} for target, qualifier in rows]


def _value(kind: str, value: Any) -> Any:
    return bool(value) if kind == "boolean" else value
