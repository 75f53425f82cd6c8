"""The papers of a case: what its journal says that people answered, with the forms on which they did."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.forms import resting
from service.queries import bundled
from service.queries.papers.model import Paper
from service.queries.timeline.steps import Step, steps_of
from service.runtime.definitions import start_form
from service.runtime.views import when
from service.store import ballots, cases, hearings, journal, people, tasks
from service.store.tables import Instance, Task
from service.store.tasks import Answered

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST_ENTRIES, MOST_PAPERS = 5_000, 400
"""How far back papers are looked for; what is older stands in the timeline."""

UI = "formUiSchemaFilename"


@dataclass(frozen=True, slots=True)
class File:
    """A case's papers, the oldest first, and what tells how they belong together.

    `opened` is the step that opened a task, by the task's id; `begun` and `ended` the numbers of the steps in which a
    hearing or a ballot was opened and closed, by its id; `complete` whether nothing was left out.
    """

    papers: Sequence[Paper]
    instances: Mapping[str, Instance]
    opened: Mapping[str, Step]
    begun: Mapping[str, int]
    ended: Mapping[str, int]
    complete: bool

    def until(self, step: int | None) -> list[Paper]:
        """The papers that were there after the step of that number; all of them without a number."""
        return [it for it in self.papers if step is None or it.step <= step]

    def of_task(self, task: Task) -> list[Paper]:
        """The papers that lie, or lay, before whoever does a task."""
        return self.until(self.last_step(task))

    def last_step(self, task: Task) -> int | None:
        """The last step that whoever did a task could know of; None while it waits."""
        own = next((it.step for it in self.papers if it.task == task.id), None)
        if task.closed_at is None or own is not None:
            return None if own is None else own - 1
        begun = self.opened.get(task.id)
        return begun.number if begun else None

    def last_opened(self, instance_id: str, activity: str, until: int | None) -> int:
        """The last step, up to that one, in which a task of an activity opened in an instance; 0: none is known."""
        return max(
            (
                step.number
                for step in self.opened.values()
                if (until is None or step.number <= until)
                and any(
                    (it["instance"], it["activity"]) == (instance_id, activity) for it in step.entries("task.opened")
                )
            ),
            default=0,
        )

    def ancestry(self, instance_id: str) -> set[str]:
        """An instance, who called it, and so on."""
        found: set[str] = set()
        here: str | None = instance_id
        while here is not None and here not in found:
            found.add(here)
            row = self.instances.get(here)
            here = None if row is None else row.parent_id
        return found


def gather(session: "Session", actor: Actor, case_id: str, language: str) -> File:
    """What has been answered in a case, for a reader who may see it. By three statements, and one each for its ballots and
    its hearings."""
    here = actor.workspace_id
    entries = journal.latest(session, here, case_id, MOST_ENTRIES)
    rows = tasks.answered(session, here, case_id, MOST_PAPERS)
    instances = {row.id: row for row in cases.instances(session, here, case_id)}
    steps = steps_of(entries)
    opened = {it["task"]: step for step in steps for it in step.entries("task.opened")}
    round_ = asked_together(steps, {row.task.id: row.task.item_index for row in rows})
    done = {step.cause["data"]["task"]: step for step in steps if step.kind == "task.completed"}
    hidden = _hidden_ballots(session, here, case_id, steps)
    heard = _heard(session, here, case_id, steps)
    papers = list(_begun(session, steps, instances, language))
    for row in rows:
        step = done.get(row.task.id)
        if step is not None:
            votes = {it["ballot"] for it in step.entries("vote.cast")}
            paper = _paper(session, row, step, round_.get(row.task.id, 0), instances, language)
            paper = replace(paper, organisation=heard.get(row.task.id, paper.organisation))
            papers.append(_seen(paper, row, actor, secret=bool(votes & hidden)))
    complete = len(entries) < MOST_ENTRIES and len(rows) < MOST_PAPERS
    begun, ended = _numbers(steps, "opened"), _numbers(steps, "closed")
    return File(sorted(papers, key=lambda it: it.step), instances, opened, begun, ended, complete)


def _numbers(steps: Iterable[Step], deed: str) -> dict[str, int]:
    """In which step each hearing and each ballot was opened, or closed, by its id."""
    return {
        it[of]: step.number for step in steps for of in ("hearing", "ballot") for it in step.entries(f"{of}.{deed}")
    }


def asked_together(steps: Iterable[Step], items: Mapping[str, int | None]) -> dict[str, int]:
    """For each task that opened in these steps, the step in which its round began; `items` are the places of those that
    were completed in their rounds.

    Who are asked at once are asked in one step. Who are asked in turn are each asked when the one before has answered:
    then that one's round goes on. Nothing is concluded from who answered, for anybody may be absent from a round.
    """
    found: dict[str, int] = {}
    places: dict[str, tuple[str, str]] = {}
    for step in steps:
        asked = list(step.entries("task.opened"))
        places |= {it["task"]: (it["instance"], it["activity"]) for it in asked}
        beside = Counter(places[it["task"]] for it in asked)
        before = step.cause["data"]["task"] if step.kind == "task.completed" else ""
        for it in asked:
            place, turn = places[it["task"]], items.get(it["task"])
            goes_on = (
                turn and beside[place] == 1 and items.get(before) == turn - 1 and places.get(before, place) == place
            )
            found[it["task"]] = found.get(before, 0) if goes_on else step.number
    return found


def _hidden_ballots(session: "Session", here: str, case_id: str, steps: Sequence[Step]) -> set[str]:
    """The ballots whose votes nobody but the voter may see: those that are open, and secret ones for ever."""
    if not any(step.entries("vote.cast") for step in steps):
        return set()
    return {it.id for it in ballots.of_case(session, here, case_id) if it.secret or it.closed_at is None}


def _heard(session: "Session", here: str, case_id: str, steps: Sequence[Step]) -> dict[str, str]:
    """Whose answers to hearings the papers of these tasks are: not hers who wrote down what came from outside."""
    if not any(step.entries("hearing.answered") for step in steps):
        return {}
    return hearings.respondents(session, here, case_id)


def _paper(
    session: "Session",
    row: Answered,
    step: Step,
    round_: int,
    instances: Mapping[str, Instance],
    language: str,
) -> Paper:
    task, instance = row.task, instances[row.task.instance_id]
    here, digest = task.workspace_id, task.bundle_digest
    texts = bundled.texts(session, here, digest, language)
    return Paper(
        task=task.id,
        instance=task.instance_id,
        activity=task.activity_id,
        title=texts.of(task.activity_id, task.name),
        process=bundled.process_name(session, here, digest, instance.process_key, language),
        who=row.person,
        role=row.role,
        organisation=row.organisation,
        organisation_id=task.candidate_organisation_id,
        at=when(task.closed_at) or step.cause["at"],
        item=task.item_index,
        form=bundled.form(session, here, digest, (task.form, task.ui_form), language),
        answers=step.cause["data"].get("answers", {}),
        round=round_,
        step=step.number,
    )


def _seen(paper: Paper, row: Answered, actor: Actor, *, secret: bool) -> Paper:
    """The paper as the actor may see it: votes and what a form keeps for its organisation are its own people's."""
    kept = secret or (paper.form is not None and resting.own(paper.form.schema))
    theirs = row.task.assignee_id == actor.person_id or paper.organisation_id in actor.organisations
    if not kept or (theirs and actor.person_id is not None):
        return paper
    return replace(paper, answers={}, withheld=True)


def _begun(
    session: "Session", steps: Sequence[Step], instances: Mapping[str, Instance], language: str
) -> Iterator[Paper]:
    """The forms that the case's first instances began with."""
    for step in steps:
        instance = instances.get(step.cause["data"].get("instance", ""))
        if step.kind != "instance.started" or instance is None:
            continue
        here, digest = instance.workspace_id, instance.bundle_digest
        process = bundled.process(session, here, digest, instance.process_key)
        name = start_form(process)
        if name is None:
            continue
        start = next(it for it in process.elements if it.properties.get("formJsonSchemaFilename") == name)
        by: Any = step.cause["actor"]
        yield Paper(
            task=None,
            instance=instance.id,
            activity=start.id,
            title=bundled.texts(session, here, digest, language).of(start.id, start.name),
            process=bundled.process_name(session, here, digest, instance.process_key, language),
            who=people.names(session, here, {by}).get(by),
            role=None,
            organisation=None,
            organisation_id=None,
            at=step.cause["at"],
            item=None,
            form=bundled.form(session, here, digest, (name, start.properties.get(UI)), language),
            answers=step.cause["data"].get("variables", {}),
            round=step.number,
            step=step.number,
        )
