"""What one step changed → rows of the store and facts of the journal."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import rfc8785

from service.domain import facts
from service.domain.facts import Fact, Passed
from service.domain.journal import By, instant
from service.domain.mending_facts import InstanceMigrated
from service.domain.message_facts import SignalDelivered
from service.engine import ENGINE, FIRST, mark
from service.engine.migrating import Migrate
from service.engine.shapes import Advance, Bare, Cancel, Complete, Deliver, Due, OpenedTask, Signal, Start
from service.runtime import carrying, documents, mail, messages, opening
from service.runtime.command import Work
from service.runtime.operating import Operating
from service.runtime.roles import Candidates
from service.store import drafts, queue, tasks, timers, unsent
from service.store.cases import ACTIVE
from service.store.tables import Case, Instance, Task, Timer
from service.store.tasks import END_OF_TIME


def apply(
    work: Work,
    case: Case,
    instances: Sequence[Instance],
    move: Bare,
    result: Advance,
    operating: Operating,
) -> tuple[tuple[Task, ...], dict[str, Instance]]:
    """Write everything that a step changed; gives the tasks that it opened and that still wait, and the instances.

    `operating` are the operations that it called: what they tell stands behind what moved the case.
    """
    rows = {instance.id: instance for instance in instances}
    by, given_at = operating.by, operating.given_at
    _begin(work, case, rows, move, result)
    _rest(work, rows, result)
    candidates = Candidates.of(work, result.opened)
    opened = {task.id: _open(work, case, rows[task.instance_id], task, candidates) for task in result.opened}
    papers = documents.closed(work, case, _close(work, opened, result, by, given_at))
    _set_timers(work, case, result)
    messages.await_events(work, case, rows, result)
    messages.send_on(work, case, result, by)
    case.state_hash = result.state_hash
    if all(row.status != ACTIVE for row in rows.values()):
        case.closed_at = work.now
    written = mail.opened(work, case, opened.values())
    over = carrying.carry(work, case, rows, move, result.carried) if isinstance(move, Migrate) else carrying.Over()
    written += mail.readdressed(work, case, over.readdressed)
    consequences = (*_consequences(move, result, opened), *over.told)
    work.record(case, [_cause(move, result, given_at), *papers, *operating.told, *consequences, *written], by)
    return tuple(task for task in opened.values() if task.state == "open"), rows


# --- rows ----------------------------------------------------------------------------------------------------------


def _begin(work: Work, case: Case, rows: dict[str, Instance], move: Bare, result: Advance) -> None:
    """Rows for the instances that began in this step: the root of a start, and every child that a call bound."""
    begun: list[tuple[str, str, str, str | None, str | None, str | None]] = []
    if isinstance(move, Start):
        begun.append((move.instance_id, move.definition.bundle_digest, move.definition.process_key, None, None, None))
    begun += [
        (it.child_id, it.bundle_digest, it.process_key, it.instance_id, it.task_id, it.activity_id)
        for it in result.bound
    ]
    for place, (instance_id, digest, process_key, parent_id, parent_task_id, parent_activity_id) in enumerate(begun):
        rows[instance_id] = Instance(
            workspace_id=work.workspace_id,
            id=instance_id,
            case_id=case.id,
            # The journal's numbers only grow, so instances sort in the order in which they were started.
            number=case.journal_seq + place,
            parent_id=parent_id,
            parent_task_id=parent_task_id,
            parent_activity_id=parent_activity_id,
            bundle_digest=digest,
            process_key=process_key,
            status=ACTIVE,
            version=0,
            started_at=work.now,
        )
        work.session.add(rows[instance_id])


def _rest(work: Work, rows: dict[str, Instance], result: Advance) -> None:
    for state in result.states:
        row = rows[state.id]
        row.version, row.state_digest, row.snapshot = state.version, state.state_digest, state.snapshot
        row.bundle_digest = state.bundle_digest
    for end in result.ended:
        row = rows[end.instance_id]
        row.status, row.ended_at, row.end_event = end.outcome, work.now, end.end_event
        row.snapshot = row.state_digest = None
        row.variables = rfc8785.dumps(end.variables)


def _open(work: Work, case: Case, instance: Instance, task: OpenedTask, candidates: Candidates) -> Task:
    role_key, person_id, organisation_id = candidates.find(task)
    row = Task(
        workspace_id=work.workspace_id,
        id=task.id,
        case_id=case.id,
        instance_id=task.instance_id,
        activity_id=task.activity_id,
        name=task.name,
        kind=task.kind,
        state="open",
        role_key=role_key,
        role_label=task.role,
        candidate_person_id=person_id,
        candidate_organisation_id=organisation_id,
        bundle_digest=instance.bundle_digest,
        form=task.form,
        ui_form=task.ui_form,
        instructions=task.instructions,
        item_index=task.item_index,
        about=opening.texts(work.session, work.workspace_id, case.id, [task.about])[0],
        excludes=list(task.excludes) or None,
        priority=task.priority,
        due_at=task.due_at,
        follow_up_at=task.follow_up_at,
        queue_at=task.due_at or END_OF_TIME,
        opened_at=work.now,
    )
    work.session.add(row)
    return row


def _close(work: Work, opened: dict[str, Task], result: Advance, by: By, given_at: datetime | None) -> list[str]:
    """Tasks that no longer wait: the one that was completed (which the session holds already), and those taken back.

    Gives those that somebody may have put files to."""
    taken_back = [closed.id for closed in result.closed if closed.reason == "cancelled" and closed.id not in opened]
    known = opened | {task.id: task for task in tasks.some(work.session, work.workspace_id, taken_back)}
    waited = []
    for closed in result.closed:
        row = known.get(closed.id) or work.session.get_one(Task, (work.workspace_id, closed.id))
        row.state, row.closed_at = closed.reason, work.now
        if closed.reason == "completed":
            row.closed_at = given_at or work.now
            row.assignee_id, row.claimed_at = by.actor, row.claimed_at or row.closed_at
        if row.id not in opened:
            waited.append(row)
    drafts.remove(work.session, work.workspace_id, unsent.having(waited, unsent.DRAFTS))
    return unsent.having((row for row in waited if row.form is not None), unsent.FILES)


def _set_timers(work: Work, case: Case, result: Advance) -> None:
    timers.remove(work.session, work.workspace_id, [timer.id for timer in result.timers_cleared])
    work.session.add_all(
        Timer(
            workspace_id=work.workspace_id,
            id=timer.id,
            case_id=case.id,
            instance_id=timer.instance_id,
            activity_id=timer.activity_id,
            due_at=timer.due_at,
            held=False,
        )
        for timer in result.timers_set
    )
    if not work.ports.demo:  # a demonstration's clock is not the queue's
        soon = work.now + queue.AHEAD
        near = (timer for timer in result.timers_set if timer.due_at <= soon)
        queue.add(work.session, [queue.firing(work.workspace_id, case.id, it.id, it.due_at) for it in near])


# --- facts ---------------------------------------------------------------------------------------------------------


def _cause(move: Bare, result: Advance, given_at: datetime | None) -> Fact:
    step: dict[str, Any] = {"state": result.state_hash, "passed": _passed(result)}
    if ENGINE != FIRST:
        step["engine"] = ENGINE
    fact: Fact
    match move:
        case Start(instance_id, definition, variables):
            fact = facts.InstanceStarted(
                instance=instance_id,
                bundle=definition.bundle_digest,
                process=definition.process_key,
                variables=variables,
                **step,
            )
        case Complete(instance_id, task_id, answers):
            then = None if given_at is None else instant(given_at)
            fact = facts.TaskCompleted(task=task_id, instance=instance_id, answers=answers, answered_at=then, **step)
        case Due(instance_id, timer_id):
            fact = facts.TimerFired(timer=timer_id, instance=instance_id, **step)
        case Deliver(message, payload, keys):
            fact = facts.MessageDelivered(message=message, payload=payload, keys=keys, **step)
        case Signal(signal, payload):
            fact = SignalDelivered(signal=signal, payload=payload, **step)
        case Cancel(instance_id):
            fact = facts.InstanceCancelled(instance=instance_id, **step)
        case Migrate(instance_id, before, definition, renamed, reason):
            fact = InstanceMigrated(
                instance=instance_id,
                previous=before,
                bundle=definition.bundle_digest,
                process=definition.process_key,
                renamed=renamed,
                reason=reason,
                **step,
            )
    return fact


def _passed(result: Advance) -> Passed:
    trace: dict[str, tuple[str, ...]] = {}
    for step in result.passed:
        trace[step.instance_id] = (*trace.get(step.instance_id, ()), mark(step))
    return trace


def _consequences(move: Bare, result: Advance, opened: dict[str, Task]) -> Iterator[Fact]:
    yield from _called(result)
    for message in result.messages:
        yield facts.MessageSent(
            instance=message.instance_id,
            activity=message.activity_id,
            message=message.message,
            payload=message.payload,
            keys=message.keys,
        )
    for escalated in result.escalated:
        yield facts.EscalationUncaught(
            instance=escalated.instance_id, activity=escalated.activity_id, code=escalated.code
        )
    for closed in result.closed:
        if closed.reason == "cancelled":
            yield facts.TaskCancelled(task=closed.id)
    fired = move.timer_id if isinstance(move, Due) else None
    yield from (facts.TimerCleared(timer=timer.id) for timer in result.timers_cleared if timer.id != fired)
    for timer in result.timers_set:
        yield facts.TimerSet(
            timer=timer.id, instance=timer.instance_id, activity=timer.activity_id, due_at=instant(timer.due_at)
        )
    yield from _opened(opened.values(), result)
    for end in result.ended:
        yield facts.InstanceEnded(instance=end.instance_id, outcome=end.outcome, end_event=end.end_event, code=end.code)


def _called(result: Advance) -> Iterator[Fact]:
    for bound in result.bound:
        yield facts.CallBound(
            instance=bound.instance_id,
            activity=bound.activity_id,
            task=bound.task_id,
            child=bound.child_id,
            bundle=bound.bundle_digest,
            process=bound.process_key,
        )
    for evaluated in result.evaluations:
        yield facts.EvaluationMade(
            instance=evaluated.instance_id,
            activity=evaluated.activity_id,
            of=evaluated.kind,
            record=evaluated.record,
        )
    for called in result.calls:
        yield facts.OperationCalled(
            instance=called.instance_id,
            activity=called.activity_id,
            operation=called.operation,
            parameters=called.parameters,
            result=called.result,
        )


def _opened(rows: Iterable[Task], result: Advance) -> Iterator[Fact]:
    candidates = {task.id: task.candidate for task in result.opened}
    for row in rows:
        yield facts.TaskOpened(
            task=row.id,
            instance=row.instance_id,
            activity=row.activity_id,
            role=row.role_key,
            drawn_role=None if row.role_key else row.role_label,
            candidate=candidates[row.id],
            due_at=None if row.due_at is None else instant(row.due_at),
        )
