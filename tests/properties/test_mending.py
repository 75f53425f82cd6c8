"""Random cases whose moves are helped here and there: every variant does the same, and a replay comes to the same hashes.

What help means is told in `tests/engine/test_helped.py`; here it may stand anywhere, also where it means nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from service.engine.shapes import Complete, Correct, Due, Move, Skip, Start
from tests.engine.case import Case
from tests.properties.drawn import drawing
from tests.properties.playing import OPERATIONS, VARIANTS
from tests.properties.processes import RandomCase, Step, cases
from tests.properties.recording import recorded
from tests.properties.sketch import BEGINNING, NUMBERS
from tests.properties.test_replay import hashes, replayed


@dataclass(frozen=True)
class Helping:
    """How one step of a walk is helped: which element and instance (counted round), past it or with another value."""

    element: int
    instance: int
    skips: bool
    anywhere: bool
    value: Any


HELP = st.builds(
    Helping,
    element=st.integers(0, 40),
    instance=st.integers(0, 3),
    skips=st.booleans(),
    anywhere=st.booleans(),
    value=st.sampled_from((0, 1, 7, "text", True, None, [1, 2], {"a": 1})),
)
WALKS = st.lists(st.lists(HELP, max_size=2), min_size=24, max_size=24)


def helped(move: Move, case: Case, random_case: RandomCase, helps: list[Helping]) -> Move:
    """The move with that help around it."""
    nodes = [(plan, node) for plan in random_case.plans for node in plan.nodes]
    for it in helps:
        plan, node = nodes[it.element % len(nodes)]
        instances = [state.id for state in case.state.instances] or ["root"]
        where = instances[it.instance % len(instances)]
        if it.skips:
            ways = [flow.id for flow in plan.flows if flow.source == node.id]
            move = Skip(move, where, node.id, ways[it.instance % len(ways)] if ways else None)
        else:
            move = Correct(move, where, None if it.anywhere else node.id, {NUMBERS[0]: it.value})
    return move


def possible(case: Case, step: Step) -> Iterator[Move]:
    """The moves that can be made now: people's tasks and timers, in the order in which they began to wait."""
    answers = {"any": step.odd, "said": step.odd, **dict(zip(NUMBERS, step.numbers, strict=True))}
    for task in case.tasks.values():
        yield Complete(task.instance_id, task.id, answers)
    for timer in case.timers.values():
        yield Due(timer.instance_id, timer.id)


def walked(random_case: RandomCase, walk: list[list[Helping]]) -> list[Case]:
    """The case in every variant: all of them say the same at every step."""
    variants = [Case(hot, compact, OPERATIONS) for hot, compact in VARIANTS]
    variants[0].deploy(*(drawing(plan) for plan in random_case.plans))
    for other in variants[1:]:
        other.deployed, other.in_force = variants[0].deployed, variants[0].in_force
    first = variants[0]
    moves: list[Move] = [Start("root", first.in_force[random_case.plans[0].key], BEGINNING)]
    for step, helps in zip((random_case.walk[0], *random_case.walk), walk, strict=False):
        if not moves:
            break
        move = helped(moves[step.pick % len(moves)], first, random_case, helps)
        for case in variants:
            case.now += timedelta(hours=step.rest)
        outcomes = [case.move(move) for case in variants]
        assert [outcome == outcomes[0] for outcome in outcomes] == [True] * len(outcomes)
        if outcomes[0].incident is not None:
            event(f"incident: {outcomes[0].incident.kind}")
            assert outcomes[0].incident.kind != "internal"
        moves = list(possible(first, step)) or ([] if first.steps else moves)
    return variants


LARGE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@settings(max_examples=40, suppress_health_check=LARGE)
@given(cases(), WALKS)
def test_help_anywhere_does_the_same_in_every_variant(random_case: RandomCase, walk: list[list[Helping]]):
    walked(random_case, walk)


@settings(max_examples=2, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(cases(), WALKS), min_size=5, max_size=5))
def test_helped_cases_are_replayed_in_a_fresh_process(walks: list[tuple[RandomCase, list[list[Helping]]]]):
    records = [recorded(case) for random_case, walk in walks for case in walked(random_case, walk)]
    assert replayed(*records) == [hashes(record) for record in records]
