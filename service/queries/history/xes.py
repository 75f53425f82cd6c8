"""The journal as XES (IEEE 1849-2016): a trace for each case, in it an event for each entry of its stream.

What belongs to no case (roles, deployments) is in no trace, and not in the file. Who did something is told by role.
"""

import json
import re
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from service.domain.history import WITHHELD, milestone
from service.domain.journal import instant
from service.queries.history.places import Places
from service.queries.history.selection import Record, Selection

EXTENSIONS = {"Concept": "concept", "Time": "time", "Lifecycle": "lifecycle", "Organizational": "org"}
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""


class Xes:
    """Writes XES, an event at a time."""

    objects = None

    def __init__(self, path: Path, places: Places, workspace_id: str, selection: Selection) -> None:
        self._file, self._places = path.open("w", encoding="utf-8", newline="\n"), places
        self._stream, self._open = "", False
        self._head(workspace_id, selection)

    def take(self, record: Record) -> None:
        """Write one entry, where it is of a case and wanted."""
        if record.owner != "case":
            return
        entry = record.entry
        if entry["stream"] != self._stream:
            self._end_trace()
            self._stream = entry["stream"]
            self._places.begin()
        place = self._places.of(entry)
        if record.wanted:
            if not self._open:
                self._begin_trace()
            self._event(entry, place)

    def close(self) -> None:
        """Nothing comes any more."""
        self._end_trace()
        self._file.write("</log>\n")
        self._file.close()

    def leave(self) -> None:
        """Let go of a file that will not be finished."""
        self._file.close()

    def _head(self, workspace_id: str, selection: Selection) -> None:
        out = self._file.write
        out('<?xml version="1.0" encoding="UTF-8"?>\n')
        out('<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">\n')
        for name, prefix in EXTENSIONS.items():
            out(f'<extension name="{name}" prefix="{prefix}" uri="http://www.xes-standard.org/{prefix}.xesext"/>\n')
        out(f'<global scope="trace">{_attribute("concept:name", "")}</global>\n')
        everywhere = {"concept:name": "", "lifecycle:transition": "complete", "kind": "", "seq": 0}
        said = "".join(_attribute(name, value) for name, value in everywhere.items())
        said += '<date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/>'
        out(f'<global scope="event">{said}</global>\n')
        out('<classifier name="Activity" scope="event" keys="concept:name"/>\n')
        out('<classifier name="Transition" scope="event" keys="concept:name lifecycle:transition"/>\n')
        out('<classifier name="Kind" scope="event" keys="kind"/>\n')
        asked: dict[str, str | datetime | None] = {
            "concept:name": workspace_id,
            "process": selection.process,
            "since": selection.since,
            "until": selection.until,
        }
        for name, value in asked.items():
            if isinstance(value, datetime):
                out(f'<date key="{name}" value="{instant(value)}"/>\n')
            elif value is not None:
                out(_attribute(name, value) + "\n")

    def _begin_trace(self) -> None:
        self._open = True
        self._file.write("<trace>" + _attribute("concept:name", self._stream))
        if self._places.root:
            self._file.write(_attribute("process", self._places.root))
        self._file.write("\n")

    def _end_trace(self) -> None:
        if self._open:
            self._file.write("</trace>\n")
        self._open = False

    def _event(self, entry: dict[str, Any], place: dict[str, str]) -> None:
        told = {
            "concept:name": place.get("name") or place.get("activity") or entry["kind"],
            "lifecycle:transition": milestone(entry["kind"]),
            "org:role": entry.get("role"),
            "org:group": entry.get("on_behalf"),
            "kind": entry["kind"],
            "seq": entry["seq"],
        }
        told |= {name: value for name, value in entry["data"].items() if name not in WITHHELD}
        told |= {name: place[name] for name in ("process", "activity") if name in place}
        said = [_attribute(name, value) for name, value in told.items() if value is not None]
        said.insert(1, f'<date key="time:timestamp" value="{escape(entry["at"])}"/>')
        self._file.write(f"<event>{''.join(said)}</event>\n")


def _attribute(key: str, value: Any) -> str:
    """An attribute of the type that the value has; what has parts is told as JSON."""
    kind = {bool: "boolean", int: "int", float: "float"}.get(type(value), "string")
    if kind == "boolean":
        text = "true" if value else "false"
    elif kind == "string" and not isinstance(value, str):
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    else:
        text = str(value)
        kind = "date" if kind == "string" and key.endswith("_at") and _is_moment(text) else kind
    return f'<{kind} key="{escape(key)}" value="{_written(text)}"/>'


def _is_moment(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", text) is not None


def _written(text: str) -> str:
    """As an attribute's value holds it; line breaks too, which a reader would else turn into spaces."""
    kept = escape(UNWRITABLE.sub("\ufffd", text))
    return kept.replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
