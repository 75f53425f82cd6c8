"""Rows that say what the journal says too: whatever of them somebody changes is named, and nothing else is."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Date, DateTime, delete, insert, select

from service.domain import copies as told_by
from service.domain.copies import Copies
from service.queries import copies
from service.queries.copies import Difference, Found
from service.queries.copies.tables import APART, OF_CASES, OF_WORKSPACES, SHARED, Table
from service.store import cases, contents, journal
from service.store.moments import moment, session_on
from service.store.tables import Base
from tests.app.demonstration import Played, begun, played
from tests.app.tampering import changed, database, every, key, one, other, table

__all__ = ["begun", "played"]

TABLES = {**OF_CASES, **SHARED, **OF_WORKSPACES}
DERIVED = {
    "content": {
        "targets": ("title", "category"),
        **{name: said for name, said in contents.SAYS.items() if name != "targets"},
    },
    "text": {"target_versions": ("requirements",)},
    "target": {"target_versions": ("target_id",), "notices": ("target_id",)},
    "voters_hash": {"ballots": ("voters",)},
    "invited_count": {"hearings": ("invited",)},
    "points_count": {"hearing_responses": ("points",)},
    "letter": {},
    "candidate": {"tasks": ("candidate_organisation_id",)},
    "bytes": {},
    "size": {},
    "files": {},
    "goals": {},
    "seats": {},
    "leads": {},
    "opens": {"disclosures": ("value", "salt")},
}
"""What is compared beside columns, and the columns that it is made of."""

WORKSPACE = "pogi"


def compared() -> Found:
    """The whole workspace."""
    with moment() as connection, session_on(connection) as session:
        return copies.of_workspace(session, WORKSPACE)


def of_case(case_id: str) -> list[Difference]:
    with moment() as connection, session_on(connection) as session:
        entries = journal.entries(session, WORKSPACE, case_id)
        return copies.of_case(session, WORKSPACE, case_id, entries).differences


def places(found: list[Difference]) -> set[tuple[str, str | None]]:
    return {(it.table, it.column) for it in found}


def told() -> Copies:
    """What the journal tells of, with the columns that it vouches for."""
    with moment() as connection, session_on(connection) as session:
        streams = [WORKSPACE, *cases.ids(session, WORKSPACE)]
        entries = [it for stream in streams for it in journal.entries(session, WORKSPACE, stream)]
        return told_by.take(Copies(), WORKSPACE, sorted(entries, key=lambda it: str(it["at"])))


def changes(vouched: Copies, name: str, it: Table) -> list[tuple[dict[str, Any], str, Any]]:
    """One change for each column of a table that is compared: the row, the column, and another value."""
    found: dict[str, tuple[dict[str, Any], str, Any]] = {}
    model = it.model.__table__
    rows = {tuple(row[part] for part in it.key): row for row in every(name, WORKSPACE)}
    for row, columns in vouched.of(name):
        stands = rows[row]
        real = [part for column in columns for part in DERIVED.get(column, {}).get(name, (column,))]
        for column in real:
            if column not in model.c or column in it.key or column == it.by:
                continue
            before = stands[column]
            kind = model.c[column].type
            if before is None and isinstance(kind, Date):
                value: Any = date(2001, 1, 1)
            elif before is None and (isinstance(kind, DateTime) or column.endswith("_at") or column == "valid_to"):
                value = datetime(2001, 1, 1, tzinfo=UTC)
            elif before is None and kind.python_type is int:
                value = 1000
            else:
                value = other(before)
            if column not in found or (found[column][2] is not None and before is not None):
                found[column] = (key(name, stands), column, value)
    return list(found.values())


def test_nothing_of_the_demonstration_differs(played: Played):
    found = compared()
    assert found.differences == []
    assert (found.compared > 500, found.unknown) == (True, 0)
    for case_id in (case for workspace, case in played.play.cases.values() if workspace == WORKSPACE):
        assert of_case(case_id) == []


def test_every_column_that_the_journal_vouches_for_is_compared(played: Played):
    vouched = told()
    todo = {name: changes(vouched, name, it) for name, it in TABLES.items()}
    empty = {"incidents", "timers", "proposed_deployments", "erasures", "memberships", "strategies", "measures"}
    empty |= {"measure_reports", "notices"}
    assert {name for name, them in todo.items() if not them} <= empty
    while any(todo.values()):
        now = {name: them.pop() for name, them in todo.items() if them}
        with changed(*((name, row, {column: value}) for name, (row, column, value) in now.items())):
            found = places(compared().differences)
        for name, (_, column, value) in now.items():
            named = {of for table_, of in found if table_ == name}
            beside = {it for it, tables in DERIVED.items() if column in tables.get(name, ())}
            assert named & {column, *beside, None}, (name, column, value, named)


@pytest.mark.parametrize("name", ["votes", "ballots", "decisions_made", "tasks", "hearing_responses", "documents"])
def test_a_row_that_is_gone_or_was_put_in_is_named(played: Played, name: str):
    it, row = table(name), one(name, workspace_id=WORKSPACE)
    with database() as connection:
        connection.execute(delete(it).where(*(it.c[column] == value for column, value in key(name, row).items())))
    try:
        (gone,) = [one_ for one_ in compared().differences if one_.table == name]
        assert (gone.column, gone.written, gone.found) == (None, True, None)
    finally:
        with database() as connection:
            connection.execute(insert(it).values(**row))
    last = TABLES[name].key[-1]
    forged = row | {last: other(row[last])} | ({"ordinal": 900} if "ordinal" in row else {})
    with database() as connection:
        connection.execute(insert(it).values(**forged))
    try:
        assert (name, None) in places(compared().differences)
    finally:
        with database() as connection:
            connection.execute(delete(it).where(*(it.c[part] == value for part, value in key(name, forged).items())))
    assert compared().differences == []


def test_a_case_names_its_own_rows_and_those_that_others_may_change(played: Played):
    _, case_id = played.play.cases["E1"]
    version = one("target_versions", workspace_id=WORKSPACE, case_id=case_id, number=1)
    with changed(("target_versions", key("target_versions", version), {"change_note": "forged", "status": "in force"})):
        assert places(of_case(case_id)) == {("target_versions", "content"), ("target_versions", "status")}
    assert version["status"] != "in force", "another case has moved it on, and that is no difference"
    assert of_case(case_id) == []


def test_values_that_are_sealed_or_secret_are_not_told(played: Played):
    _, case_id = played.play.cases["E1"]
    sealed = one("disclosures", workspace_id=WORKSPACE, case_id=case_id)
    ballot = one("ballots", workspace_id=WORKSPACE, case_id=case_id)
    vote = one("votes", workspace_id=WORKSPACE, ballot_id=ballot["id"])
    with (
        changed(("disclosures", key("disclosures", sealed), {"value": b'"forged"'})),
        changed(("ballots", key("ballots", ballot), {"secret": True})),
        changed(("votes", key("votes", vote), {"choice": "recused"})),
    ):
        found = {(it.table, it.column): (it.written, it.found) for it in of_case(case_id)}
    assert found["disclosures", "opens"] == ({"sealed": sealed["commitment"]}, {"broken": True})
    assert found["votes", "choice"] == ({"withheld": True}, {"withheld": True})


def test_an_entry_of_an_earlier_day_vouches_for_less(played: Played):
    with moment() as connection, session_on(connection) as session:
        entries = [
            it | {"data": {name: value for name, value in it["data"].items() if name != "content"}}
            for it in journal.entries(session, WORKSPACE, played.play.cases["E1"][1])
        ]
        found = copies.of_case(session, WORKSPACE, played.play.cases["E1"][1], entries)
    assert found.differences == []
    assert told_by.unknown(told_by.take(Copies(), WORKSPACE, entries), "target_versions") == 1


def test_every_table_is_compared_or_says_why_not():
    known = {*TABLES, *APART}
    assert set(Base.metadata.tables) == known
    assert set(TABLES) & set(APART) == set()
    assert all(APART.values())


def test_a_bundle_is_compared_with_its_files(played: Played):
    deployed = one("in_force", workspace_id=WORKSPACE)
    file = one("bundle_files", workspace_id=WORKSPACE, bundle_digest=deployed["bundle_digest"])
    with changed(("bundle_files", key("bundle_files", file), {"content": b"forged"})):
        assert places(compared().differences) == {("bundles", "files")}


def test_the_bytes_of_a_document_are_compared(played: Played):
    with database() as connection:
        digest = connection.scalar(
            select(table("documents").c.digest).where(table("documents").c.workspace_id == "pogi")
        )
    with changed(("blobs", {"workspace_id": WORKSPACE, "digest": digest}, {"content": b"forged"})):
        assert ("documents", "bytes") in places(compared().differences)
