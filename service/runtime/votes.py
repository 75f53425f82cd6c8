"""Votes: completing a task that the diagram calls a vote puts one into the ballot that is open."""

from collections.abc import Sequence

from service.domain import ballots as rules
from service.domain import record_facts as facts
from service.domain.record_errors import VoteRefused
from service.engine.shapes import Complete, Move
from service.runtime import definitions
from service.runtime.command import Work
from service.runtime.operating import Operating
from service.store import ballots as store
from service.store.tables import Instance, Task


def cast(work: Work, instances: Sequence[Instance], move: Move, operating: Operating) -> None:
    """Where `move` completes a task with the property `ballot`, record what its organisation votes.

    The vote is there before the diagram moves on, so that the last one counts when the ballot is closed in the same
    step. It is what the answers say under `vote`; reasons and remarks stay sealed with the answers. Raises
    `VoteRefused`, `VoterNotEligible`.
    """
    instance = next((row for row in instances if isinstance(move, Complete) and row.id == move.instance_id), None)
    if not isinstance(move, Complete) or instance is None:
        return
    task = work.session.get_one(Task, (work.workspace_id, move.task_id))
    kind = definitions.properties(work.session, instance, "ballot").get(task.activity_id)
    if kind is None:
        return
    ballot = store.open_one(work.session, work.workspace_id, task.case_id, kind)
    if ballot is None:
        raise VoteRefused(reason=f"no ballot “{kind}” is open in this case")
    if task.candidate_organisation_id is None:
        raise VoteRefused(reason="the task names no organisation to vote for")
    if move.answers.get("vote") not in rules.CHOICES:
        raise VoteRefused(reason=f"“vote” is one of {', '.join(rules.CHOICES)}")
    operating.begin()
    organisation, choice = task.candidate_organisation_id, move.answers["vote"]
    store.cast(work.session, ballot, organisation, choice, now=operating.given_at or work.now, task_id=task.id)
    work.session.flush()
    operating.told.append(facts.VoteCast(ballot=ballot.id, organisation=organisation))
