"""Whatever somebody puts into a compared column: each check names the row, and no page fails over it.

Here each place meets one of the kinds of garbage; with MANDAT_TEST_FAULTS=full it meets all of them.
"""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from sqlalchemy import JSON, Date, String

from service.commands import bodies
from service.domain.errors import RowUnreadable
from service.queries import copies
from service.queries.copies.tables import OF_CASES, OF_WORKSPACES, SHARED
from service.runtime.command import Call
from service.store import db
from service.store.moments import moment, session_on
from service.store.tables.base import AwareUTC
from service.store.tables.cells import kept_type
from tests.app.browsing import Browser
from tests.app.copied import DERIVED, told
from tests.app.demonstration import Played, begun, played
from tests.app.tampering import Lies, every, garbled, key, one, table
from tests.app.visiting import visiting
from tests.cli.test_backups import mandat
from tests.faults.sizes import size
from tests.queries.test_copies import by_night
from tests.web.reading import seen

__all__ = ["begun", "played"]

WORKSPACE = "pogi"
TABLES = {**OF_CASES, **SHARED, **OF_WORKSPACES}
KINDS = ("nonsense", "bytes", "renamed", "list", "for ever")


def renamed(value: Any) -> str | None:
    """JSON in which the first object calls one of its names otherwise."""
    first = value[0] if isinstance(value, list) and value else value
    if not isinstance(first, dict) or not first:
        return None
    name, *others = first
    other = {"renamed": first[name], **{it: first[it] for it in others}}
    return json.dumps([other, *value[1:]] if isinstance(value, list) else other)


def lie(kind: str, of: Any, value: Any, dialect: str) -> str | None:
    """What lies in the place of a value, as SQL; None: the database takes nothing of that kind there. Bytes are bytes, or a
    text that is none."""
    if isinstance(of, JSON):
        other = renamed(value)
        said = {"nonsense": '"nonsense"', "list": "[1]", "renamed": other}.get(kind)
        return None if said is None else "'{}'".format(said.replace("'", "''").replace(":", "\\:"))
    if dialect == "postgresql":
        if kind == "for ever" and isinstance(of, Date | AwareUTC):
            return "'infinity'"
        return "'nonsense'" if kind == "nonsense" and isinstance(of, String) else None
    no_text = "CAST(x'ff00' AS TEXT)" if isinstance(value, str) and len(value) % 2 else "x'00ff20'"
    return {"nonsense": "'nonsense'", "bytes": no_text}.get(kind)


def rounds(kind: str) -> Iterator[list[Lies]]:
    """Every column that the journal vouches for, each once: of each table as many at a time as it has rows."""
    todo: dict[str, list[tuple[dict[str, Any], str]]] = {}
    vouched, dialect = told(WORKSPACE), db.db.engine.dialect.name
    for name, it in TABLES.items():
        known = table(name).c
        rows = {tuple(row[part] for part in it.key): row for row in every(name, WORKSPACE)}
        columns: dict[str, dict[str, Any]] = {}
        for place, said in vouched.of(name):
            for part in (real for column in said for real in DERIVED.get(column, {}).get(name, (column,))):
                if part in known and not known[part].primary_key:
                    columns.setdefault(part, rows[place])
        todo[name] = [(row, column) for column, row in columns.items()]
    while any(todo.values()):
        found: list[Lies] = []
        for name, columns_ in todo.items():
            taken: list[dict[str, Any]] = []
            for row, column in list(columns_):
                where = key(name, row)
                if where in taken:
                    continue
                taken.append(where)
                columns_.remove((row, column))
                lies = lie(kind, kept_type(table(name).c[column]), row[column], dialect)
                if lies is not None:
                    found.append((name, where, column, lies))
        if found:
            yield found


@pytest.fixture(scope="module")
def auditor(played: Played) -> Browser:
    return visiting(played.house, "ursula", "auditor", "process.owner", "pogi.sec")


def addresses(played: Played) -> list[str]:
    """The pages that show the case, and those that list it."""
    _, case = played.play.cases["E1"]
    made = one("decisions_made", workspace_id=WORKSPACE, case_id=case)
    done = one("tasks", workspace_id=WORKSPACE, case_id=case, state="completed")
    here = [f"cases/{case}", f"cases/{case}/timeline", f"decisions/{case}/{made['seq']}", f"tasks/{done['id']}"]
    return [f"/pogi/{it}" for it in (*here, "cases", "inbox", "decisions", "maal/E1", "processes")]


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_lies_in_a_compared_column_the_check_names_the_table_and_every_page_opens(
    played: Played, auditor: Browser, kind: str
):
    first, second, *others = addresses(played)
    apart = size(len(KINDS), 1)  # in the suite each place meets one of the kinds
    for number, lies in enumerate(islice(rounds(kind), KINDS.index(kind) % apart, None, apart)):
        pages = (first, second, *(others[(3 * number + it) % len(others)] for it in range(3)))
        with garbled(lies):
            with moment() as connection, session_on(connection) as session:
                found = copies.of_workspace(session, WORKSPACE).differences
            named = {(it.table, it.column) for it in found}
            for name, _, column, _ in lies:
                beside = {it for it, tables in DERIVED.items() if column in tables.get(name, ())}
                assert named & {(name, it) for it in (column, None, *beside)}, (name, column)
            assert {it: said for it in pages if (said := auditor.get(it).status_code) not in {200, 404}} == {}
    with moment() as connection, session_on(connection) as session:
        assert copies.of_workspace(session, WORKSPACE).differences == []


def test_a_page_says_which_row_it_could_not_read_and_shows_the_rest(played: Played, auditor: Browser):
    _, case = played.play.cases["E1"]
    ballot = one("ballots", workspace_id=WORKSPACE, case_id=case)
    was = ballot["voters"][0]["name"]
    voters = renamed(ballot["voters"])
    assert voters is not None
    page = f"/pogi/cases/{case}"
    assert "kan ikke læses" not in seen(auditor.get(page).text)
    with garbled([("ballots", key("ballots", ballot), "voters", "'{}'".format(voters.replace(":", "\\:")))]):
        for language, sentence in (
            ("da", "En række bag denne side kan ikke læses"),
            ("nb", "En rad bak denne siden kan ikke leses"),
            ("en", "A row behind this page cannot be read"),
        ):
            auditor.client.set_cookie("mandat_language", language)
            shown = auditor.get(page)
            told_ = seen(shown.text)
            assert shown.status_code == 200 and sentence in told_
            assert "ballots.voters" in told_ and ballot["id"] in told_
            assert "arbejdstøj" in told_, "the rest of the page stands"
        auditor.client.set_cookie("mandat_language", "da")
        checked = seen(auditor.get(f"{page}/timeline?check=1").text)
        assert "ballots .voters" in checked or "ballots.voters" in checked
        url = db.db.engine.url.render_as_string(hide_password=False)
        said = mandat(url, "replay", case, status=1)
        assert "table: ballots\n" in said and "column: voters" in said and was not in said
        log = mandat(url, "verify", "--log", status=1)
        assert "BROKEN  pogi  tables: ballots (" in log and "voters" in log
        assert by_night(played)["differ"] == [case]


def test_a_definition_that_nobody_packed_is_named_and_the_case_opens(played: Played, auditor: Browser):
    _, case = played.play.cases["E1"]
    begun_ = one("instances", workspace_id=WORKSPACE, case_id=case)
    row = one(
        "definitions",
        workspace_id=WORKSPACE,
        bundle_digest=begun_["bundle_digest"],
        process_key=begun_["process_key"],
    )
    lies = "'\\x00ff20'" if db.db.engine.dialect.name == "postgresql" else "x'00ff20'"
    with garbled([("definitions", key("definitions", row), "compiled", lies)]):
        url = db.db.engine.url.render_as_string(hide_password=False)
        said = mandat(url, "replay", case, status=1)
        assert "is not what its files say" in said
        assert auditor.get(f"/pogi/cases/{case}").status_code == 200


def test_nothing_is_written_that_could_follow_from_what_cannot_be_read(played: Played):
    call = Call(played.actor(), played.house.ports)
    seat = one("seats", workspace_id=WORKSPACE, valid_to=None)
    body = one("bodies", workspace_id=WORKSPACE, id=seat["body_id"])
    lies = "'infinity'" if db.db.engine.dialect.name == "postgresql" else "'nonsense'"
    with (
        garbled([("bodies", key("bodies", body), "established_at", lies)]),
        pytest.raises(RowUnreadable, match="established_at of a row of the table bodies"),
    ):
        bodies.seat(call, body["key"], seat["organisation_id"])
