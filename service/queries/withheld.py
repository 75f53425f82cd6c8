"""Votes that nobody but the voter may see yet, taken out of entries that are handed to readers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.runtime import definitions
from service.store import ballots, cases, tasks
from service.store.tables import Ballot, Case, Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

WITHHELD = {"withheld": True}
"""What stands in the place of answers that are not the reader's to see."""


def without_votes(
    session: "Session", actor: Actor, case: Case, entries: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The entries of a case's stream, votes withheld while their ballot is open, and always where it is secret.

    Such an entry no longer has the bytes that were chained; whoever administers the installation can check those.
    """
    hidden = [it for it in ballots.of_case(session, actor.workspace_id, case.id) if it.secret or it.closed_at is None]
    completed = {it["data"]["task"] for it in entries if it["kind"] == "task.completed"}
    if not hidden or not completed:
        return list(entries)
    instances = {row.id: row for row in cases.instances(session, actor.workspace_id, case.id)}
    votes = {
        row.id
        for row in tasks.some(session, actor.workspace_id, completed)
        if definitions.properties(session, instances[row.instance_id], "ballot").get(row.activity_id)
        and any(_in(it, row) for it in hidden)
        and not _hers(actor, row)
    }
    return [_told(entry, votes) for entry in entries]


def _in(ballot: Ballot, task: Task) -> bool:
    """Whether a task was completed while that ballot was open."""
    at = task.closed_at
    return at is not None and ballot.opened_at <= at and (ballot.closed_at is None or at <= ballot.closed_at)


def _hers(actor: Actor, task: Task) -> bool:
    return actor.person_id is not None and (
        task.assignee_id == actor.person_id or task.candidate_organisation_id in actor.organisations
    )


def _told(entry: dict[str, Any], votes: set[str]) -> dict[str, Any]:
    if entry["kind"] != "task.completed" or entry["data"]["task"] not in votes:
        return entry
    return entry | {"data": entry["data"] | {"answers": WITHHELD}}
