"""Rows that no entry names by their ids: they are compared with what the entry of another row says of them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete, insert

from tests.app.demonstration import Played, begun, played
from tests.app.tampering import changed, database, every, key, one, table
from tests.queries.test_copies import WORKSPACE, compared, places

__all__ = ["begun", "played"]


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
