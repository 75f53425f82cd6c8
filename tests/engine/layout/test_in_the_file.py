"""What the layout does to a file: the drawing is replaced, a pool is added where lanes need one, all else stays."""

import pytest
from lxml import etree

from service.engine.layout import layout, report
from service.engine.reading import read
from service.engine.xml import XMLRefused, parse_xml
from tests.diagrams import diagram, process
from tests.engine.layout import drawings
from tests.engine.layout.seen import Seen

HAND_WRITTEN = """<?xml version="1.0" encoding="UTF-8"?>
<!-- Tegnet i hånden -->
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:x="urn:x" id="d"   targetNamespace='urn:t'>
  <?keep this?>
  <process id="p" name="Sag &#248; &amp; brev">
    <startEvent id="s"/>   <!-- her -->
    <sequenceFlow  id="f" sourceRef="s" targetRef="t" />
    <task id="t"><extensionElements><x:y><![CDATA[a < b]]></x:y></extensionElements></task>
  </process>
</definitions>
"""


def without_drawing(data: bytes) -> str:
    text = data.decode()
    start, end = text.index("  <bpmndi:BPMNDiagram"), text.rindex("</bpmndi:BPMNDiagram>")
    return text[:start] + text[end + len("</bpmndi:BPMNDiagram>\n") :]


def test_all_but_the_drawing_stays_byte_for_byte():
    assert without_drawing(layout(HAND_WRITTEN.encode())) == HAND_WRITTEN


def test_the_drawing_is_added_with_the_usual_prefixes_when_the_file_has_none():
    drawn = layout(HAND_WRITTEN.encode())
    diagram_element = parse_xml(drawn)[-1]
    assert diagram_element.prefix == "bpmndi"
    assert report(drawn).undrawn == ()


def test_an_old_drawing_is_replaced_where_it_stood():
    old = process("p").start().user("a").end().bpmn()
    drawn = layout(old)
    root = parse_xml(drawn)
    assert [etree.QName(child).localname for child in root] == ["process", "BPMNDiagram"]
    assert drawn[: drawn.index(b"<bpmndi:BPMNDiagram")] == old[: old.index(b"<bpmndi:BPMNDiagram")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1", "windows-1252", "us-ascii"])
def test_the_file_keeps_its_encoding(encoding):
    declared = encoding.removesuffix("-sig")
    text = HAND_WRITTEN.replace("UTF-8", declared).replace('id="t"', 'id="opgåve"').replace('"t"', '"opgåve"')
    data = text.encode(encoding, "xmlcharrefreplace")
    drawn = layout(data)
    assert drawn[:200] == data[:200]
    assert Seen(drawn).box("opgåve").width == 100


def test_the_file_keeps_its_line_ends():
    drawn = layout(HAND_WRITTEN.replace("\n", "\r\n").encode())
    assert drawn.count(b"\n") == drawn.count(b"\r\n")


def test_colours_stay_on_their_shapes():
    coloured = (
        layout(HAND_WRITTEN.encode())
        .decode()
        .replace(
            'bpmnElement="t"', 'bpmnElement="t" xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" bioc:fill="red"'
        )
    )
    drawn = layout(coloured.encode())
    shape = next(entry for entry in parse_xml(drawn).iter() if entry.get("bpmnElement") == "t")
    assert shape.get("{http://bpmn.io/schema/bpmn/biocolor/1.0}fill") == "red"
    assert layout(drawn) == drawn


def test_a_process_with_lanes_gets_a_pool_named_after_it():
    bare = drawings.lanes()
    drawn = layout(bare)
    (pool,) = [entry for entry in parse_xml(drawn).iter() if etree.QName(entry).localname == "participant"]
    assert (pool.get("name"), pool.get("processRef")) == ("Vedtagelse", "adoption")
    assert Seen(drawn).kinds("participant")[0].element == pool.get("id")
    assert read(drawn, "a.bpmn").processes == read(bare, "a.bpmn").processes


def test_a_pool_goes_into_the_collaboration_that_is_there():
    bare = drawings.lanes().replace(
        b"<bpmn:process ",
        b'<bpmn:collaboration id="C"><bpmn:participant id="Other" name="Andre" /></bpmn:collaboration><bpmn:process ',
    )
    drawn = layout(bare)
    assert drawn.count(b"<bpmn:collaboration ") == 1
    assert {shape.element for shape in Seen(drawn).kinds("participant")} == {"Other", "Participant_adoption"}
    assert report(drawn).clean


def test_a_process_without_lanes_gets_no_pool():
    assert b"collaboration" not in layout(drawings.choice())


def test_processes_without_pools_are_drawn_apart():
    drawn = layout(diagram(process("a").start("s1").end("e1"), process("b").start("s2").end("e2"), drawn=False))
    planes = [
        entry.get("bpmnElement") for entry in parse_xml(drawn).iter() if etree.QName(entry).localname == "BPMNPlane"
    ]
    assert planes == ["a", "b"]
    assert report(drawn).undrawn == ()
    assert layout(drawn) == drawn


def test_an_exclusive_gateway_shows_its_cross_and_a_sub_process_is_open():
    shapes = {entry.get("bpmnElement"): entry for entry in parse_xml(layout(drawings.nested())).iter()}
    assert shapes["section"].get("isExpanded") == "true"
    choice = {entry.get("bpmnElement"): entry for entry in parse_xml(layout(drawings.choice())).iter()}
    assert choice["ok"].get("isMarkerVisible") == "true"


def test_ids_of_the_drawing_are_nobody_elses():
    bare = process("p").start("a").user("a_di").end().bpmn(drawn=False)
    ids = [entry.get("id") for entry in parse_xml(layout(bare)).iter() if entry.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "nonsense",
    [
        '<bpmn:sequenceFlow id="f" sourceRef="begin" targetRef="nowhere" />',
        '<bpmn:boundaryEvent id="b" attachedToRef="b" />',
        '<bpmn:boundaryEvent id="b" attachedToRef="nowhere" />',
        '<bpmn:boundaryEvent id="b" attachedToRef="begin" /><bpmn:sequenceFlow id="f" sourceRef="b" targetRef="b" />',
        '<bpmn:association id="x" sourceRef="x" targetRef="x" />',
        (
            '<bpmn:association id="x" sourceRef="y" targetRef="begin" />'
            '<bpmn:association id="y" sourceRef="x" targetRef="x" />'
        ),
        (
            '<bpmn:subProcess id="inner"><bpmn:task id="deep" /></bpmn:subProcess>'
            '<bpmn:sequenceFlow id="f" sourceRef="begin" targetRef="deep" />'
        ),
        '<bpmn:subProcess id="empty" />',
        '<bpmn:textAnnotation id="alone" />',
        '<bpmn:laneSet><bpmn:lane /><bpmn:lane id="l"><bpmn:flowNodeRef>no</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>',
    ],
)
def test_nonsense_is_drawn_as_far_as_it_goes(nonsense):
    drawn = layout(process("p").start().user("a").end().raw(nonsense).bpmn(drawn=False))
    assert Seen(drawn).box("a")
    assert layout(drawn) == drawn


def test_an_empty_process_is_drawn_as_an_empty_plane():
    drawn = layout(process("p").bpmn(drawn=False))
    assert Seen(drawn).plane.shapes == ()
    assert layout(drawn) == drawn


def test_a_file_without_a_process_stays_as_it_is():
    bare = process("p").bpmn(drawn=False)
    nothing = bare[: bare.index(b"<bpmn:process")] + b"</bpmn:definitions>"
    assert layout(nothing) == nothing


def test_more_than_anybody_could_read_is_refused_with_a_sentence():
    drawing = process("p").start()
    for number in range(400):
        drawing.task(f"t{number}")
    with pytest.raises(XMLRefused, match="called processes") as refused:
        layout(drawing.bpmn(drawn=False))
    assert refused.value.rule == "too-large-to-draw"
    assert refused.value.element == "p"
