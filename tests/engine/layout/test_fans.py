"""A gateway with very many branches is drawn as a comb, and with no more work than its flows need."""

import heapq
from collections import Counter
from itertools import pairwise

import pytest

from service.engine.layout import layout, report, routing, search
from tests.diagrams import process
from tests.engine.layout.seen import Seen


def choice_of(count: int) -> bytes:
    """One choice between so many tasks, and where they come together; the first is the usual one."""
    drawing = process("wide", name="Valg").start("begin").exclusive("which", name="Hvilken?")
    drawing.node("exclusiveGateway", "join", joined=False)
    for number in range(count):
        drawing.user(f"task_{number}", name=f"Opgave {number}", joined=False).to("join").at("which")
        if number:
            drawing.when(f"choice = {number}").to(f"task_{number}", name=f"nr. {number}")
        else:
            drawing.otherwise().to("task_0", name="ellers")
    return drawing.at("join").end("done").bpmn(drawn=False)


@pytest.fixture
def work(monkeypatch):
    """How many ways were searched for, and how many crossings were looked at for them."""
    counted: Counter[str] = Counter()

    def find(*arguments, **options):
        counted["searches"] += 1
        return search.find(*arguments, **options)

    def push(queue, entry):
        counted["crossings"] += 1
        heapq.heappush(queue, entry)

    monkeypatch.setattr(routing, "find", find)
    monkeypatch.setattr(search, "heappush", push)
    return counted


def test_a_comb_has_no_crossings_and_each_tooth_its_name():
    found = report(layout(choice_of(30)))
    assert found.clean
    assert found.crossings == ()
    drawing = Seen(layout(choice_of(30)))
    for number in range(1, 30):
        label, task = drawing.between("which", f"task_{number}").label, drawing.box(f"task_{number}")
        assert label is not None
        assert label.right < task.x
        assert task.y < label.middle[1] < task.bottom


def test_the_usual_way_leaves_by_itself_so_that_its_mark_is_seen():
    drawing = Seen(layout(choice_of(30)))
    begins = [drawing.between("which", f"task_{number}").points[0] for number in range(30)]
    assert begins.count(begins[0]) == 1


def test_few_branches_leave_apart():
    drawing = Seen(layout(choice_of(7)))
    ways = [drawing.between("which", f"task_{number}").points for number in range(7)]
    assert len({points[0] for points in ways}) == 7


def test_each_way_is_searched_for_once_and_the_work_grows_with_the_length_of_the_comb(work):
    effort = {}
    for count in (30, 60):
        work.clear()
        layout(choice_of(count))
        effort[count] = dict(work)
        # One for each flow; the three that stand alone are laid twice more, now that the others lie.
        assert work["searches"] == 2 * count + 2 + 2 * 3
    few, many = effort[30], effort[60]
    assert many["crossings"] <= 5 * few["crossings"]


def test_the_same_choice_gives_the_same_comb():
    once = layout(choice_of(12))
    assert layout(once) == once
    edges = Seen(once).plane.edges
    assert all(x == across or y == down for edge in edges for (x, y), (across, down) in pairwise(edge.points))
