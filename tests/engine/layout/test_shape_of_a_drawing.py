"""A drawing looks as a careful process designer draws: what a reader expects where."""

from itertools import pairwise

import pytest

from service.engine.layout import layout, report
from tests.diagrams import after, plain, process
from tests.engine.layout import drawings
from tests.engine.layout.seen import Seen


def seen(bare: bytes) -> Seen:
    return Seen(layout(bare))


def middle(seen: Seen, element: str) -> float:
    return seen.box(element).middle[1]


@pytest.mark.parametrize("drawing", drawings.DRAWINGS, ids=lambda drawing: drawing.__name__)
def test_flows_run_only_level_or_upright(drawing):
    for edge in seen(drawing()).plane.edges:
        assert all(x == across or y == down for (x, y), (across, down) in pairwise(edge.points)), edge.element


def test_the_happy_path_is_one_straight_line():
    drawing = seen(drawings.choice())
    for source, target in pairwise(["begin", "draft", "ok", "publish", "done"]):
        assert drawing.box(source).right < drawing.box(target).x
        assert len(drawing.between(source, target).points) == 2
    assert middle(drawing, "rejected") > middle(drawing, "ok")


def test_a_loop_goes_back_around_the_outside():
    drawing = seen(drawings.loop())
    points = drawing.edge("again").points
    assert points[0][0] > points[-1][0]
    assert min(y for _, y in points) < drawing.box("draft").y or max(y for _, y in points) > drawing.box("draft").bottom


def test_branches_lie_on_both_sides_of_the_main_one():
    drawing = seen(drawings.parallel())
    heights = sorted(middle(drawing, task) for task in ("inner", "trade", "law"))
    assert heights[1] == middle(drawing, "split") == middle(drawing, "law")
    assert heights[1] - heights[0] == heights[2] - heights[1]


def test_lanes_are_bands_of_one_width_without_gaps():
    drawing = seen(drawings.lanes())
    (pool,) = drawing.kinds("participant")
    bands = sorted((lane.box for lane in drawing.kinds("lane")), key=lambda box: box.y)
    assert [band.y for band in bands] == [pool.box.y, *(band.bottom for band in bands[:-1])]
    assert {(band.x, band.right) for band in bands} == {(pool.box.x + 30, pool.box.right)}
    assert bands[-1].bottom == pool.box.bottom


def test_lanes_stand_in_the_order_of_the_file_and_within_their_outer_lane():
    drawing = seen(drawings.lanes_in_lanes())
    outer = [lane for lane in drawing.kinds("lane") if not any(within in lane.within for within in lanes(drawing))]
    assert [box.y for box in (lane.box for lane in outer)] == sorted(lane.box.y for lane in outer)
    inner = [lane for lane in drawing.kinds("lane") if lane not in outer]
    assert [lane.box.x for lane in inner] == [outer[0].box.x + 30] * 3


def lanes(drawing: Seen) -> set[str]:
    return {lane.element for lane in drawing.kinds("lane")}


def test_a_boundary_event_hangs_on_the_lower_edge_and_its_flow_leaves_downwards():
    drawing = seen(drawings.boundary())
    host = drawing.box("answer")
    for event, target in (("late", "remind"), ("withdrawn", "close")):
        assert drawing.box(event).middle[1] == host.bottom
        assert host.x < drawing.box(event).middle[0] < host.right
        first, second, *_ = drawing.between(event, target).points
        assert first[0] == second[0]
        assert first[1] < second[1]
        assert middle(drawing, target) > host.bottom


def test_a_sub_process_holds_what_is_in_it():
    drawing = seen(drawings.nested())
    outer, inner = drawing.box("drafting"), drawing.box("section")
    assert outer.holds(inner)
    assert inner.holds(drawing.box("write"))
    assert not outer.holds(drawing.box("approve"))
    assert drawing.box("overdue").middle[1] == outer.bottom


def test_what_a_message_reaches_stands_under_where_it_came_from():
    drawing = seen(drawings.pools())
    request = drawing.edge("Request").points
    assert len(request) == 2
    assert request[0][0] == request[1][0]
    pools = {shape.element: shape.box for shape in drawing.kinds("participant")}
    assert pools["Authority"].bottom < pools["Pool_buyer"].y < pools["Pool_buyer"].bottom < pools["Pool_seller"].y
    assert len({(box.x, box.width) for box in pools.values()}) == 1


def test_a_message_to_a_black_box_ends_at_its_edge():
    drawing = seen(drawings.pools())
    assert drawing.edge("Notice").points[-1][1] == drawing.box("Authority").bottom


def test_an_annotation_stands_over_what_it_is_about_and_may_be_about_a_flow():
    drawing = seen(drawings.artifacts())
    assert drawing.box("check").bottom < drawing.box("send").y
    end = drawing.edge("a2").points[0]
    (left, y), (right, _) = drawing.between("update", "send").points
    assert left < end[0] < right
    assert end[1] == y


def test_names_stand_beside_events_gateways_and_flows():
    drawing = seen(drawings.target())
    for element in ("start", "outcome", "late", "review"):
        label, shape = drawing.shape(element).label, drawing.box(element)
        assert label is not None
        assert label.overlaps(shape.grown(30))
    assert drawing.shape("p1").label is None
    label = drawing.between("change", "draft").label
    assert label is not None
    assert label.overlaps(drawing.box("change").grown(30))


def test_with_many_ways_out_each_name_stands_where_its_way_arrives():
    drawing = seen(drawings.fan())
    for number in range(7):
        label, task = drawing.between("which", f"task_{number}").label, drawing.box(f"task_{number}")
        assert label is not None
        assert task.y < label.bottom < task.bottom
        assert label.right < task.x


def test_a_long_name_gets_a_larger_box_and_a_short_one_the_usual():
    name = "Indhent supplerende oplysninger fra ansøgeren om de økonomiske forudsætninger og frister"
    drawing = seen(process("p").start().user("short", name="Send").user("long", name=name).end().bpmn(drawn=False))
    assert (drawing.box("short").width, drawing.box("short").height) == (100, 80)
    assert drawing.box("long").width > 100


def test_a_flow_to_its_own_source_is_a_visible_loop():
    drawing = seen(
        process("p").start().user("a").to("a", flow="again").exclusive("g").to("g", flow="too").end().bpmn(drawn=False)
    )
    for flow in ("again", "too"):
        points = drawing.edge(flow).points
        assert points[0] != points[-1]
        assert len(points) >= 4


def test_boundary_events_hang_so_that_their_flows_do_not_cross():
    bare = (
        process("p")
        .start()
        .user("a")
        .end()
        .boundary("b1", "a", after('"P1D"'))
        .user("one")
        .end("e1")
        .boundary("b2", "a", after('"P2D"'), interrupting=False)
        .user("two")
        .end("e2")
        .bpmn(drawn=False)
    )
    drawing = seen(bare)
    upper, lower = sorted((("one", "b1"), ("two", "b2")), key=lambda entry: middle(drawing, entry[0]))
    assert drawing.box(upper[1]).x > drawing.box(lower[1]).x


def test_two_flows_may_leave_one_boundary_event_side_by_side():
    bare = (
        process("p")
        .start()
        .user("a")
        .end()
        .boundary("b", "a", after('"P1D"'), name="Frist")
        .user("one")
        .end("e1")
        .at("b")
        .user("two")
        .end("e2")
        .bpmn(drawn=False)
    )
    assert report(layout(bare)).clean
    drawing = seen(bare)
    starts = {drawing.between("b", target).points[0] for target in ("one", "two")}
    assert len(starts) == 2
    assert all(y > drawing.box("a").bottom for _, y in starts)


def test_names_on_the_border_of_a_sub_process_keep_clear_of_its_flows_and_events():
    bare = (
        process("p")
        .start()
        .sub("s", name="Høring")
        .start("s1")
        .end("s2")
        .close()
        .user("next")
        .end()
        .at("s")
        .to("done", name="Afbrudt undervejs")
        .boundary("b1", "s", after('"P1D"'), name="Efter en dag", interrupting=False)
        .to("next", name="Minder om fristen")
        .boundary("b2", "s", after('"P2D"'), name="Efter to dage")
        .to("done", name="For sent")
        .bpmn(drawn=False)
    )
    assert report(layout(bare)).clean
    drawing = seen(bare)
    assert all(drawing.box(event).middle[1] == drawing.box("s").bottom for event in ("b1", "b2"))


def test_what_compensates_stands_below_and_after_its_event():
    bare = (
        process("p")
        .start()
        .user("book")
        .end()
        .boundary("undo", "book", plain("compensate"))
        .node("serviceTask", "cancel", joined=False, isForCompensation="true")
        .raw('<bpmn:association id="a" associationDirection="One" sourceRef="undo" targetRef="cancel" />')
        .bpmn(drawn=False)
    )
    assert report(layout(bare)).clean
    drawing = seen(bare)
    assert drawing.box("cancel").x > drawing.box("book").right
    assert drawing.box("cancel").y > drawing.box("book").bottom
