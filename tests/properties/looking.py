"""What can be seen of a case, in the same words for the engine and for the token game."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from json import dumps
from typing import Any, Protocol
from uuid import UUID

from SpiffWorkflow.util.task import TaskState

from service.engine.fences.saving import load
from service.engine.live.task import LiveTask
from service.engine.live.workflow import Inner, Live
from service.engine.nodes.events import Catching
from service.engine.shapes import Advance, CaseState, Definition, TimerSet
from service.engine.stepping.cache import specs_of
from tests.engine.case import Case
from tests.properties.token_game import Game
from tests.properties.tokens import Token, Watch, Work

Lives = dict[str, Live]
"""The instances of a case, alive, by id."""


class Open(Protocol):
    """A task that is open; `item_index` is that of its item."""

    @property
    def id(self) -> str: ...
    @property
    def instance_id(self) -> str: ...
    @property
    def item_index(self) -> int | None: ...


class Kept(Protocol):
    """What is kept of a case that runs: by a test of the engine, or by the service."""

    @property
    def state(self) -> CaseState: ...
    @property
    def deployed(self) -> Mapping[tuple[str, str], Definition]: ...
    @property
    def tasks(self) -> Mapping[str, Open]: ...
    @property
    def timers(self) -> Mapping[str, TimerSet]: ...


@dataclass(frozen=True, order=True)
class Place:
    """Something that waits: the process and element, which item of it (-1: no item), and as JSON its variables and the
    elements and variables of the sub-processes and calls around it, so that two which look the same are the same."""

    process: str
    element: str
    index: int
    variables: str


@dataclass(frozen=True, order=True)
class Timer:
    """A timer that waits."""

    due: datetime
    place: Place


@dataclass(frozen=True)
class Named:
    """Something that waits in the engine, with its instance's and its own id."""

    what: Any
    instance_id: str
    id: str


def json(value: Any) -> str:
    """One text for one JSON value: true is not 1."""
    return dumps(value, sort_keys=True)


def open_in_game(game: Game) -> list[Place]:
    """The open tasks of the game, in the game's order."""
    return [_in_game(work.token, work.index, _around(work)) for work in game.works()]


def timers_in_game(game: Game) -> list[Timer | None]:
    """The timers of the game in the order of its events; None for a message."""
    return [None if it.due is None else Timer(it.due, _of_watch(it)) for it in game.watches()]


def messages_in_game(game: Game) -> list[Place | None]:
    """The places where the game waits for a message, in the order of its events; None for a timer."""
    return [_of_watch(it) if it.due is None else None for it in game.watches()]


def _of_watch(watch: Watch) -> Place:
    scope = watch.token.scope
    around = [watch.node.id, watch.data, *_around(scope.holder or scope.instance.caller)]
    return replace(_in_game(watch.token, None, around), element=watch.node.id)


def _in_game(token: Token, index: int | None, around: list[Any]) -> Place:
    return Place(token.scope.instance.plan.key, token.node.id, -1 if index is None else index, json(around))


def _around(work: Work | None) -> list[Any]:
    """Element and variables of the work, and of each that it is done in."""
    found: list[Any] = []
    while work is not None:
        found += [work.token.node.id, work.data]
        work = work.token.scope.holder or work.token.scope.instance.caller
    return found


def open_in_engine(case: Kept, lives: Lives) -> list[Named]:
    """The open tasks of the engine, oldest first."""
    return [
        Named(_in_engine(case, lives, it.instance_id, it.id, it.item_index), it.instance_id, it.id)
        for it in case.tasks.values()
    ]


def timers_in_engine(case: Kept, lives: Lives) -> list[Named]:
    """The timers that the engine waits for, oldest first."""
    return [
        Named(Timer(it.due_at, _in_engine(case, lives, it.instance_id, it.id)), it.instance_id, it.id)
        for it in case.timers.values()
    ]


def messages_in_engine(case: Kept, lives: Lives) -> list[Place]:
    """The places where the engine waits for a message, first come first served."""
    return [
        _in_engine(case, lives, instance_id, str(task.id))
        for instance_id, live in lives.items()
        for task in sorted(live.all_tasks(), key=lambda task: task.number)
        if task.state == TaskState.WAITING and isinstance(task.task_spec, Catching)
        if task.task_spec.event.kind == "message"
    ]


def _in_engine(case: Kept, lives: Lives, instance_id: str, task_id: str, index: int | None = None) -> Place:
    live = lives[instance_id]
    task = live.task(UUID(task_id))
    around = [part for it in _tasks_around(case, lives, task) for part in (it.task_spec.element.id, it.data)]
    return Place(live.spec.name, task.task_spec.element.id, -1 if index is None else index, json(around))


def _tasks_around(case: Kept, lives: Lives, task: LiveTask) -> Iterator[LiveTask]:
    states = {it.id: it for it in case.state.instances}
    while True:
        yield task
        state = states[task.workflow.top_workflow.instance_id]
        if isinstance(task.workflow, Inner):
            task = task.workflow.activity
        elif state.parent_id is not None:
            task = lives[state.parent_id].task(UUID(state.parent_task_id))
        else:
            return


def ended_in_game(game: Game) -> list[tuple[str, str, str]]:
    """The instances that ended in the game's last move: process, outcome, variables."""
    return sorted((it.process, it.outcome, json(it.variables)) for it in game.over)


def ended_in_engine(outcome: Advance, case: Case) -> list[tuple[str, str, str]]:
    """The instances that ended in the engine's step: process, outcome, variables."""
    keys = {it.child_id: it.process_key for step in case.advances for it in step.bound}
    return sorted((keys.get(it.instance_id, "outer"), it.outcome, json(it.variables)) for it in outcome.ended)


def alive(case: Kept) -> Lives:
    """The instances of a case, read from their snapshots alone."""
    return {
        state.id: load(
            state.id,
            specs_of(case.deployed[state.bundle_digest, state.process_key]),
            state.process_key,
            state.snapshot,
        )
        for state in case.state.instances
    }
