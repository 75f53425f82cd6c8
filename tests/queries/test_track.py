"""The stations of a case, out of its diagrams and what it has reached."""

from service.engine.bundles import diagrams_of
from service.queries import bundles
from service.queries.track import track
from tests.diagrams import process


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
