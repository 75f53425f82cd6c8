"""The two sides of every test here: the bare library, and ours in the same words."""

from dataclasses import replace
from typing import Any

import orjson
import pytest
import zstandard

from service.engine.compiled import process_of
from service.engine.fences.saving import load
from service.engine.live.workflow import Live
from service.engine.migrating import Migrate
from service.engine.nodes.build import build
from service.engine.shapes import Advance, CaseState, Due, InstanceState, Move
from tests.diagrams import Drawing
from tests.engine.case import Case
from tests.engine.fences.bare import Bare, keys_reversed


def on_both(*, bare: Any, ours: Any) -> pytest.MarkDecorator:
    """Run the body on both sides: `engine` is the driver's class, `expected` what is seen there."""
    sides = [pytest.param(Bare, bare, id="bare"), pytest.param(Ours, ours, id="ours")]
    return pytest.mark.parametrize(("engine", "expected"), sides)


class Refused(Exception):
    """Ours answered a move with an incident; the message is its kind."""


class Ours(Case):
    """A case of ours, in the words of `Bare`."""

    def say(self, python: str, feel: str) -> str:
        """What is not written alike in Python and in FEEL."""
        return feel

    def move(self, move: Move) -> Advance:
        """Apply a move. Raises `Refused` where it becomes an incident."""
        outcome = super().move(move)
        if outcome.incident is not None:
            raise Refused(outcome.incident.kind)
        return outcome

    def tick(self) -> None:
        """Let come due what is due at this moment."""
        for timer in [timer for timer in self.timers.values() if timer.due_at <= self.now]:
            self.move(Due(timer.instance_id, timer.id))

    def reload(self) -> None:
        """Throw the living objects away: the next move begins with the snapshots."""
        self.cache.clear()

    def reload_with_keys_reversed(self) -> None:
        """Let something re-order the keys of the snapshots' JSON."""
        self._replace_states(lambda state: {"snapshot": _keys_reversed(state.snapshot)})

    def reload_on_fresh_specification(self) -> None:
        """Bring the instances back on specifications that were just built."""
        for state in self.state.instances:
            self.cache.put(state, self._live(state))

    def migrate(self, drawing: Drawing) -> None:
        """Bring the running instances onto another drawing of their process."""
        self.deploy(drawing, digest="v2")
        for state in self.state.instances:
            self.move(Migrate(state.id, state.bundle_digest, self.deployed["v2", state.process_key]))

    def _replace_states(self, changes: Any) -> None:
        states = tuple(replace(state, **changes(state)) for state in self.state.instances)
        self.state = CaseState(self.state.case_id, states)
        self.cache.clear()

    def _live(self, state: InstanceState) -> Live:
        specs = build(*process_of(self.deployed[state.bundle_digest, state.process_key].compiled))
        return load(state.id, specs, state.process_key, state.snapshot)

    @property
    def workflow(self) -> Live:
        """The library's object for the root instance, brought to life beside the case."""
        return self._live(self.state.instances[0])

    @property
    def lanes(self) -> dict[str, str | None]:
        """The role of each open task."""
        return {task.activity_id: task.role for task in self.tasks.values()}

    @property
    def over(self) -> bool:
        """Whether nothing of the case is active."""
        return not self.state.instances

    @property
    def variables(self) -> dict[str, Any]:
        """The variables that the root instance ended with."""
        return next(ended.variables for ended in self.ended.values() if ended.instance_id.startswith("root-"))

    @property
    def sent(self) -> list[str]:
        """What left the case in its last move."""
        return [message.message for message in self.advances[-1].messages]

    @property
    def size(self) -> int:
        """How many tasks the instances hold."""
        documents = [orjson.loads(zstandard.decompress(state.snapshot)) for state in self.state.instances]
        return sum(len(scope["tasks"]) for document in documents for scope in document["scopes"])


def _keys_reversed(snapshot: bytes) -> bytes:
    return zstandard.compress(orjson.dumps(keys_reversed(orjson.loads(zstandard.decompress(snapshot)))))
