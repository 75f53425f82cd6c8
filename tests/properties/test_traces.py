"""What the journal says that tokens passed is enough to tell where they stand: at every step of random cases."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from SpiffWorkflow.util.task import TaskState

from service.engine.compiled import process_of
from service.engine.live.workflow import Live
from service.engine.nodes.events import BoundaryEvent
from service.engine.shapes import Advance
from service.engine.traces import Trace, mark
from tests.properties.looking import alive
from tests.properties.playing import Played
from tests.properties.processes import RandomCase, cases
from tests.properties.test_engine import DEEP

UNFINISHED = TaskState.WAITING | TaskState.READY | TaskState.STARTED


def standing(live: Live) -> dict[str, int]:
    """How many unfinished tasks each element has, rounds of a repeated one not counted beside the whole."""
    found: Counter[str] = Counter()
    for task in live.all_tasks():
        spec = task.task_spec
        drawn = getattr(spec, "element", None)
        if (
            drawn
            and task.state & UNFINISHED
            and not isinstance(spec, BoundaryEvent)
            and not getattr(spec, "item_of", None)
        ):
            found[drawn.id] += 1
    return dict(found)


class Told:
    """The traces of a case, told step by step by what each advance would journal."""

    def __init__(self, play: Played) -> None:
        self.case = play.cases[0]
        self.traces: dict[str, Trace] = {}
        self.seen = 0

    def look(self) -> None:
        """Take in the steps since last time, and compare."""
        for step in self.case.advances[self.seen :]:
            self._take(step)
        self.seen = len(self.case.advances)
        self.compare()

    def compare(self) -> None:
        """Compare with what is alive."""
        for instance_id, live in alive(self.case).items():
            assert self.traces[instance_id].standing() == standing(live)

    def _take(self, step: Advance) -> None:
        definitions = {
            "root": self.case.deployed[next(iter(self.case.deployed))],
            **{it.child_id: self.case.deployed[it.bundle_digest, it.process_key] for it in step.bound},
        }
        for instance_id, definition in definitions.items():
            self.traces.setdefault(instance_id, Trace(process_of(definition.compiled)[0]))
        for instance_id, trace in self.traces.items():
            chosen: dict[str, list[list[str]]] = {}
            for it in step.evaluations:
                if it.instance_id == instance_id and it.kind == "gateway":
                    chosen.setdefault(it.activity_id, []).append(it.record["taken"])
            trace.follow([mark(it) for it in step.passed if it.instance_id == instance_id], chosen)


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # a random case can be large, and need not be shown
@settings(
    max_examples=settings().max_examples if DEEP else 20,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(cases())
def test_a_trace_tells_where_the_tokens_stand(random_case: RandomCase):
    play = Played(random_case.plans)
    told = Told(play)
    play.start()
    told.look()
    for step in random_case.walk:
        if play.over:
            break
        play.step(step)
        told.look()
