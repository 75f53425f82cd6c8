"""Whatever the journal holds: every event log counts the same, and breaks no rule of its standard."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints
from xml.etree import ElementTree

import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.domain.facts import Fact
from service.domain.history import things
from service.domain.journal import By, Head, envelope
from service.domain.kinds import KINDS
from service.queries.history.lines import Lines
from service.queries.history.ocel import OcelTables
from service.queries.history.ocel_json import OcelJson
from service.queries.history.places import Places
from service.queries.history.selection import Record, Selection
from service.queries.history.xes import Xes
from service.store import db
from tests.app.house import START, House, one_house
from tests.support.event_logs import XES, ocel_faults, tables_faults, xes_faults

__all__ = ["one_house"]
IDS = st.sampled_from(["019a", "019b", "019c", "ä<&\"'"])
MOMENTS = st.just("2026-01-05T08:00:00.000000Z")
TEXTS = st.one_of(IDS, st.text(max_size=8), MOMENTS)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type."""
    if isinstance(hint, UnionType):
        return st.one_of([values(one) for one in get_args(hint)])
    if hint is NoneType:
        return st.none()
    if hint in (bool, int):
        return st.booleans() if hint is bool else st.integers(0, 10**6)
    if hint is Any:
        return JSON
    text = str(hint)
    if "tuple" in text and "Mapping" not in text:
        return st.lists(TEXTS, max_size=3).map(tuple)
    return st.dictionaries(TEXTS, JSON, max_size=2) if "Mapping" in text else TEXTS


def of_field(shape: type[Fact], name: str) -> st.SearchStrategy[Any]:
    return MOMENTS if name.endswith("_at") else values(get_type_hints(shape)[name])


def facts() -> st.SearchStrategy[Fact]:
    return st.sampled_from(sorted(KINDS.values(), key=lambda it: it.KIND)).flatmap(
        lambda shape: st.builds(shape, **{it.name: of_field(shape, it.name) for it in fields(shape)})
    )


@st.composite
def journals(draw: st.DrawFn) -> list[Record]:
    """The streams of a workspace and of some cases."""
    found = []
    for stream in ("pogi", *draw(st.lists(st.uuids().map(str), max_size=3, unique=True))):
        for seq, fact in enumerate(draw(st.lists(facts(), max_size=6))):
            by = By("019p", "cli", draw(st.none() | TEXTS), draw(st.none() | IDS))
            entry = envelope(Head(stream, seq), kind=fact.KIND, v=fact.V, by=by, now=START, data=fact.data())
            body = rfc8785.dumps(entry)
            owner = "workspace" if stream == "pogi" else "case"
            found.append(Record(json.loads(body), body, owner, draw(st.booleans() | st.just(True))))
    return found


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(records=journals())
def test_every_format_counts_what_the_journal_holds(one_house: House, folder: Path, records: list[Record]):
    files = {suffix: folder / f"log.{suffix}" for suffix in ("jsonl", "xes", "json", "sqlite")}
    with db.reading() as session:

        def places() -> Places:
            return Places(session, "pogi")

        for file in files.values():
            file.unlink(missing_ok=True)
        for writer in (
            Lines(files["jsonl"]),
            Xes(files["xes"], places(), "pogi", Selection()),
            OcelJson(files["json"], places()),
            OcelTables(files["sqlite"], places()),
        ):
            for record in records:
                writer.take(record)
            writer.close()
    wanted = [it for it in records if it.wanted]
    named = {(thing.type, thing.id) for it in wanted for thing in things(it.entry, it.owner)}
    assert files["jsonl"].read_bytes().split(b"\n")[:-1] == [it.body for it in wanted]
    counts = (len([it for it in wanted if it.owner == "case"]), len({it.entry["stream"] for it in wanted} - {"pogi"}))
    log = ElementTree.parse(files["xes"]).getroot()
    assert (len(log.findall(f"{XES}trace/{XES}event")), len(log.findall(f"{XES}trace"))) == counts
    told = json.loads(files["json"].read_text())
    assert (len(told["events"]), {(it["type"], it["id"]) for it in told["objects"]}) == (len(wanted), named)
    database = sqlite3.connect(files["sqlite"])
    rows = [database.execute(f"SELECT count(*) FROM {it}").fetchone()[0] for it in ("event", "object")]  # noqa: S608 - ours
    database.close()
    assert rows == [len(wanted), len(named)]
    assert [*xes_faults(files["xes"]), *ocel_faults(files["json"]), *tables_faults(files["sqlite"])] == []
