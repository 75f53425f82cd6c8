"""What a form rests on: the variables that it names, as they are now, and the papers that their values came from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.engine import looking
from service.engine.model import Element
from service.forms import resting
from service.queries import bundled
from service.queries.bundled import FormFiles
from service.queries.papers.gathering import UI, File
from service.queries.papers.model import Paper, Round, made, round_of
from service.runtime import definitions
from service.store.tables import Instance, Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FORM_PROPERTY = "formJsonSchemaFilename"
EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Level:
    """One part of the case as the task sees it: its own instance, the one that called it, and so on outwards.

    `seen` are the variables there. `papers`, the oldest first, are those of the part itself and of the last part that it
    called; of the task's own part, those of its earlier run too.
    """

    instance: Instance
    seen: Mapping[str, Any]
    papers: tuple[Paper, ...]


class Grounds:
    """Looks up variables for a task: in its own part of the case, then in the one that called that, and so on.

    In each part the newest word counts: the variable, or a paper that has an answer of that name. Of papers that are an
    organisation's own, a task for an organisation finds those of that organisation.
    """

    def __init__(self, session: "Session", file: File, task: Task, language: str) -> None:
        self._session, self._file, self._task, self._language = session, file, task, language
        self._all = file.of_task(task)
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

    # --- one level ---------------------------------------------------------------------------------------------------

    def _value(self, name: str) -> Any:
        for level in self._levels:
            value, answer = level.seen.get(name), self._answer(level, name)
            if answer is not None and (value in EMPTY or not self._older(answer, name, value)):
                return answer.answers[name]
            if value not in EMPTY:
                return value
        return None

    def _older(self, answer: Paper, name: str, value: Any) -> bool:
        """Whether the answer is no newer than what the variable holds: its paper is as new, or it was made by no one."""
        source = self._source(name, value)
        return source is None or source.step >= answer.step

    def _answer(self, level: Level, name: str) -> Paper | None:
        return next(
            (it for it in reversed(level.papers) if it.answers.get(name) not in EMPTY and self._may_be(it)), None
        )

    def _may_be(self, paper: Paper) -> bool:
        hers = self._task.candidate_organisation_id
        return paper.organisation_id is None or hers is None or paper.organisation_id == hers

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
        """The answers of several that a part of the case gathered under that name."""
        for paper in reversed(level.papers):
            if paper.item is not None and self._gathered(paper.instance).get(name) == paper.activity:
                return round_of(self._all, paper)
        return None

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
            if inner is None:
                near |= self._under(self._run_before(instance))
            papers = tuple(it for it in self._all if it.instance in near)
            yield Level(instance, self._seen(instance, at), papers)
            at, inner = instance.parent_task_id or "", instance
            instance = self._file.instances.get(instance.parent_id or "")

    def _seen(self, instance: Instance, at: str) -> Mapping[str, Any]:
        if self._task.closed_at is not None or instance.snapshot is None:
            return {}
        here = (instance.workspace_id, instance.bundle_digest, instance.process_key)
        definition = definitions.by_digest(self._session, *here)
        return looking.variables(definition, instance.id, instance.snapshot, at)

    def _child(self, parent: Instance, before: Instance | None) -> Instance | None:
        """The last part that an instance called, before it called that other."""
        called = (it for it in self._file.instances.values() if it.parent_id == parent.id)
        earlier = [it for it in called if before is None or it.number < before.number]
        return max(earlier, key=lambda it: it.number, default=None)

    def _run_before(self, instance: Instance) -> Instance | None:
        """The instance that the same activity called before this one."""
        if instance.parent_id is None:
            return None
        place = (instance.parent_id, instance.parent_activity_id)
        same = [it for it in self._file.instances.values() if (it.parent_id, it.parent_activity_id) == place]
        return max((it for it in same if it.number < instance.number), key=lambda it: it.number, default=None)

    def _under(self, instance: Instance | None) -> set[str]:
        """An instance and all that it called, however deep."""
        if instance is None:
            return set()
        return {it for it in self._file.instances if instance.id in self._file.ancestry(it)}


def _one(paper: Paper, name: str) -> dict[str, Any]:
    return {name: paper.answers[name]}
