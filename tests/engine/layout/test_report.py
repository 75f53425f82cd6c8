"""The report finds each fault that a drawing can have, in a drawing made by hand."""

import pytest

from service.engine.layout import report

MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:b="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
  xmlns:d="http://www.omg.org/spec/DD/20100524/DI" id="defs" targetNamespace="urn:t">
 <collaboration id="c"><participant id="pool" name="P" processRef="p"/></collaboration>
 <process id="p"><laneSet id="ls"><lane id="upper" name="U"><flowNodeRef>a</flowNodeRef></lane></laneSet>
  <userTask id="a" name="A"/><callActivity id="call" name="Two short lines, and more"/><userTask id="z" name="Z"/><exclusiveGateway id="g" name="G"/>
  <subProcess id="sub"><userTask id="inner"/></subProcess><boundaryEvent id="timer" attachedToRef="a"/>
  <sequenceFlow id="f" sourceRef="a" targetRef="z"/><sequenceFlow id="h" sourceRef="g" targetRef="inner"/>
  <sequenceFlow id="k" sourceRef="g" targetRef="z"/>
 </process>
 <b:BPMNDiagram id="dia"><b:BPMNPlane id="pl" bpmnElement="c">{}</b:BPMNPlane></b:BPMNDiagram>
</definitions>"""
POOL = {"pool": (0, 0, 1000, 400), "upper": (30, 0, 970, 200)}
TASKS = {"a": (100, 60, 100, 80), "z": (500, 60, 100, 80)}
STRAIGHT = {"f": [(200, 100), (500, 100)]}


def drawing(shapes, edges=(), labels=()):
    """The file with these bounds (x, y, width, height), waypoints, and bounds of labels."""
    labels = dict(labels)

    def bounds(box):
        return '<dc:Bounds x="{}" y="{}" width="{}" height="{}"/>'.format(*box)

    def label(element):
        return f"<b:BPMNLabel>{bounds(labels[element])}</b:BPMNLabel>" if element in labels else ""

    drawn = [f'<b:BPMNShape bpmnElement="{e}">{bounds(box)}{label(e)}</b:BPMNShape>' for e, box in shapes.items()]
    for element, points in dict(edges).items():
        way = "".join(f'<d:waypoint x="{x}" y="{y}"/>' for x, y in points)
        drawn.append(f'<b:BPMNEdge bpmnElement="{element}">{way}{label(element)}</b:BPMNEdge>')
    return MODEL.format("".join(drawn)).encode()


def found(name, *parts, **more):
    return getattr(report(drawing(*parts, **more)), name)


def test_a_clean_drawing_has_no_faults():
    faults = report(drawing(POOL | TASKS, STRAIGHT, {"f": (320, 80, 40, 14)}))
    assert {name for name, count in faults.counts.items() if count} == {"undrawn"}
    assert faults.undrawn == ("call", "g", "sub", "inner", "timer", "h", "k")
    assert not faults.clean


@pytest.mark.parametrize(
    ("obstacle", "box", "met"),
    [
        ("inner", (300, 60, 100, 80), True),
        ("inner", (300, 101, 100, 80), False),
        ("g", (300, 90, 50, 50), True),
        ("g", (300, 98, 50, 50), True),
        ("g", (300, 52, 50, 50), True),
        ("g", (300, 101, 50, 50), False),
        ("timer", (300, 90, 36, 36), True),
        ("timer", (300, 101, 36, 36), False),
        ("sub", (300, 60, 100, 80), True),
    ],
)
def test_an_edge_through_a_shape(obstacle, box, met):
    assert found("edges_through_shapes", POOL | TASKS | {obstacle: box}, STRAIGHT) == (
        (("f", obstacle),) if met else ()
    )


def test_an_edge_past_the_corner_of_a_gateway_does_not_go_through_it():
    around = {"f": [(200, 100), (275, 100), (275, 40), (500, 40), (500, 100)]}
    assert found("edges_through_shapes", TASKS | {"g": (270, 90, 50, 50)}, around) == ()


def test_an_edge_may_begin_and_end_inside_its_own_shapes_but_not_come_back_through_them():
    assert found("edges_through_shapes", TASKS, {"f": [(150, 100), (550, 100)]}) == ()
    back = {"f": [(100, 100), (80, 100), (80, 120), (700, 120), (700, 100), (600, 100)]}
    assert found("edges_through_shapes", TASKS, back) == (("f", "a"), ("f", "z"))


def test_an_edge_into_a_sub_process_does_not_go_through_it():
    shapes = {"g": (0, 75, 50, 50), "sub": (100, 0, 300, 200), "inner": (200, 60, 100, 80)}
    assert found("edges_through_shapes", shapes, {"h": [(50, 100), (200, 100)]}) == ()


def test_an_edge_over_a_label():
    assert found("edges_over_labels", TASKS, STRAIGHT, {"f": (320, 95, 40, 14)}) == (("f", "f"),)
    assert found("edges_over_labels", TASKS | {"g": (320, 110, 50, 50)}, STRAIGHT, {"g": (320, 92, 40, 14)}) == (
        ("f", "g"),
    )


def test_a_label_upon_a_label_a_shape_or_the_edge_of_a_lane():
    gateway = {"g": (300, 250, 50, 50)}
    assert found("label_overlaps", TASKS | gateway, STRAIGHT, {"g": (300, 300, 60, 14), "f": (340, 305, 60, 14)}) == (
        ("g", "f"),
    )
    assert found("label_overlaps", TASKS | gateway, {}, {"g": (180, 120, 60, 14)}) == (("g", "a"),)
    assert found("label_overlaps", TASKS | gateway, {}, {"g": (310, 260, 30, 14)}) == (("g", "g"),)
    assert found("label_overlaps", POOL | gateway, {}, {"g": (300, 195, 60, 14)}) == (("g", "upper"),)


def test_a_task_may_carry_its_own_label_inside():
    assert found("label_overlaps", TASKS, {}, {"a": (110, 90, 60, 14)}) == ()


def test_shapes_upon_each_other():
    assert found("shape_overlaps", TASKS | {"g": (180, 60, 50, 50)}) == (("a", "g"),)
    assert found("shape_overlaps", POOL | TASKS | {"timer": (150, 122, 36, 36)}) == ()
    assert found("shape_overlaps", {"sub": (0, 0, 300, 200), "inner": (50, 50, 100, 80), "z": (250, 50, 100, 80)}) == (
        ("sub", "z"),
    )


def test_edges_that_cross_and_edges_that_run_together():
    crossing = {"f": [(200, 100), (500, 100)], "h": [(300, 0), (300, 200)]}
    assert found("crossings", TASKS, crossing) == (("f", "h"),)
    assert found("edge_overlaps", TASKS, crossing) == ()
    together = {"f": [(200, 100), (500, 100)], "h": [(300, 0), (300, 100), (400, 100), (400, 0)]}
    assert found("edge_overlaps", TASKS, together) == (("f", "h"),)
    touching = {"f": [(200, 100), (500, 100)], "h": [(300, 0), (300, 100)]}
    assert found("crossings", TASKS, touching) == ()


def test_flows_of_one_shape_may_share_a_trunk_but_not_meet_again():
    trunk, upper, lower = [(200, 100), (250, 100)], [(250, 40), (500, 40)], [(250, 160), (500, 160)]
    apart = {"h": [*trunk, *upper], "k": [*trunk, *lower]}
    assert found("edge_overlaps", TASKS, apart) == ()
    assert found("crossings", TASKS, apart) == ()
    passing = {"h": [(200, 100), (250, 100), (250, 40), (500, 40)], "k": [(200, 100), (250, 100), (250, 10), (500, 10)]}
    assert found("crossings", TASKS, passing) == ()
    again = {"h": [*trunk, *upper], "k": [*trunk, (250, 160), (400, 160), (400, 40), (450, 40), (450, 10)]}
    assert found("edge_overlaps", TASKS, again) == (("h", "k"),)
    alike = {"h": [*trunk, *upper], "k": [*trunk, *upper]}
    assert found("edge_overlaps", TASKS, alike) == (("h", "k"),)


def test_what_lies_outside_its_lane_or_pool():
    assert found("strays", POOL | {"a": (100, 150, 100, 80), "z": (950, 60, 100, 80)}) == (
        ("upper", "a"),
        ("pool", "z"),
    )


def test_what_is_not_drawn():
    assert found("undrawn", TASKS, STRAIGHT) == ("call", "g", "sub", "inner", "timer", "h", "k")


@pytest.mark.parametrize(
    ("name", "crowded"),
    [
        ("Read it", False),
        ("See whether it holds", False),
        ("Do see to it that all of it is in force", True),
        ("Recommend retiring the target", True),
        ("Word " * 40, True),
    ],
)
def test_the_name_of_a_task_that_runs_into_its_symbol_or_out_of_its_shape(name, crowded):
    assert report(drawing(TASKS), {"a": name}).crowded_names == (("a",) if crowded else ())


def test_the_name_of_a_call_that_runs_into_its_marker_but_has_no_symbol():
    assert found("crowded_names", {"call": (100, 60, 100, 80)}) == ("call",)
    assert found("crowded_names", {"call": (100, 60, 180, 80)}) == ()


def test_the_name_of_a_lane_or_pool_that_is_too_low_for_it():
    names = {"upper": "The purchasing department", "p": "The purchasing department of the municipality"}
    assert report(drawing(POOL | TASKS), names).crowded_names == ()
    low = {"pool": (0, 0, 1000, 120), "upper": (30, 0, 970, 60)}
    assert report(drawing(low), names).crowded_names == ("pool", "upper")


@pytest.mark.parametrize(
    ("label", "met"),
    [
        ((338, 250, 40, 14), ()),
        ((338, 190, 40, 14), (("g", "upper"),)),
        ((240, 250, 40, 14), (("g", "z"),)),
    ],
)
def test_a_label_in_another_language_grows_away_from_its_shape(label, met):
    """From 40 to 90 pixels and two lines: to the right of the middle of the gateway, or to the left of it."""
    shapes = {"pool": POOL["pool"], "upper": POOL["upper"], "z": (100, 220, 110, 80), "g": (300, 205, 50, 50)}
    translated = report(drawing(shapes, labels={"g": label}), {"g": "Is it good enough for us?"})
    assert translated.label_overlaps == met


def test_a_label_in_another_language_grows_along_its_flow_from_the_end_where_it_stands():
    beside = {"g": (255, 75, 50, 50)}
    begins, ends = {"f": (204, 82, 40, 14)}, {"f": (446, 82, 40, 14)}
    names = {"f": "yes, a new group"}
    assert report(drawing(TASKS | beside, {}, begins), names).label_overlaps == ()
    assert report(drawing(TASKS | beside, STRAIGHT, begins), names).label_overlaps == (("f", "g"),)
    assert report(drawing(TASKS | beside, STRAIGHT, ends), names).label_overlaps == ()
