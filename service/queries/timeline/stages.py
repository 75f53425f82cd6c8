"""How a case stood after a step: its instances, where their tokens are, and what waits for people and for the clock."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from service.domain.copies import votes_in
from service.engine import Trace
from service.engine.migrating import Counterparts
from service.engine.model import Process
from service.queries.timeline.steps import Step

Drawn = Callable[[str, str], Process]
"""Gives the process of a deployed bundle: (digest, process key) → what the author drew."""

ADDRESS = {"role": None, "drawn_role": None, "candidate": None}
"""What an entry leaves out where there is none."""


@dataclass(frozen=True, slots=True)
class Version:
    """What an instance went by, from the step of that number on: 0 for what it began with."""

    since: int
    digest: str
    process: Process


@dataclass(slots=True)
class Running:
    """One instance: what it runs, who called it, its way so far, and how it ended if it has. `versions` is what it has
    gone by, the newest first."""

    id: str
    digest: str
    process_key: str
    trace: Trace
    parent: str | None = None
    activity: str | None = None
    outcome: str | None = None
    end_event: str | None = None
    versions: list[Version] = field(default_factory=list)

    def versions_at(self, number: int | None) -> list[Version]:
        """The version that it went by in a step (now, without one), and behind it the others."""
        return sorted(self.versions, key=lambda it: number is not None and it.since > number)


@dataclass(slots=True)
class Stage:
    """A case after some of its steps. `tasks` and `timers` are those that wait, as their entries told them."""

    drawn: Drawn
    instances: dict[str, Running] = field(default_factory=dict)
    tasks: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    timers: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    told: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """Every task that was ever opened, whether it still waits or not; `timed` likewise every timer."""
    timed: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    votes: dict[tuple[str, str], str] = field(default_factory=dict)
    """What was voted, by ballot and organisation; the last word counts."""

    def after(self, steps: Iterable[Step]) -> "Stage":
        """The same stage, when these steps have happened too."""
        for step in steps:
            self._take(step)
        return self

    def copy(self) -> "Stage":
        """The same stage, to be led on without changing this one."""
        others = {
            key: replace(it, trace=it.trace.copy(), versions=list(it.versions)) for key, it in self.instances.items()
        }
        tasks, timers, told, timed = (dict(it) for it in (self.tasks, self.timers, self.told, self.timed))
        return Stage(self.drawn, others, tasks, timers, told, timed, dict(self.votes))

    def waiting(self, instance_id: str) -> dict[str, int]:
        """How many tokens stand at each element of an instance; for a repeated task, how many people it waits for."""
        instance = self.instances[instance_id]
        if instance.outcome is not None:
            return {}
        found = instance.trace.standing()
        for element in found:
            tasks = [it for it in self.tasks.values() if (it["instance"], it["activity"]) == (instance_id, element)]
            found[element] = max(found[element], len(tasks))
        return found

    def _take(self, step: Step) -> None:
        data = step.cause["data"]
        if step.kind == "instance.started":
            self._begin(data["instance"], data["bundle"], data["process"])
        if step.kind == "instance.migrated":
            self._migrate(step.number, data)
        for bound in step.entries("call.bound"):
            self._begin(bound["child"], bound["bundle"], bound["process"], bound["instance"], bound["activity"])
        for instance_id, marks in data.get("passed", {}).items():
            self.instances[instance_id].trace.follow(marks, _chosen(step, instance_id))
        for opened in step.entries("task.opened"):
            self.tasks[opened["task"]] = self.told[opened["task"]] = opened
        for task in step.entries("task.readdressed"):
            self.tasks[task["task"]] = self.told[task["task"]] = {**self.told[task["task"]], **ADDRESS, **task}
        for timer in step.entries("timer.set"):
            self.timers[timer["timer"]] = self.timed[timer["timer"]] = timer
        self.votes |= {(ballot, by): vote for ballot, by, vote in votes_in([step.cause, *step.follow])}
        self._close(step)
        self._end(step)

    def _begin(self, key: str, digest: str, process_key: str, parent: str | None = None, by: str | None = None) -> None:
        trace = Trace(self.drawn(digest, process_key))
        version = Version(0, digest, trace.process)
        self.instances[key] = Running(key, digest, process_key, trace, parent, by, versions=[version])

    def _migrate(self, number: int, data: Mapping[str, Any]) -> None:
        """An instance goes on under another version, and what waits in it is called as that has it."""
        instance, renamed = self.instances[data["instance"]], data.get("renamed", {})
        process = self.drawn(data["bundle"], data["process"])
        instance.trace = instance.trace.under(Counterparts(instance.trace.process, process, renamed))
        instance.digest = data["bundle"]
        instance.versions.insert(0, Version(number, instance.digest, process))
        for known in (self.tasks, self.timers, self.told, self.timed):
            for key, it in known.items():
                if it["instance"] == instance.id and it["activity"] in renamed:
                    known[key] = {**it, "activity": renamed[it["activity"]]}
        for child in self.instances.values():
            if child.parent == instance.id and child.activity is not None:
                child.activity = renamed.get(child.activity, child.activity)

    def _close(self, step: Step) -> None:
        for closed in (*step.entries("task.completed"), *step.entries("task.cancelled")):
            self.tasks.pop(closed["task"], None)
        for gone in (*step.entries("timer.fired"), *step.entries("timer.cleared")):
            self.timers.pop(gone["timer"], None)

    def _end(self, step: Step) -> None:
        for end in step.entries("instance.ended"):
            instance = self.instances[end["instance"]]
            instance.outcome, instance.end_event = end["outcome"], end.get("end_event")
            self.tasks = {key: it for key, it in self.tasks.items() if it["instance"] != instance.id}
            self.timers = {key: it for key, it in self.timers.items() if it["instance"] != instance.id}


def _chosen(step: Step, instance_id: str) -> dict[str, list[list[str]]]:
    chosen: dict[str, list[list[str]]] = {}
    for made in step.entries("evaluation.made"):
        if made["instance"] == instance_id and made["of"] == "gateway":
            chosen.setdefault(made["activity"], []).append(made["record"]["taken"])
    return chosen
