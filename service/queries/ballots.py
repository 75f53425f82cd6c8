"""Ballots of a case, with what came of them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from service.domain import ballots as rules
from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.errors import CaseNotFound
from service.operations.targets import ADOPTION
from service.operations.versions import next_number
from service.queries import bundled
from service.runtime import definitions
from service.runtime.views import when
from service.store import ballots as store
from service.store import cases, targets, tasks, timers
from service.store.db import reading
from service.store.tables import Ballot, Instance, Target, Vote

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def of_case(actor: Actor, case_id: str) -> list[dict[str, Any]]:
    """The ballots of a case, the oldest first, each with its rules as they were and its tally. Raises `CaseNotFound`.

    Who voted what is told once a ballot is closed, unless it is secret.
    """
    with reading() as session:
        if cases.case(session, actor.workspace_id, case_id) is None or not may_read(actor, case_id):
            raise CaseNotFound
        held = store.of_case(session, actor.workspace_id, case_id)
        return [
            _shown(row, votes)
            | which(row, held)
            | {
                "item": _item(session, row),
                "turnout": turnout(session, row, votes) if row.closed_at is None else None,
                "closes_at": closes_at(session, row) if row.closed_at is None else None,
            }
            for row in held
            for votes in (store.votes(session, actor.workspace_id, row.id),)
        ]


def which(row: Ballot, held: Sequence[Ballot]) -> dict[str, int | None]:
    """Which of the ballots on the same question it is: `round` of `rounds`; and on which `draft` of `drafts`, counted as
    they came to the vote. `draft` is None where no text was voted on. `held` are the ballots of its case, in their order.
    """
    same = [it for it in held if (it.kind, it.question, it.target_id) == (row.kind, row.question, row.target_id)]
    drafts = list(dict.fromkeys(it.item_digest for it in same if it.item_digest))
    return {
        "round": 1 + [it.id for it in same].index(row.id),
        "rounds": len(same),
        "draft": 1 + drafts.index(row.item_digest) if row.item_digest else None,
        "drafts": len(drafts),
    }


def closes_at(session: "Session", row: Ballot) -> str | None:
    """When the clock ends the voting in a ballot that is open; None before anybody is asked, and where no clock does."""
    instance = session.get(Instance, (row.workspace_id, row.instance_id))
    if instance is None:
        return None
    process = bundled.process(session, row.workspace_id, instance.bundle_digest, instance.process_key)
    asking = {it.id for it in process.elements if it.properties.get("ballot") == row.kind}
    edges = {it.id for it in process.elements if it.attached_to in asking and it.interrupting}
    waiting = timers.of_case(session, row.workspace_id, row.case_id)
    ends = [it.due_at for it in waiting if it.instance_id == instance.id and it.activity_id in edges]
    return when(min(ends, default=None))


def turnout(session: "Session", row: Ballot, votes: Sequence[Vote]) -> dict[str, int]:
    """How far a ballot has come: `voted` of those `entitled` in it. Beside these `recused` have said that they are, and
    `absent` are eligible and were not asked, for they have not met.

    Before anybody is asked, all who are eligible are entitled.
    """
    instance = session.get(Instance, (row.workspace_id, row.instance_id))
    kinds = definitions.properties(session, instance, "ballot") if instance else {}
    activities = [activity for activity, kind in kinds.items() if kind == row.kind]
    eligible = {voter["organisation"] for voter in row.voters}
    said = {vote.organisation_id for vote in votes}
    asked = tasks.asked(session, row.workspace_id, row.instance_id, activities, row.opened_at) if activities else ()
    here = eligible & {*asked, *said} if asked else eligible
    recused = {vote.organisation_id for vote in votes if vote.choice == "recused"}
    if row.rules["sg.recusal"]["value"] == "entitled":
        recused = set()
    return {
        "voted": len(said - recused),
        "entitled": len(here - recused),
        "recused": len(recused),
        "absent": len(eligible - here),
    }


def counted(row: Ballot, votes: Mapping[str, str]) -> dict[str, int]:
    """How many are entitled, take part and have to take part, by the rules that the ballot began with; `votes` are what
    organisations voted. A vote of one that has none here was put in past the record, whose check names it: it counts
    nowhere."""
    by = rules.as_kept(row.rules)
    eligible = {voter["organisation"] for voter in row.voters}
    tally = rules.tally(eligible, {it: choice for it, choice in votes.items() if it in eligible})
    return {"entitled": tally.entitled(by), "taking_part": tally.taking_part(by), "needed": tally.needed(by)}


def _shown(row: Ballot, votes: Sequence[Vote]) -> dict[str, Any]:
    names = {voter["organisation"]: voter["name"] for voter in row.voters}
    return counted(row, {it.organisation_id: it.choice for it in votes}) | {
        "id": row.id,
        "kind": row.kind,
        "question": row.question,
        "item_digest": row.item_digest,
        "meeting_on": None if row.meeting_on is None else row.meeting_on.isoformat(),
        "opened_at": when(row.opened_at),
        "closed_at": when(row.closed_at),
        "voters": row.voters,
        "eligible_hash": row.eligible_hash,
        "rules": row.rules,
        "voted": len(votes),
        "present": (row.tally or {}).get("present"),
        "because": (row.tally or {}).get("because"),
        "secret": row.secret,
        "votes": None if row.secret or row.closed_at is None else [_vote(vote, names) for vote in votes],
        "tally": row.tally,
        "result": row.result,
        "outcome": row.outcome,
        "amendment": row.amendment,
    }


def _item(session: "Session", row: Ballot) -> dict[str, Any] | None:
    """What is voted on: the target by key and title, and, where its adoption is, the version. None: it is no target's."""
    found = row.target_id and session.get(Target, (row.workspace_id, row.target_id))
    if not found:
        return None
    versions = targets.versions(session, row.workspace_id, found.id)
    made = [it.number for it in versions if it.case_id == row.case_id and it.number is not None]
    number = made[-1] if made else next_number(versions)
    return {"target": found.key, "title": found.title, "version": number if row.question == ADOPTION else None}


def _vote(vote: Vote, names: dict[str, str]) -> dict[str, Any]:
    return {
        "organisation": vote.organisation_id,
        "name": names.get(vote.organisation_id, "?"),
        "vote": vote.choice,
        "cast_at": when(vote.cast_at),
    }
