"""Each diagram has the faults that are known of it and no others; the token game, played out in every way, agrees."""

from collections.abc import Iterable

import pytest

from service.engine.reading import read
from service.engine.soundness import Fault, Looking, Verdict
from tests.engine.soundness.faulty import DEAD, DEADLOCKS, LEFT_BEHIND, LIVELOCKS, UNBOUNDED, UNSYNCHRONISED
from tests.engine.soundness.reading_plans import plan_of
from tests.engine.soundness.sound import SOUND
from tests.properties.free_play import TooMany, is_stuck_after, played_out

ALL = SOUND | DEADLOCKS | LEFT_BEHIND | LIVELOCKS | DEAD | UNBOUNDED | UNSYNCHRONISED
STUCK = {"deadlock", "left-behind"}


def verdict_of(name: str) -> Verdict:
    """What is said of the diagram of that name."""
    verdict = Looking([read(ALL[name].draw().bpmn(), "p.bpmn")]).verdict("p.bpmn", "p")
    assert verdict is not None
    return verdict


def by_kind(faults: Iterable[Fault]) -> dict[str, tuple[str, ...]]:
    """The elements of faults, by kind."""
    found: dict[str, tuple[str, ...]] = {}
    for fault in faults:
        found[fault.kind] = (*found.get(fault.kind, ()), fault.element)
    return found


def test_there_are_fifty() -> None:
    assert len(ALL) >= 50


@pytest.mark.parametrize("name", ALL)
def test_a_diagram_has_the_faults_that_are_known_of_it(name: str) -> None:
    verdict = verdict_of(name)
    assert by_kind(verdict.faults) == dict(ALL[name].faults)
    assert verdict.state == ("sound" if name in SOUND or name in UNSYNCHRONISED else "unsound")


@pytest.mark.parametrize("name", ALL)
def test_the_token_game_comes_to_the_same(name: str) -> None:
    (process,) = read(ALL[name].draw().bpmn(), "p.bpmn").processes
    plan, verdict = plan_of(process), verdict_of(name)
    if plan is None:
        assert name in SOUND, "a fault is not believed without the game"
        return
    kinds = {fault.kind for fault in verdict.faults}
    try:
        everything = played_out(plan, most=300)
    except TooMany as too_many:
        assert not too_many.heaped or "unbounded" in kinds
        return
    assert everything.stuck == bool(kinds & STUCK)
    assert everything.hopeless == ("livelock" in kinds)
    assert bool(everything.twice) == ("unsynchronised" in kinds)


@pytest.mark.parametrize("name", [name for name, known in ALL.items() if STUCK & set(known.faults)])
def test_a_counter_example_is_a_run_of_the_token_game(name: str) -> None:
    (process,) = read(ALL[name].draw().bpmn(), "p.bpmn").processes
    plan = plan_of(process)
    assert plan is not None
    for fault in verdict_of(name).faults:
        if fault.kind in STUCK:
            assert is_stuck_after(plan, fault.steps)
            assert fault.trace[0] == "begin" and fault.trace[-1] == fault.element
