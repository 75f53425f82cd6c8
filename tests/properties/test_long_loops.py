"""5,000 rounds of a loop cost in the end what they cost in the beginning, and nothing is lost on the way."""

from collections.abc import Callable

from service.engine.shapes import Complete
from service.engine.stepping.advance import advance
from service.engine.stepping.cache import LiveCache
from tests.diagrams import Drawing, every, process
from tests.engine.case import Case

ROUNDS = 5_000
SAMPLE = 500
"""Every so many rounds the state is looked at, and the step made once more from the stored state alone."""
EARLY = 20
"""The round after which a size is taken to compare the later ones with."""


def loop(drawing: Drawing) -> Drawing:
    """A loop of a person's task, up to the number of rounds."""
    drawing.exclusive("again").user("work").script("counted", "n = n + 1").exclusive("enough")
    return drawing.to("again", when=f"n < {ROUNDS}").at("enough").otherwise()


def size(case: Case) -> tuple[int, int]:
    """The tasks that the living object holds, and the bytes of its snapshot."""
    (state,) = case.state.instances
    live = case.cache.take(state)
    assert live is not None
    case.cache.put(state, live)
    return len(list(live.all_tasks())), len(state.snapshot)


def go_round(case: Case, also: Callable[[int], object] = lambda number: None) -> list[tuple[int, int]]:
    """All the rounds, and the sizes at every sample; each sampled step is the same made cold."""
    sizes = []
    for number in range(1, ROUNDS):
        also(number)
        (task,) = [task for task in case.tasks.values() if task.activity_id == "work"]
        move = Complete(task.instance_id, task.id)
        cold = (
            advance(case.state, move, case.ports(), cache=LiveCache(), compact=False) if number % SAMPLE == 0 else None
        )
        outcome = case.move(move)
        if cold is not None:
            assert cold == outcome
        if cold is not None or number == EARLY:
            sizes.append(size(case))
        assert [task.activity_id for task in outcome.opened] == ["work"]
    return sizes


def assert_flat(sizes: list[tuple[int, int]]) -> None:
    """As many tasks as in the beginning, and as many bytes but for the digits of larger numbers."""
    (tasks, length), *later = sizes
    assert len(later) == ROUNDS // SAMPLE - 1
    assert {number for number, _ in later} == {tasks}
    assert max(bytes_ for _, bytes_ in later) <= length + 30


def test_a_loop_alone():
    case = Case().deploy(loop(process("p").start()).end("done"))
    case.start("p", n=0, kept={"of": "the beginning"})
    assert_flat(go_round(case))
    case.do("work")
    assert case.ended["root-p"].variables == {"n": ROUNDS, "kept": {"of": "the beginning"}}


def test_a_loop_beside_a_waiting_branch():
    drawing = loop(process("p").start().parallel("both")).to("join")
    drawing.at("both").user("waits").script("remarked", 'told = append(told, "at last")').parallel("join").end("done")
    case = Case().deploy(drawing)
    case.start("p", n=0, told=["at first"])
    assert_flat(go_round(case))
    case.do("work")
    assert case.open == ["waits"]
    case.do("waits")
    assert case.ended["root-p"].variables == {"n": ROUNDS, "told": ["at first", "at last"]}


def test_a_loop_beside_a_waiting_branch_with_reminders_that_fire_again_and_again():
    drawing = loop(process("p").start().parallel("both")).to("join")
    drawing.at("both").user("waits").parallel("join").end("done")
    for task in ("work", "waits"):
        drawing.boundary(f"remind_{task}", task, every('"R/PT1H"'), interrupting=False)
        drawing.script(f"reminded_{task}", f"last_{task} = n").end(f"told_{task}")
    case = Case().deploy(drawing)
    case.start("p", n=0)

    def remind(number: int) -> None:
        if number % 4 in (1, 3):
            case.due("remind_work" if number % 4 == 1 else "remind_waits")

    assert_flat(go_round(case, remind))
    case.do("work")
    case.do("waits")
    # A reminder starts from what its task began with: the loop's from its round, the waiting one's from before them all.
    assert case.ended["root-p"].variables == {"n": ROUNDS, "last_work": ROUNDS - 4, "last_waits": 0}
