"""What lies before whoever does a task or reads a case: what people have written in it, opened where it was sealed.

Sealed means that it can be erased, not that it is secret: whoever may read a case reads what was written in it, and
where something was erased, that it was. Who is from outside sees what the form of her own task shows, and no more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.cases import may_read, may_see
from service.domain.disclosures import bare
from service.domain.errors import CaseNotFound, TaskNotFound
from service.forms import filling, lettering, resting
from service.queries import bundled
from service.queries.papers.gathering import File, gather
from service.queries.papers.grounds import Grounds
from service.queries.papers.model import Paper, Round, round_of, rounds
from service.queries.papers.plain import LANGUAGE, plain
from service.queries.revealing import Openings, names_in
from service.queries.texts import Text
from service.store import cases, tasks
from service.store.db import reading
from service.store.tables import Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["LANGUAGE", "of_case", "of_task", "on", "plain"]

DRAFT = "requirements"
"""The answer that a target is made of."""


def of_case(actor: Actor, case_id: str, language: str) -> dict[str, Any]:
    """The papers of a case: `draft`, the target's requirements as they were written last (None: none yet), `rounds`, all
    that was answered, the newest first, and whether they are `complete`; and the numbers of the steps in which each hearing
    and ballot was opened and closed, by its id (`begun`, `ended`). Raises `CaseNotFound`."""
    with reading() as session:
        if cases.case(session, actor.workspace_id, case_id) is None or not may_read(actor, case_id):
            raise CaseNotFound
        file = gather(session, actor, case_id, language)
        newest = next((it for it in reversed(file.papers) if it.answers.get(DRAFT)), None)
        draft = [] if newest is None else [Round((newest.only(**{DRAFT: newest.answers[DRAFT]}),))]
        told = _told(session, actor, {"draft": draft, "rounds": _worth(rounds(file.papers))})
        told |= {"draft": next(iter(told["draft"]), None), "complete": file.complete}
        return told | {"begun": file.begun, "ended": file.ended}


def of_task(actor: Actor, task_id: str, language: str) -> dict[str, Any]:
    """What `on` tells, for a task by its id. Raises `TaskNotFound`."""
    with reading() as session:
        task = tasks.task(session, actor.workspace_id, task_id)
        if task is None or not may_see(actor, task):
            raise TaskNotFound
        return on(session, actor, task, language)


def on(
    session: "Session", actor: Actor, task: Task, language: str, written: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What lies before whoever does a task that the actor may see. `written` is what she has written so far.

    `before`: what was answered immediately before, which is why the task came. `grounds`: what its form names
    (`x-shows`), in that order, compared with what it says (`since`). `earlier`: the rest, the newest first. `begun`: with
    what its fields begin (`x-from`), by field. `differs`: what a list of the form was, and what it is as it is written
    (`x-differs`), by the field that names the rows. `own`: what the task itself was answered, where it is completed.
    `complete`: whether nothing older was left out.
    """
    file = gather(session, actor, task.case_id, language)
    form = bundled.form(session, task.workspace_id, task.bundle_digest, (task.form, task.ui_form), language)
    schema: Mapping[str, Any] = form.schema if form else {}
    grounds = Grounds(session, file, task, language)
    before = [_before(file, task)] if may_read(actor, task.case_id) else []
    top = [it for it in before if it is not None and any(paper.says for paper in it.papers)]
    known = {step for it in top for step in _steps(it)}
    hidden = {name for name, values in resting.unless(schema).items() if _holds(grounds, values)}
    hidden |= {name for name, other in resting.together(schema).items() if not grounds.together(name, other)}
    asked = [name for name in resting.shown(schema) if name not in hidden]
    named = [it for name in asked if (it := grounds.shown(name)) is not None]
    named = [it for it in _joined(named) if not known.issuperset(_steps(it))]
    since = {
        name: (value, form.texts.of(f"{form.schema_file}#{it.place}", it.label) if form and it.label else None)
        for name, it in resting.since(schema).items()
        if (value := grounds.value(*it.names)) is not None
    }
    top, named = ([_compared(it, since) for it in found] for found in (top, named))
    rest = _worth(rounds(file.of_task(task))) if may_read(actor, task.case_id) else []
    earlier = [it for it in rest if not known.issuperset(_steps(it))]
    begins, gathered = resting.begun_with(schema), resting.gathered(schema)
    begun = {field: grounds.begun(begins.get(field, ()), gathered.get(field)) for field in {**begins, **gathered}}
    differs = {
        field: {"of": it, "before": before, "now": _lettered(schema, it.rows, {**begun, **(written or {})})}
        for field, it in filling.differing(schema).items()
        if (before := grounds.value(it.since)) is not None
    }
    told = _told(
        session,
        actor,
        {"before": top, "grounds": named, "earlier": earlier, "own": _own(file, actor, task)},
        begun,
        differs,
    )
    return told | {"complete": file.complete}


def _own(file: File, actor: Actor, task: Task) -> list[Round]:
    """What a task was answered, for who reads its case and for who answered it."""
    hers = actor.person_id is not None and task.assignee_id == actor.person_id
    return [Round((it,)) for it in file.papers if it.task == task.id and (hers or may_read(actor, task.case_id))]


def _lettered(schema: Mapping[str, Any], name: str, answers: Mapping[str, Any]) -> Any:
    """The rows of a list as they would be sent."""
    return lettering.lettered(schema, {name: answers[name]})[name] if answers.get(name) else []


def _holds(grounds: Grounds, values: Mapping[str, Sequence[str]]) -> bool:
    """Whether one of the variables has one of its values."""
    return any(grounds.value(name) in those for name, those in values.items())


def _before(file: File, task: Task) -> Round | None:
    """What was answered immediately before the task opened: in the step that opened it, else, where the clock or a
    message did, what its own instance, one that called it or one that it called was told last."""
    step = file.opened.get(task.id)
    if step is None:
        return None
    here = file.until(step.number)
    if step.kind in ("task.completed", "instance.started"):
        last = next((it for it in here if it.step == step.number), None)
    else:
        own = file.ancestry(task.instance_id)
        kin = (it for it in reversed(here) if it.instance in own or task.instance_id in file.ancestry(it.instance))
        last = next(kin, None)
    return None if last is None else round_of(here, last)


def _joined(named: Iterable[Round]) -> list[Round]:
    """What several names show of one paper, as that one paper; of what nobody wrote, those of one form."""
    found: list[Round] = []
    for it in named:
        alike = (n for n, other in enumerate(found) if len(it.papers) == 1 and _place(other) == _place(it))
        same = next(alike, None)
        if same is None:
            found.append(it)
        else:
            (paper,), (other,) = it.papers, found[same].papers
            found[same] = Round((replace(other, answers={**other.answers, **paper.answers}),))
    return found


def _compared(round_: Round, since: Mapping[str, tuple[Any, Text | None]]) -> Round:
    """The round, with what stood before in the place of those of its answers that are to be compared."""
    answers = round_.papers[0].answers if len(round_.papers) == 1 else {}
    found = {name: it for name, it in since.items() if name in answers}
    against = next((label for _, label in found.values()), None)
    return replace(round_, since={name: value for name, (value, _) in found.items()}, against=against)


def _place(round_: Round) -> tuple[tuple[int, ...], str | None]:
    form = round_.last.form
    return _steps(round_), None if form is None else form.schema_file


def _steps(round_: Round) -> tuple[int, ...]:
    return tuple(paper.step for paper in round_.papers)


def _worth(found: Iterable[Round]) -> list[Round]:
    """Rounds in which something was said, or will be: what is only confirmed tells nothing."""
    return [it for it in found if any(paper.says or paper.withheld for paper in it.papers)]


def _told(
    session: "Session",
    actor: Actor,
    parts: Mapping[str, list[Round]],
    begun: Mapping[str, Any] | None = None,
    differs: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The rounds as pages and programs take them, everything opened by one statement."""
    begun, differs = begun or {}, differs or {}
    papers = [paper for found in parts.values() for it in found for paper in it.papers]
    before = [it.since for found in parts.values() for it in found]
    openings = Openings(
        session, actor.workspace_id, [*(paper.answers for paper in papers), *before, begun, *_sides(differs)]
    )
    return {
        **{name: [_round(it, openings) for it in found] for name, found in parts.items()},
        "begun": {field: it for field, value in begun.items() if (it := bare(openings.of(value))) is not None},
        "differs": {
            field: {"of": it["of"], "before": openings.of(it["before"]), "now": openings.of(it["now"])}
            for field, it in differs.items()
        },
        "names": names_in(
            session, actor.workspace_id, [openings.of(it) for it in (*(paper.answers for paper in papers), *before)]
        ),
    }


def _sides(differs: Mapping[str, Mapping[str, Any]]) -> list[Any]:
    return [it[side] for it in differs.values() for side in ("before", "now")]


def _round(it: Round, openings: Openings) -> dict[str, Any]:
    return {
        "title": it.last.title,
        "process": it.last.process,
        "at": it.last.at,
        "repeated": it.last.item is not None,
        "since": openings.of(it.since),
        "against": it.against,
        "papers": [_paper(paper, openings) for paper in it.papers],
    }


def _paper(paper: Paper, openings: Openings) -> dict[str, Any]:
    return {
        "task": paper.task,
        "activity": paper.activity,
        "who": paper.who,
        "role": paper.role,
        "organisation": paper.organisation,
        "at": paper.at,
        "step": paper.step,
        "form": paper.form,
        "answers": openings.of(paper.answers),
        "withheld": paper.withheld,
    }
