"""Random cases that go over to another version in the middle, at any moment: nothing waits otherwise, the case goes on as
the token game has it, which knows of no versions, and a replay comes to the same states."""

from collections.abc import Iterator
from typing import Any

import orjson
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from service.engine.compiled import process_of
from service.engine.migrating import Counterparts, Migrate
from service.engine.shapes import Definition
from tests.properties.playing import Played
from tests.properties.processes import RandomCase, cases
from tests.properties.recording import recorded
from tests.properties.test_replay import hashes, replayed
from tests.properties.test_traces import Told

LARGE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
WHEN = st.sets(st.integers(0, 23), min_size=1, max_size=4)


def relabelled(compiled: bytes) -> bytes:
    """The same process, in which everything has another name for people."""
    document = orjson.loads(compiled)
    for part in (*document["process"]["elements"], *document["process"]["flows"]):
        part["name"] = f"{part['name'] or part['id']}, as it is called now"
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)


def renamed(compiled: bytes) -> tuple[bytes, dict[str, str]]:
    """The same process, in which every element and flow has another id; and which has which."""
    process = orjson.loads(compiled)["process"]
    ids = {part["id"]: f"{part['id']}_2" for part in (*process["elements"], *process["flows"])}

    def with_ids(value: Any, place: str = "") -> Any:
        if isinstance(value, dict):
            return {key: with_ids(inner, key) for key, inner in value.items()}
        if isinstance(value, list):
            return [with_ids(inner, place) for inner in value]
        known = place in ("id", "scope", "source", "target", "incoming", "outgoing", "default", "attached_to")
        return ids.get(value, value) if known else value

    document = orjson.loads(compiled)
    for part in ("elements", "flows"):
        document["process"][part] = with_ids(document["process"][part])
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS), ids


class Moving(Played):
    """A case whose instances go over to a copy of their process, and later to another. `told` is what a journal tells."""

    told: Told | None = None

    def go_over(self) -> None:
        """Let every instance that runs go over to a copy of its process: nothing happens by it."""
        for state in self.cases[0].state.instances:
            before, copy = self.cases[0].deployed[state.bundle_digest, state.process_key], f"{state.bundle_digest}+"
            self._deployed(Definition(copy, state.process_key, relabelled(before.compiled)))
            waited = [([*case.tasks], dict(case.timers)) for case in self.cases]
            self._migrate(state.id, state.bundle_digest, copy, {})
            assert [([*case.tasks], dict(case.timers)) for case in self.cases] == waited

    def go_round(self) -> None:
        """Let every instance go over to a version in which all is called otherwise, and back."""
        for state in self.cases[0].state.instances:
            before, copy = self.cases[0].deployed[state.bundle_digest, state.process_key], f"{state.bundle_digest}, ids"
            compiled, ids = renamed(before.compiled)
            self._deployed(Definition(copy, state.process_key, compiled))
            hash_before, tasks = self.cases[0].state_hash, dict(self.cases[0].tasks)
            self._migrate(state.id, state.bundle_digest, copy, ids)
            self._migrate(state.id, copy, state.bundle_digest, {new: old for old, new in ids.items()})
            assert (self.cases[0].state_hash, self.cases[0].tasks) == (hash_before, tasks)

    def _deployed(self, definition: Definition) -> None:
        self.cases[0].deployed[definition.bundle_digest, definition.process_key] = definition

    def _migrate(self, instance_id: str, before: str, to: str, ids: dict[str, str]) -> None:
        (key,) = {it.process_key for it in self.cases[0].state.instances if it.id == instance_id}
        move = Migrate(instance_id, before, self.cases[0].deployed[to, key], ids)
        told = self.told
        assert told is not None
        told.look()
        outcomes = [case.move(move) for case in self.cases]
        drawn = [process_of(self.cases[0].deployed[it, key].compiled)[0] for it in (before, to)]
        way = Counterparts(drawn[0], drawn[1], ids)
        told.traces[instance_id] = told.traces[instance_id].under(way)
        told.look()
        assert all(outcome == outcomes[0] for outcome in outcomes[1:])
        nothing = (outcomes[0].opened, outcomes[0].closed, outcomes[0].timers_set, outcomes[0].timers_cleared)
        assert (*nothing, outcomes[0].awaited, outcomes[0].left, outcomes[0].passed) == ((),) * 7


def moved(random_case: RandomCase, when: set[int]) -> Moving:
    """Play a case to its end, which goes over at those steps of its walk."""
    play = Moving(random_case.plans)
    play.told = Told(play)
    play.start()
    for number, step in enumerate(random_case.walk):
        if play.over:
            break
        if number in when:
            play.go_over()
        if number + 1 in when:
            play.go_round()
        play.step(step)
    return play


@settings(max_examples=40, suppress_health_check=LARGE)
@given(cases(), WHEN)
def test_a_case_that_goes_over_to_a_copy_goes_on_as_if_it_had_not(random_case: RandomCase, when: set[int]):
    moved(random_case, when)


def records(walks: list[tuple[RandomCase, set[int]]]) -> Iterator[dict[str, Any]]:
    for random_case, when in walks:
        yield from (recorded(case) for case in moved(random_case, when).cases)


@settings(max_examples=2, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(cases(), WHEN), min_size=5, max_size=5))
def test_cases_that_went_over_are_replayed_in_a_fresh_process(walks: list[tuple[RandomCase, set[int]]]):
    told = list(records(walks))
    assert replayed(*told) == [hashes(record) for record in told]
