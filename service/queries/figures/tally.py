"""Counting what entries tell of one process: how often each element was passed, how long it was waited for, which way an
instance took."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from service.engine.model import Process

Entry = Mapping[str, Any]

WAITS = frozenset({"intermediateCatchEvent", "receiveTask", "callActivity"})
"""What a token stands at until something comes that is no task of a person."""

JOINS = frozenset({"parallelGateway", "inclusiveGateway"})


@dataclass(slots=True)
class Activity:
    """What is counted of one element. `taken` and `done` are seconds from its beginning; `late` tasks were done after
    their deadline, `overdue` wait and are past it; `waiting` is what waits now."""

    passed: int = 0
    waiting: int = 0
    late: int = 0
    overdue: int = 0
    taken: list[float] = field(default_factory=list)
    done: list[float] = field(default_factory=list)

    def add(self, other: "Activity") -> None:
        """Count what another has counted too."""
        self.passed += other.passed
        self.waiting += other.waiting
        self.late += other.late
        self.overdue += other.overdue
        self.taken += other.taken
        self.done += other.done


@dataclass(slots=True)
class Way:
    """The way of one instance: what it passed, in the order of the first time, and how often by which flow."""

    activities: dict[str, Activity] = field(default_factory=dict)
    flows: Counter[str] = field(default_factory=Counter)
    last: dict[str, datetime] = field(default_factory=dict)

    def at(self, element: str) -> Activity:
        """What is counted of an element."""
        return self.activities.setdefault(element, Activity())


@dataclass(slots=True)
class Waiting:
    """A task or a timer that waits."""

    activity: str
    since: datetime
    due_at: datetime | None = None
    taken: bool = False


class Tally:
    """Counts case after case."""

    def __init__(self, process: Process) -> None:
        self.activities: dict[str, Activity] = defaultdict(Activity)
        self._sources = {flow.id: flow.source for flow in process.flows}
        self._waits = {it.id for it in process.elements if it.kind in WAITS}
        self._joins = {it.id: it.incoming for it in process.elements if it.kind in JOINS and len(it.incoming) > 1}

    def case(self, entries: Iterable[Entry], instances: Collection[str], now: datetime) -> dict[str, Way]:
        """Count what a case tells of some of its instances; gives the way of each."""
        ways = {key: Way() for key in instances}
        waiting: dict[str, dict[str, Waiting]] = {key: {} for key in instances}
        of: dict[str, str] = {}
        for entry in entries:
            data, at = entry["data"], datetime.fromisoformat(entry["at"])
            for key, marks in data.get("passed", {}).items():
                if key in ways:
                    self._follow(ways[key], marks, at)
            instance, task = data.get("instance"), data.get("task")
            match entry["kind"]:
                case "instance.migrated" if instance in ways:
                    _rename(ways[instance], waiting[instance], data.get("renamed", {}))
                case "task.opened" if instance in ways:
                    due = data.get("due_at")
                    of[task] = instance
                    waiting[instance][task] = Waiting(data["activity"], at, due and datetime.fromisoformat(due))
                case "task.claimed" | "task.assigned" if task in of:
                    key = of[task]
                    _take(ways[key], waiting[key][task], at)
                case "task.completed" if task in of:
                    key = of.pop(task)
                    done = data.get("answered_at")
                    _do(ways[key], waiting[key].pop(task), datetime.fromisoformat(done) if done else at)
                case "task.cancelled" if task in of:
                    del waiting[of.pop(task)][task]
        for key, way in ways.items():
            for join in self._joins.keys() & way.activities.keys():  # written down once for each flow that came in
                way.at(join).passed = max(way.flows[flow] for flow in self._joins[join])
            for it in waiting[key].values():
                way.at(it.activity).waiting += 1
                way.at(it.activity).overdue += it.due_at is not None and it.due_at < now
            for element, counted in way.activities.items():
                self.activities[element].add(counted)
        return ways

    def _follow(self, way: Way, marks: Iterable[str], at: datetime) -> None:
        for mark in marks:
            if mark.startswith("-"):
                continue
            flow, _, element = mark.rpartition(" ")
            way.at(element).passed += 1
            if flow:
                way.flows[flow] += 1
                came = way.last.get(self._sources.get(flow, ""))
                if element in self._waits and came is not None:
                    way.at(element).done.append((at - came).total_seconds())
            way.last[element] = at


def _take(way: Way, task: Waiting, at: datetime) -> None:
    """The first time that somebody takes a task counts."""
    if not task.taken:
        task.taken = True
        way.at(task.activity).taken.append((at - task.since).total_seconds())


def _do(way: Way, task: Waiting, at: datetime) -> None:
    _take(way, task, at)
    found = way.at(task.activity)
    found.done.append((at - task.since).total_seconds())
    found.late += task.due_at is not None and at > task.due_at


def _rename(way: Way, waiting: Mapping[str, Waiting], renamed: Mapping[str, str]) -> None:
    """An instance goes on under another version: what it has passed is told by the names of that one."""
    way.activities = {renamed.get(key, key): it for key, it in way.activities.items()}
    way.flows = Counter({renamed.get(key, key): count for key, count in way.flows.items()})
    way.last = {renamed.get(key, key): at for key, at in way.last.items()}
    for task in waiting.values():
        task.activity = renamed.get(task.activity, task.activity)
