"""What the journal says of the rows that are kept beside it, gathered entry by entry."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

Entry = Mapping[str, Any]
Key = tuple[str | int, ...]
Row = dict[str, "Said"]


@dataclass(frozen=True, slots=True)
class Said:
    """What a column holds, and the entry that says so. `beside` are the last words of other streams that it cannot be told
    apart from: which of them was written last, entries of several streams do not say."""

    value: Any
    entry: Entry
    beside: "tuple[Said, ...]" = ()


APART = timedelta(minutes=1)
"""Entries of two streams that lie so far apart were written in that order. Nearer ones may not have been: the clocks of
machines differ, a step that began first may wait for another, and a demonstration's clock stands still."""


@dataclass(frozen=True, slots=True)
class Either:
    """A column that may hold one of these: the journal does not say which."""

    values: tuple[Any, ...]


class Outside(frozenset[str]):
    """A row that names nothing says the same as an entry that names what was never there: none of these."""


UNKNOWN = object()
"""In the place of a value: the entry was written before such entries held it."""


@dataclass(slots=True)
class Copies:
    """The rows that entries tell of, by table and key, column by column as far as they tell.

    `gone` are rows that they say were removed, `active` the instances of each stream that go on. `causes` has, by stream, what moved the case last, and `beside` what has
    followed from it: an operation is told behind what it did.
    """

    workspace_id: str = ""
    rows: dict[str, dict[Key, Row]] = field(default_factory=dict)
    gone: dict[str, dict[Key, Entry]] = field(default_factory=dict)
    active: dict[str, set[str]] = field(default_factory=dict)
    causes: dict[str, Entry] = field(default_factory=dict)
    beside: dict[str, list[Entry]] = field(default_factory=dict)

    def say(self, entry: Entry, table: str, *key: str | int, **columns: Any) -> None:
        """A row holds these values since that entry."""
        row = self.rows.setdefault(table, {}).setdefault(key, {})
        row.update({name: Said(value, entry, _near(row.get(name), entry)) for name, value in columns.items()})
        self.gone.get(table, {}).pop(key, None)

    def remove(self, entry: Entry, table: str, *key: str | int) -> None:
        """A row is gone since that entry."""
        self.rows.get(table, {}).pop(key, None)
        self.gone.setdefault(table, {})[key] = entry

    def value(self, table: str, key: Key, column: str) -> Any:
        """What a column holds, as far as that was told; None where nothing was."""
        said = self.rows.get(table, {}).get(key, {}).get(column)
        return None if said is None else said.value

    def of(self, table: str) -> Iterator[tuple[Key, Row]]:
        """The rows of a table that were told of, and stand when this is called."""
        yield from list(self.rows.get(table, {}).items())

    def where(self, table: str, **columns: Any) -> list[Key]:
        """The keys of the rows of a table that hold these values."""
        return [
            key
            for key, row in self.of(table)
            if all(name in row and row[name].value == value for name, value in columns.items())
        ]

    def answers(self, entry: Entry) -> Mapping[str, Any]:
        """What was answered to the task whose completion an entry came of; nothing where it came of none."""
        cause = self.causes.get(entry["stream"])
        if cause is None or cause["kind"] != "task.completed" or cause["at"] != entry["at"]:
            return {}
        found: Mapping[str, Any] = cause["data"].get("answers", {})
        return found

    def given_at(self, entry: Entry) -> str:
        """When the answers were given that an entry came of, which an incident may have kept for a while; else its time."""
        cause = self.causes.get(entry["stream"])
        moment: str = entry["at"]
        return moment if cause is None or cause["at"] != moment else cause["data"].get("answered_at", moment)

    def followed(self, entry: Entry, kind: str) -> list[Entry]:
        """The entries of a kind that stand between an entry and what moved the case before it."""
        return [it for it in self.beside.get(entry["stream"], ()) if it["kind"] == kind]


def _near(before: Said | None, entry: Entry) -> tuple[Said, ...]:
    """What was said of the same before, by other streams and at about the same time."""
    others = () if before is None else (replace(before, beside=()), *before.beside)
    return tuple(it for it in others if it.entry["stream"] != entry["stream"] and _together(it.entry, entry))


def _together(one: Entry, other: Entry) -> bool:
    return abs(datetime.fromisoformat(one["at"]) - datetime.fromisoformat(other["at"])) < APART


Tell = Callable[[Copies, Entry, Mapping[str, Any]], None]
"""Takes up an entry of one kind: what was told so far, the entry, and its data."""
