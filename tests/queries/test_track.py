"""The stations of a case, out of its diagrams and what it has reached."""

from service.engine.bundles import diagrams_of
from service.queries import bundles
from service.queries.track import track
from tests.diagrams import process
from tests.processes.shipped import library


def drawn(drawing):
    (diagram,) = diagrams_of(bundles.sent({"x.bpmn": drawing.bpmn()}))
    return diagram.processes[0]


def part(key, status):
    return {"lane": "x", "properties": {"status": status}}


ROOT = drawn(
    process("root").start().user("a", **part("a", "proposed")).call("call", "inner", properties={"status": "drafting"})
    .user("b", **part("b", "on agenda")).end()
)  # fmt: skip
INNER = drawn(process("inner").start().user("c", **part("c", "trade hearing")).call("again", "root").end())


def stations(reached, now):
    found = track(ROOT, {"inner": INNER, "root": ROOT}.get, reached, now)
    return [(it["status"], it["state"], it["at"]) for it in found]


def test_what_is_called_stands_where_it_is_called_and_nothing_twice():
    assert stations({"proposed": "2026-01-01"}, "proposed") == [
        ("proposed", "now", "2026-01-01"),
        ("drafting", "", None),
        ("trade hearing", "", None),
        ("on agenda", "", None),
    ]


def test_back_at_an_earlier_station_the_later_ones_are_ahead_again():
    reached = {"proposed": "2026-01-01", "drafting": "2026-03-01", "trade hearing": "2026-02-01"}
    assert [state for _, state, _ in stations(reached, "drafting")] == ["done", "now", "", ""]
    assert [at for _, _, at in stations(reached, "drafting")] == ["2026-01-01", "2026-03-01", None, None]


def test_a_station_that_was_passed_over_is_left_out_and_one_that_no_diagram_gives_is_put_in():
    reached = {"proposed": "2026-01-01", "referred back": "2026-02-01", "on agenda": "2026-03-01"}
    assert [(status, state) for status, state, _ in stations(reached, "on agenda")] == [
        ("proposed", "done"),
        ("referred back", "done"),
        ("on agenda", "now"),
    ]


def test_of_a_case_that_is_over_every_station_is_done():
    reached = {"proposed": "2026-01-01", "drafting": "2026-02-01"}
    assert [(status, state) for status, state, _ in stations(reached, None)] == [
        ("proposed", "done"),
        ("drafting", "done"),
    ]


def shipped(root, *statuses):
    """The stations of a shipped process that has reached these, the last of them now: of each its name and its state."""
    known = library().processes
    at = {status: f"2026-01-{day:02}" for day, status in enumerate(statuses, 1)}
    return [f"{it['status']}{'!' * (it['state'] == 'now')}" for it in track(known[root], known.get, at, statuses[-1])]


def test_nothing_is_foretold_of_ways_of_which_none_is_chosen_yet():
    assert shipped("revision", "under revision") == ["under revision!"]
    adjusted = shipped("revision", "under revision", "awaiting publication")
    assert adjusted == ["under revision", "awaiting publication!", "in force"]
    whole = shipped("revision", "under revision", "proposed")
    assert whole[:3] == ["under revision", "proposed!", "planned"]
    assert whole[-3:] == ["on agenda", "awaiting publication", "in force"]


def test_a_target_goes_to_where_it_is_in_force_and_what_was_decided_on_the_way_is_not_ahead_again():
    assert shipped("target-lifecycle", "proposed")[-2:] == ["awaiting publication", "in force"]
    again = shipped("target-lifecycle", "proposed", "on agenda", "referred back", "drafting")
    assert again[:3] == ["proposed", "drafting!", "internal hearing"]
    assert "referred back" not in again
