"""What a form rests on: the variables that it names, as they are now, and the papers that their values came from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.engine import looking
from service.engine.model import Element
from service.forms import resting
from service.forms.resting import Rows
from service.queries import bundled
from service.queries.bundled import FormFiles
from service.queries.papers.gathering import UI, File
from service.queries.papers.model import Paper, Round, made, round_of
from service.runtime import calendars, definitions
from service.store.tables import Instance, Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FORM_PROPERTY = "formJsonSchemaFilename"
EMPTY: tuple[Any, ...] = (None, "", [], {})
BY = "organisation"


@dataclass(frozen=True, slots=True)
class Level:
    """One part of the case as the task sees it: its own instance, the one that called it, and so on outwards.

    `seen` are the variables there. `papers`, the oldest first, are those of the part itself and of the last part that it
    called: never of another run of the task's own process, whose notes and lists concern what was at stake then.
    `before` are those of the run before, of the task's own part: with them a form may begin, and nothing rests on them.
    """

    instance: Instance
    seen: Mapping[str, Any]
    papers: tuple[Paper, ...]
    before: tuple[Paper, ...] = ()


class Grounds:
    """Looks up variables for a task: in its own part of the case, then in the one that called that, and so on.

    In each part the newest word counts: the variable, or a paper that has an answer of that name. Of papers that are an
    organisation's own, a task for an organisation finds those of that organisation.
    """

    def __init__(self, session: "Session", file: File, task: Task, language: str) -> None:
        self._session, self._file, self._task, self._language = session, file, task, language
        self._all, self._last = file.of_task(task), file.last_step(task)
        self._levels = list(self._outwards())
        self._kept = {name for it in file.ancestry(task.instance_id) for name in self._gathered(it, kept=True)}

    def value(self, *names: str) -> Any:
        """The value of the first of these variables that has one, sealed as it is; None where none has.

        `name.part` is a part of a variable. Votes, and what a form keeps for its own people, are nobody's to carry on.
        """
        for name in names:
            variable, *path = name.split(".")
            found = None if variable in self._kept else self._value(variable)
            for step in path:
                found = found.get(step) if isinstance(found, Mapping) else None
            if found not in EMPTY:
                return found
        return None

    def begun(self, names: Sequence[str], rows: Rows | None) -> Any:
        """With what a field begins: the value of one of the names, or the rows that others wrote; the newer of both."""
        value = self.value(*names)
        found, step = ([], 0) if rows is None else self._rows(rows)
        variables = {name.partition(".")[0] for name in names}
        newest = next((it.step for it in reversed(self._all) if any(it.answers.get(n) for n in variables)), 0)
        return found if found and (value in EMPTY or step > newest) else value

    def together(self, name: str, other: str) -> bool:
        """Whether something was answered together with the newest answer of another name; so it is where there is none."""
        newest = next((it for it in reversed(self._all) if other in it.answers), None)
        return newest is None or newest.answers.get(name) not in EMPTY

    def shown(self, name: str) -> Round | None:
        """The papers, or the one answer, that the variable is; None where nothing is known of it."""
        for level in self._levels:
            value, answer = level.seen.get(name), self._answer(level, name)
            if value in EMPTY or name in self._kept:
                found = self._collected(level, name) if answer is None else Round((answer.only(**_one(answer, name)),))
            elif answer is not None and not self._older(answer, name, value):
                found = Round((answer.only(**_one(answer, name)),))
            else:
                found = self._came_from(name, value)
            if found is not None:
                return found
        return None

    def _rows(self, wanted: Rows) -> tuple[list[dict[str, Any]], int]:
        """The rows that stand under some names, each with the fields that are wanted, and the step of the newest.

        `name.part` is a list in each of them. `organisation` is who answered, where the row names no other.
        """
        found, step = [], 0
        for name in wanted.names:
            variable, _, part = name.partition(".")
            round_ = None if variable in self._kept else self.shown(variable)
            for paper in round_.papers if round_ else ():
                step = max(step, paper.step)
                for given in _listed(paper.answers.get(variable, paper.answers)):
                    for row in _listed(given.get(part)) if part else (given,):
                        taken = {it: row[it] for it in wanted.fields if row.get(it) not in EMPTY}
                        if taken.keys() - {BY} and BY in wanted.fields and paper.organisation_id:
                            taken.setdefault(BY, paper.organisation_id)
                        found += [taken] if taken.keys() - {BY} else []
        return found, step

    # --- one level ---------------------------------------------------------------------------------------------------

    def _value(self, name: str) -> Any:
        for level in self._levels:
            value, answer = level.seen.get(name), self._answer(level, name, before=True)
            if answer is not None and (value in EMPTY or not self._older(answer, name, value)):
                return answer.answers[name]
            if value not in EMPTY:
                return value
        return None

    def _older(self, answer: Paper, name: str, value: Any) -> bool:
        """Whether the answer is no newer than what the variable holds: its paper is as new, or it was made by no one."""
        source = self._source(name, value)
        return source is None or source.step >= answer.step

    def _answer(self, level: Level, name: str, *, before: bool = False) -> Paper | None:
        """The newest paper that has an answer of that name; a list that was left empty is an answer, and says nothing."""
        papers = (*(level.before if before else ()), *level.papers)
        named = (it for it in reversed(papers) if it.answers.get(name) not in (None, "", {}) and self._may_be(it))
        newest = next(named, None)
        return None if newest is None or newest.answers[name] == [] else newest

    def _may_be(self, paper: Paper) -> bool:
        hers = self._task.candidate_organisation_id
        return paper.item is None or hers is None or paper.organisation_id in (None, hers)

    def _source(self, name: str, value: Any) -> Paper | None:
        return next((it for it in reversed(self._all) if it.answers.get(name) == value), None)

    def _came_from(self, name: str, value: Any) -> Round | None:
        """The paper, or the papers, in which a variable's value was written."""
        source = self._source(name, value)
        if source is not None:
            return Round((source.only(**_one(source, name)),))
        newest = list(reversed(self._all))
        if isinstance(value, list):
            whole = next((it for it in newest if it.item is not None and it.says and it.answers in value), None)
            if whole is not None:
                return round_of(self._all, whole)
        for paper in newest:  # a row of somebody's list, such as the remark that a task is about
            field = next((key for key, rows in paper.answers.items() if isinstance(rows, list) and value in rows), None)
            if field is not None:
                return Round((paper.only(**{field: [value]}),))
        return self._made(name, value)

    def _made(self, name: str, value: Any) -> Round | None:
        """A value that nobody answered, under the label of its field; None where no form has such an answer: what a
        script put in the place of somebody's answer is not hers, and a name or a code is no text for a reader."""
        for level in self._levels:
            for form in self._forms(level.instance):
                field = form.schema.get("properties", {}).get(name, {})
                codes = [one.get("const") for one in field.get("oneOf", ())] or field.get("enum")
                if field.get("title") and (not codes or value in codes):
                    said = form.texts.of(f"{form.schema_file}#/title", form.schema.get("title"))
                    return Round((made(name, value, said, form),))
        return None

    def _forms(self, instance: Instance) -> Iterator[FormFiles]:
        """The forms of an instance's process, in the reader's language."""
        here = (instance.workspace_id, instance.bundle_digest)
        for element in bundled.process(self._session, *here, instance.process_key).elements:
            names = (element.properties.get(FORM_PROPERTY), element.properties.get(UI))
            form = bundled.form(self._session, *here, names, self._language)
            if form is not None:
                yield form

    def _collected(self, level: Level, name: str) -> Round | None:
        """The answers of several that a part of the case gathered under that name, when it asked them last."""
        for paper in reversed(level.papers):
            if paper.item is not None and self._gathered(paper.instance).get(name) == paper.activity:
                return round_of(self._all, paper) if self._of_last_round(paper) else None
        return None

    def _of_last_round(self, paper: Paper) -> bool:
        """Whether nobody has been asked again since; who are asked one after the other are asked in many steps."""
        instance = self._file.instances[paper.instance]
        here = (instance.workspace_id, instance.bundle_digest, instance.process_key)
        element = bundled.process(self._session, *here).element(paper.activity)
        if element is None or element.loop is None or element.loop.kind == "sequential":
            return True
        return paper.round >= self._file.last_opened(paper.instance, paper.activity, self._last)

    def _gathered(self, instance_id: str, *, kept: bool = False) -> dict[str, str]:
        """The names under which a process gathers what several answer, each with the activity.

        `kept`: only votes, and what forms keep for the people of one organisation.
        """
        instance = self._file.instances[instance_id]
        here = (instance.workspace_id, instance.bundle_digest, instance.process_key)
        return {
            name: element.id
            for element in bundled.process(self._session, *here).elements
            if element.loop and (not kept or self._keeps(instance, element))
            for name in (element.loop.result, element.loop.output if kept else None)
            if name
        }

    def _keeps(self, instance: Instance, element: Element) -> bool:
        """Whether the answers to an activity are not for every reader."""
        name = element.properties.get(FORM_PROPERTY)
        form = bundled.form(self._session, instance.workspace_id, instance.bundle_digest, (name, None), "")
        return bool(element.properties.get("ballot")) or (form is not None and resting.own(form.schema))

    # --- the levels --------------------------------------------------------------------------------------------------

    def _outwards(self) -> Iterator[Level]:
        inner: Instance | None = None
        instance, at = self._file.instances.get(self._task.instance_id), self._task.id
        while instance is not None:
            near = {instance.id} | self._under(self._child(instance, before=inner))
            again = set() if inner else self._under(self._run_before(instance))
            papers = tuple(it for it in self._all if it.instance in near and not self._of_another_run(it))
            before = tuple(it for it in self._all if it.instance in again)
            yield Level(instance, self._seen(instance, at), papers, before)
            at, inner = instance.parent_task_id or "", instance
            instance = self._file.instances.get(instance.parent_id or "")

    def _of_another_run(self, paper: Paper) -> bool:
        """Whether a paper was written in another run of the process that the task stands in."""
        own, its = self._task.instance_id, self._file.ancestry(paper.instance)
        key = self._file.instances[own].process_key
        others = its - self._file.ancestry(own)
        return own not in its and any(self._file.instances[it].process_key == key for it in others)

    def _seen(self, instance: Instance, at: str) -> Mapping[str, Any]:
        if self._task.closed_at is not None or instance.snapshot is None:
            return self._called_with(instance)
        here = (instance.workspace_id, instance.bundle_digest, instance.process_key)
        definition = definitions.by_digest(self._session, *here)
        return looking.variables(definition, instance.id, instance.snapshot, at)

    def _called_with(self, instance: Instance) -> Mapping[str, Any]:
        """What is still known of the variables of a part that is past: those that its call gave it outright, such as the
        question that a meeting decides."""
        parent, now = self._file.instances.get(instance.parent_id or ""), self._task.closed_at
        if parent is None or now is None:
            return {}
        here = (parent.workspace_id, parent.bundle_digest, parent.process_key)
        called = bundled.process(self._session, *here).element(instance.parent_activity_id or "")
        script = called.pre_script if called else None
        return looking.constants(script, now, calendars.of(self._session, parent.workspace_id)) if script else {}

    def _child(self, parent: Instance, before: Instance | None) -> Instance | None:
        """The last part that an instance called, before it called that other."""
        called = (it for it in self._file.instances.values() if it.parent_id == parent.id)
        earlier = [it for it in called if before is None or it.number < before.number]
        return max(earlier, key=lambda it: it.number, default=None)

    def _run_before(self, instance: Instance) -> Instance | None:
        """The instance that the same activity called before this one: in the same part, else in the run before of the part
        that called it."""
        caller = self._file.instances.get(instance.parent_id or "")
        while caller is not None:
            place = (caller.id, instance.parent_activity_id)
            same = [it for it in self._file.instances.values() if (it.parent_id, it.parent_activity_id) == place]
            earlier = [it for it in same if it.number < instance.number]
            if earlier:
                return max(earlier, key=lambda it: it.number)
            caller = self._run_before(caller)
        return None

    def _under(self, instance: Instance | None) -> set[str]:
        """An instance and all that it called, however deep."""
        if instance is None:
            return set()
        return {it for it in self._file.instances if instance.id in self._file.ancestry(it)}


def _listed(value: Any) -> list[Mapping[str, Any]]:
    """The groups in a value: one, those of a list, or none."""
    return [it for it in (value if isinstance(value, list) else [value]) if isinstance(it, Mapping)]


def _one(paper: Paper, name: str) -> dict[str, Any]:
    return {name: paper.answers[name]}
