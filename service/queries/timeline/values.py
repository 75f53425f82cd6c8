"""The values that a case went by at a moment, made again step by step, and what the step at hand changed of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from service.engine import same
from service.forms import resting
from service.queries import bundled
from service.queries.replay.moments import Known, Moment, Unknown, moments
from service.queries.revealing import names_in
from service.queries.timeline.book import FORM, Book
from service.queries.timeline.course import Course
from service.queries.timeline.stages import Running, Stage
from service.queries.withheld import WITHHELD, covered
from service.runtime.views import when

ENGINES = frozenset({"loopCounter"})
"""Variables that no author wrote."""

Values = dict[str, list[dict[str, Any]]]
"""By the name of a variable: its value, and the elements from where it is seen; several where branches differ."""


def told(course: Course, stage: Stage, number: int, seen: Running | None) -> dict[str, Any]:
    """`changed`: what the step changed, by part; `all`: everything that the part that is shown knows, None where it is not
    told to this reader; `names` of what ids in them stand for. Or `unknown`, with `why`: why the values cannot be told;
    without it they are still being made."""
    then, now = at(course, number - 1, number)
    if isinstance(then, Unknown) or isinstance(now, Unknown):
        why = next(it.why for it in (then, now) if isinstance(it, Unknown))
        return {"unknown": True, "why": why, "changed": [], "all": None, "names": {}}
    reader = Reader(course, course.book(stage).at(number))
    changed = [
        {"instance": key, "name": reader.book.process(key), "values": values}
        for key, known in now.known.items()
        if (values := reader.differences(key, (then.known.get(key, []), number - 1), (known, number)))
    ]
    everything = None if seen is None else reader.values(seen.id, now.known.get(seen.id, []), number)
    names = names_in(course.session, course.actor.workspace_id, [[changed_values(changed), everything]])
    return {"unknown": False, "why": None, "changed": changed, "all": everything, "names": names}


def changed_values(parts: Sequence[Mapping[str, Any]]) -> list[Any]:
    """The values that stand in what `differences` gave for several parts."""
    return [value for part in parts for it in part["values"] for value in (*it["before"], *it["after"])]


def at(course: Course, *numbers: int) -> list[Moment | Unknown]:
    """What the case's parts knew after each of these steps, growing; before the first, which is step 0, nothing."""
    entries = [course.last_entry(number) if number else -1 for number in numbers]
    return moments(course.session, course.case, course.entries, entries)


@dataclass(slots=True)
class Reader:
    """What one reader may see of values. `own` are the names under which the words of single organisations are kept."""

    course: Course
    book: Book
    own: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.own = frozenset(name for it in self.book.stage.instances.values() for name in self._own(it))

    def values(self, instance_id: str, known: Known, number: int) -> Values | None:
        """What a part knew after a step; None where nothing of it is told."""
        if self.course.veil.hides(instance_id):
            return None
        held, found = self._held(number), Values()
        for element, seen in known:
            for name in sorted(seen):
                value = self._shown(name, seen[name], held=held)
                values = found.setdefault(name, [])
                there = next((it for it in values if same(it["value"], value)), None)
                if there is None:
                    there = {"value": value, "seen_from": []}
                    values.append(there)
                if element is not None:
                    there["seen_from"].append(self.book.element(instance_id, element))
        return found

    def differences(
        self, instance_id: str, before: tuple[Known, int], after: tuple[Known, int]
    ) -> list[dict[str, Any]]:
        """The variables in which two moments of a part differ, by name, with what they were: one value each, several where
        branches differ, none where there was no such variable; `asked` is what a form calls it. The engine's own are left out."""
        then, now = self.values(instance_id, *before), self.values(instance_id, *after)
        if then is None or now is None:
            return []
        named = ((name, _bare(then, name), _bare(now, name)) for name in sorted({*then, *now} - ENGINES))
        changed = [(name, old, new) for name, old, new in named if not same(old, new)]
        asked = self.book.asked(instance_id) if changed else {}
        return [{"name": name, "before": old, "after": new, "asked": asked.get(name)} for name, old, new in changed]

    def _held(self, number: int) -> bool:
        """Whether what the process itself held after that step may tell a vote."""
        since = self.course.veil.since
        return since is not None and number > 0 and self.course.steps[number - 1].cause["at"] >= str(when(since))

    def _shown(self, name: str, value: Any, *, held: bool) -> Any:
        if name in self.own:
            return WITHHELD
        return covered(value) if held else value

    def _own(self, instance: Running) -> set[str]:
        found: set[str] = set()
        for element in instance.trace.process.elements:
            names = (element.properties.get(FORM), None)
            form = names[0] and bundled.form(
                self.book.session, self.book.here, instance.digest, names, self.book.language
            )
            if form and resting.own(form.schema):
                loop = element.loop
                found |= {it for it in (element.variable, *((loop.output, loop.result) if loop else ())) if it}
                found |= {name for name, _ in resting.fields(form.schema)}
        caller = self.book.stage.instances.get(instance.parent or "") if found else None
        by = None if caller is None else caller.trace.process.element(instance.activity or "")
        if by is not None and by.loop is not None:
            found |= {it for it in (by.loop.output, by.loop.result) if it}
        return found


def _bare(values: Values, name: str) -> list[Any]:
    return [it["value"] for it in values.get(name, ())]
