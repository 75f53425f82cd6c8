"""Rows that say what the journal says too: whatever of them somebody changes is named, and nothing else is."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Date, DateTime, delete, insert, select

from service.domain import copies as told_by
from service.domain.copies import Copies
from service.domain.disclosures import commitments
from service.identity import dossiers, sequencer
from service.identity.nightly import replay_cases
from service.queries import copies, timeline
from service.queries.copies.tables import APART, OF_CASES, OF_WORKSPACES, SHARED, Table
from service.queries.timeline.steps import steps_of
from service.runtime.command import Call
from service.store import db, journal
from service.store.moments import moment, session_on
from service.store.tables import Base
from service.store.tables.cells import kept_type
from tests.app.copied import DERIVED, WORKSPACE, compared, of_case, places, told
from tests.app.demonstration import Played, begun, played
from tests.app.logged import logged
from tests.app.taken import unpacked
from tests.app.tampering import Change, changed, database, every, key, one, other, table
from tests.app.visiting import visiting
from tests.cli.test_backups import mandat
from tests.web.reading import seen

__all__ = ["begun", "played"]

TABLES = {**OF_CASES, **SHARED, **OF_WORKSPACES}


def changes(vouched: Copies, workspace: str, name: str, it: Table) -> list[tuple[dict[str, Any], str, Any]]:
    """One change for each column of a table that is compared: the row, the column, and another value."""
    found: dict[str, tuple[dict[str, Any], str, Any]] = {}
    model = table(name)
    rows = {tuple(row[part] for part in it.key): row for row in every(name, workspace)}
    for row, columns in vouched.of(name):
        stands = rows[row]
        real = [part for column in columns for part in DERIVED.get(column, {}).get(name, (column,))]
        for column in real:
            if column not in model.c or column in it.key or column == it.by:
                continue
            before = stands[column]
            kind = kept_type(model.c[column])
            if before is None and isinstance(kind, Date):
                value: Any = date(2001, 1, 1)
            elif before is None and (isinstance(kind, DateTime) or column.endswith("_at") or column == "valid_to"):
                value = datetime(2001, 1, 1, tzinfo=UTC)
            elif before is None and kind.python_type is int:
                value = 1000
            elif column == "responsible":
                value = "forged.role"  # what is no role's key is in no entry
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


NEITHER = {"incidents", "proposed_deployments", "erasures", "timers", "notices"}
"""Of which the demonstration has none that still stands: see below."""


def test_every_column_that_the_journal_vouches_for_is_compared(played: Played):
    met = set()
    for workspace in ("pogi", "lillestrom"):
        vouched = told(workspace)
        todo = {name: changes(vouched, workspace, name, it) for name, it in TABLES.items()}
        met |= {name for name, them in todo.items() if them}
        while any(todo.values()):
            now = {name: them.pop() for name, them in todo.items() if them}
            with changed(*((name, row, {column: value}) for name, (row, column, value) in now.items())):
                found = places(compared(workspace).differences)
            for name, (_, column, value) in now.items():
                named = {of for table_, of in found if table_ == name}
                beside = {it for it, tables in DERIVED.items() if column in tables.get(name, ())}
                assert named & {column, *beside, None}, (name, column, value, named)
    assert set(TABLES) - met == NEITHER


def test_what_is_known_of_a_target_from_elsewhere_is_compared_with_the_entry_that_registered_it(played: Played):
    notice = next(it for it in every("notices", WORKSPACE) if it["kind"] == "known dates")
    with changed(("notices", key("notices", notice), {"text": "forged"})):
        assert places(compared().differences) == {("targets", "content")}


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
    assert found["disclosures", "value"] == ({"sealed": sealed["commitment"]}, {"broken": True})
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


# --- every check names it --------------------------------------------------------------------------------------------


def forged(played: Played) -> list[Change]:
    """What somebody would change who wants a decision to have been another."""
    _, case_id = played.play.cases["E1"]
    ballot = one("ballots", workspace_id=WORKSPACE, case_id=case_id, question="adoption", outcome="adopted")
    rows = {
        "votes": one("votes", workspace_id=WORKSPACE, ballot_id=ballot["id"]),
        "ballots": ballot,
        "decisions_made": one("decisions_made", workspace_id=WORKSPACE, case_id=case_id, subject=ballot["id"]),
        "target_versions": one("target_versions", workspace_id=WORKSPACE, case_id=case_id, number=1),
    }
    said: dict[str, dict[str, Any]] = {
        "votes": {"choice": "against"},
        "ballots": {"outcome": "rejected"},
        "decisions_made": {"outcome": "rejected"},
        "target_versions": {"change_note": "forged", "requirements": [{"letter": "a", "text": "forged"}]},
    }
    words = [(name, key(name, row), said[name]) for name, row in rows.items()]
    return [*words, ("disclosures", key("disclosures", answered(case_id)), {"value": b'"forged"'})]


def answered(case_id: str) -> dict[str, Any]:
    """What opens a text in the first answer of the case that has one."""
    with moment() as connection, session_on(connection) as session:
        for entry in journal.entries(session, WORKSPACE, case_id):
            for commitment in commitments(entry["data"].get("answers", {})):
                return one("disclosures", workspace_id=WORKSPACE, commitment=commitment)
    raise AssertionError("an answer of the demonstration is sealed")


NAMED = ("votes", "ballots", "decisions_made", "target_versions", "disclosures")


def test_each_check_names_every_row_that_was_forged(played: Played, tmp_path: Path):
    _, case_id = played.play.cases["E1"]
    url = db.db.engine.url.render_as_string(hide_password=False)
    browser = visiting(played.house, "rita", "auditor")
    page = f"/pogi/cases/{case_id}/timeline?check=1"
    assert "Det, siderne viser, er det, journalen siger" in seen(browser.get(page).text)
    assert "tables: what pages read says what the journal says" in mandat(url, "replay", case_id)
    assert "BROKEN" not in mandat(url, "verify", "--log")
    with changed(*forged(played)):
        said = mandat(url, "replay", case_id, status=1)
        assert [name for name in NAMED if f"table: {name}\n" not in said] == []
        assert 'column: choice\n              written: "for"\n              found:   "against"' in said
        assert "forged" not in said, "what is sealed is not told"
        log = mandat(url, "verify", "--log", status=1)
        assert [name for name in NAMED if f"BROKEN  pogi  tables: {name} (" not in log] == []
        assert "choice, by entry " in log and 'written "for", found "against"' in log
        told = seen(browser.get(page).text)
        assert "Det, der er gemt, er ikke det, journalen siger" in told
        assert [name for name in NAMED if name not in told] == []
        assert "Det, siderne viser, er det, journalen siger" not in told
        file = tmp_path / "backup"
        mandat(url, "backup", str(file))
        fresh = f"sqlite:///{tmp_path / 'restored.db'}"
        restored = mandat(fresh, "restore", str(file), status=1)
        assert [name for name in NAMED if f"pogi: {name} (" not in restored] == []
        assert f"The case {case_id} differs at entry" in restored
        assert by_night(played)["differ"] == [case_id]


def by_night(played: Played) -> dict[str, Any]:
    """What the next night finds."""
    played.house.clock.forward(played.house.clock() + timedelta(days=1))
    while replay_cases():
        continue
    with moment() as connection, session_on(connection) as session:
        nights = [it for it in journal.entries(session, WORKSPACE, WORKSPACE) if it["kind"] == "cases.replayed"]
    found: dict[str, Any] = nights[-1]["data"]
    return found


def test_a_value_that_is_not_what_was_sealed_is_never_shown(played: Played):
    _, case_id = played.play.cases["E1"]
    row = answered(case_id)
    with moment() as connection, session_on(connection) as session:
        steps = steps_of(journal.entries(session, WORKSPACE, case_id))
    step = next(it for it in steps if row["commitment"] in set(commitments(it.cause["data"])))
    browser = visiting(played.house, "rose", "auditor")
    page = f"/pogi/cases/{case_id}/timeline?step={step.number}"
    was = json.loads(row["value"])
    assert was.split("\n")[0][:30] in seen(browser.get(page).text)
    with changed(("disclosures", key("disclosures", row), {"value": b'"forged"'})):
        for language, sentence in (
            ("da", "Det, der er gemt her, er ikke det, der blev forseglet"),
            ("nb", "Det som er lagret her, er ikke det som ble forseglet"),
            ("en", "What is kept here is not what was sealed"),
        ):
            browser.client.set_cookie("mandat_language", language)
            shown = seen(browser.get(page).text)
            assert sentence in shown
            assert "forged" not in shown


def test_the_history_shows_votes_as_the_journal_has_them(played: Played):
    _, case_id = played.play.cases["E1"]
    ballot = one("ballots", workspace_id=WORKSPACE, case_id=case_id, question="adoption", outcome="adopted")
    votes = [it for it in every("votes", WORKSPACE) if it["ballot_id"] == ballot["id"]]
    before = choices(played, case_id, ballot["id"])
    with changed(*(("votes", key("votes", it), {"choice": "against"}) for it in votes)):
        assert choices(played, case_id, ballot["id"]) == before
    assert "for" in before.values()


def choices(played: Played, case_id: str, ballot_id: str) -> dict[str, str | None]:
    """Who voted what, as the case step by step shows it in the end."""
    held = timeline.moment(played.actor(), case_id, "da")["held"]
    (ballot,) = [it for it in held["ballots"] if it["id"] == ballot_id]
    return {voter["name"]: voter["choice"] for voter in ballot["voters"]}


def test_a_dossier_says_on_its_first_page_what_differed(played: Played):
    call = Call(played.actor(), logged(played.house).house.ports)
    sequencer.round_of()
    _, case_id = played.play.cases["E1"]
    assert "i tjenestens tabeller" not in first_page(call, case_id)
    with changed(*forged(played)):
        page = first_page(call, case_id)
    assert "i tjenestens tabeller ikke det, posterne siger" in page
    assert [name for name in NAMED if name not in page] == []
    assert "forged" not in page


def first_page(call: Call, case_id: str) -> str:
    return seen(unpacked(dossiers.of_case(call, case_id))["index.html"].decode())


def test_an_index_of_decisions_is_compared_with_the_files_that_it_is_of(played: Played):
    row = one("decisions", workspace_id=WORKSPACE)
    it = table("decisions")
    with database() as connection:
        connection.execute(delete(it).where(*(it.c[part] == value for part, value in key("decisions", row).items())))
    try:
        assert places(compared().differences) == {("bundles", "decisions")}
    finally:
        with database() as connection:
            connection.execute(insert(it).values(**row))


@pytest.mark.parametrize(
    "forged_", [{"votes": False}, {"end_reason": "resigned"}, {"valid_from": datetime(2001, 1, 1, tzinfo=UTC)}]
)
def test_a_seat_in_a_working_group_is_compared(played: Played, forged_: dict[str, Any]):
    body = one("bodies", workspace_id=WORKSPACE, case_id=played.play.cases["E1"][1])
    seat = one("seats", workspace_id=WORKSPACE, body_id=body["id"])
    with changed(("seats", key("seats", seat), forged_)):
        assert places(compared().differences) == {("bodies", "sits")}


def test_when_a_target_was_announced_as_it_was_known_is_compared(played: Played):
    notice = next(it for it in every("notices", WORKSPACE) if it["kind"] == "known dates")
    with changed(("notices", key("notices", notice), {"given_at": datetime(2001, 1, 1, tzinfo=UTC)})):
        assert places(compared().differences) == {("targets", "noted_at")}
