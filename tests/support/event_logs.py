"""What the standards ask of an event log, as far as a file can break it: XES (IEEE 1849-2016), OCEL 2.0 JSON and SQLite.

Each checker gives the faults that it finds, in words.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

XES = "{http://www.xes-standard.org/}"
NAME = re.compile(r"[A-Za-z_:][\w:.-]*")
NCNAME = re.compile(r"[A-Za-z_][\w.-]*")
ORDER = ["extension", "global", "classifier", "attribute", "trace", "event"]
VALUES = {
    "string": lambda text: True,
    "id": lambda text: True,
    "int": lambda text: -(2**63) <= int(text) < 2**63,
    "float": lambda text: float(text) is not None,
    "boolean": lambda text: text in ("true", "false", "0", "1"),
    "date": lambda text: datetime.fromisoformat(text).tzinfo is not None,
}
TRANSITIONS = {
    "assign",
    "ate_abort",
    "autoskip",
    "complete",
    "manualskip",
    "pi_abort",
    "reassign",
    "resume",
    "schedule",
    "start",
    "suspend",
    "unknown",
    "withdraw",
}
STANDARD = {"concept:name", "time:timestamp", "lifecycle:transition", "org:role", "org:group"}
OCEL_TYPES = {"string": str, "time": str, "integer": int, "float": float, "boolean": bool}


def xes_faults(path: Path) -> list[str]:
    """What is wrong with a file as XES."""
    log = ElementTree.parse(path).getroot()
    faults = [] if log.tag == f"{XES}log" else [f"the root is {log.tag}"]
    if not re.fullmatch(r"\d+(\.\d+)?", log.get("xes.version", "")):
        faults.append("the version is no decimal number")
    faults += _order("log", [_kind(it) for it in log], ORDER)
    prefixes = {it.get("prefix") for it in log.findall(f"{XES}extension")}
    for it in log.iter():
        kind = _kind(it)
        if kind == "attribute":
            faults += _attribute(it, prefixes)
        elif kind == "trace":
            faults += _order("trace", [_kind(one) for one in it], ["attribute", "event"])
        elif kind == "extension":
            faults += [f"extension without {key}" for key in ("name", "prefix", "uri") if not it.get(key)]
        elif kind == "classifier":
            faults += [] if NCNAME.fullmatch(it.get("name", "")) and it.get("keys") else ["a classifier without keys"]
        elif kind not in ("log", "global", "event"):
            faults.append(f"an element {it.tag}")
    return faults + _globals(log)


def _globals(log: ElementTree.Element) -> list[str]:
    """What is declared for every trace or event is there; classifiers are made of that."""
    faults = []
    everywhere = {scope.get("scope"): {it.get("key") for it in scope} for scope in log.findall(f"{XES}global")}
    for scope, keys in everywhere.items():
        for it in log.iter(f"{XES}{scope}"):
            own = [one.get("key") for one in it if _kind(one) == "attribute"]
            faults += [f"a {scope} without {key}" for key in keys - set(own)]
            faults += [f"a {scope} with {key} twice" for key in set(own) if own.count(key) > 1]
    for it in log.findall(f"{XES}classifier"):
        faults += [f"{key} is no global" for key in it.get("keys", "").split() if key not in everywhere["event"]]
    return faults


def _attribute(it: ElementTree.Element, prefixes: set[str | None]) -> list[str]:
    key, value, faults = it.get("key", ""), it.get("value"), []
    if not NAME.fullmatch(key):
        faults.append(f"the key {key!r} is no name")
    if ":" in key and (key not in STANDARD or key.partition(":")[0] not in prefixes):
        faults.append(f"no extension declares {key}")
    try:
        if value is None or not VALUES[it.tag.removeprefix(XES)](value):
            faults.append(f"{key} is no {it.tag}: {value}")
    except ValueError:
        faults.append(f"{key} is no {it.tag}: {value}")
    if key == "lifecycle:transition" and value not in TRANSITIONS:
        faults.append(f"there is no transition {value}")
    return faults


def _kind(it: ElementTree.Element) -> str:
    name = it.tag.removeprefix(XES)
    return "attribute" if name in VALUES else name


def _order(where: str, kinds: list[str], order: list[str]) -> list[str]:
    strange = [f"{it} in {where}" for it in kinds if it not in order]
    places = [order.index(it) for it in kinds if it in order]
    return strange + ([] if places == sorted(places) else [f"{where} is out of order"])


def ocel_faults(path: Path) -> list[str]:
    """What is wrong with a file as OCEL 2.0 in JSON."""
    log: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    faults = [] if set(log) == {"objectTypes", "eventTypes", "objects", "events"} else [f"it has {sorted(log)}"]
    types = {
        what: {it["name"]: {one["name"]: one["type"] for one in it["attributes"]} for it in log[f"{what}Types"]}
        for what in ("object", "event")
    }
    faults += [
        f"no type {of}" for its in types.values() for own in its.values() for of in own.values() if of not in OCEL_TYPES
    ]
    ids = [it["id"] for it in log["objects"]]
    known = set(ids)
    for what, rows in (("object", log["objects"]), ("event", log["events"])):
        names = [it["id"] for it in rows]
        faults += [f"an {what} twice"] if len(names) != len(set(names)) else []
        for row in rows:
            if row["type"] not in types[what]:
                faults.append(f"{row['id']} is of the unknown type {row['type']}")
                continue
            faults += _ocel_row(what, row, types[what][row["type"]], known)
    return faults


def _ocel_row(what: str, row: dict[str, Any], columns: dict[str, str], known: set[str]) -> Iterator[str]:
    wanted = {"id", "type", "attributes", "relationships"} | ({"time"} if what == "event" else set())
    if set(row) != wanted:
        yield f"{row['id']} has {sorted(row)}"
    for at in [row.get("time"), *(it.get("time") for it in row["attributes"])]:
        if at is not None and datetime.fromisoformat(at).tzinfo is None:
            yield f"{row['id']} has a time without zone"
    for it in row["attributes"]:
        if set(it) != {"name", "value"} | ({"time"} if what == "object" else set()):
            yield f"{row['id']} has an attribute with {sorted(it)}"
        if type(it["value"]) is not OCEL_TYPES.get(columns.get(it["name"], "")):
            yield f"{row['id']}: {it['name']} is {it['value']!r}"
        if columns.get(it["name"]) == "time":
            datetime.fromisoformat(it["value"])
    for it in row["relationships"]:
        if set(it) != {"objectId", "qualifier"} or it["objectId"] not in known:
            yield f"{row['id']} leads to {it}"


def tables_faults(path: Path) -> list[str]:
    """What is wrong with a file as OCEL 2.0 in SQLite."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return list(_tables_faults(database))
    finally:
        database.close()


def _tables_faults(database: sqlite3.Connection) -> Iterator[str]:
    def rows(statement: str) -> list[Any]:
        return database.execute(statement).fetchall()

    def columns(table: str) -> list[str]:
        return [row[1] for row in rows(f'PRAGMA table_info("{table}")')]

    frame = {
        "event": ["ocel_id", "ocel_type"],
        "object": ["ocel_id", "ocel_type"],
        "event_object": ["ocel_event_id", "ocel_object_id", "ocel_qualifier"],
        "object_object": ["ocel_source_id", "ocel_target_id", "ocel_qualifier"],
        "event_map_type": ["ocel_type", "ocel_type_map"],
        "object_map_type": ["ocel_type", "ocel_type_map"],
    }
    yield from (f"{name} has {columns(name)}" for name, own in frame.items() if columns(name) != own)
    yield from (f"a reference that leads nowhere: {row}" for row in rows("PRAGMA foreign_key_check"))
    there = {row[0] for row in rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for what, own in (("event", ["ocel_id", "ocel_time"]), ("object", ["ocel_id", "ocel_time", "ocel_changed_field"])):
        mapped = dict(rows(f"SELECT ocel_type, ocel_type_map FROM {what}_map_type"))  # noqa: S608 - one of two words
        there -= {f"{what}_{it}" for it in mapped.values()}
        for name, table in mapped.items():
            if columns(f"{what}_{table}")[: len(own)] != own:
                yield f"{what}_{table} begins with {columns(f'{what}_{table}')}"
            if not re.fullmatch(r"[A-Za-z0-9]+", table):
                yield f"{name} is called {table}"
            here = rows(f'SELECT ocel_id FROM {what} WHERE ocel_type = "{name}"')  # noqa: S608 - names of ours
            told = rows(f'SELECT DISTINCT ocel_id FROM "{what}_{table}"')  # noqa: S608 - names of ours
            if set(here) != set(told):
                yield f"{what}_{table} tells of {len(told)} of {len(here)}"
    yield from (f"a table {name}" for name in there - set(frame))
