"""What our reading takes from a file."""

import pytest
from SpiffWorkflow.spiff.parser.process import VALIDATOR

from service.engine.model import Element, Process
from service.engine.reading import read
from service.engine.xml import XMLRefused, parse_xml
from tests.diagrams import (
    Drawing,
    after,
    condition,
    diagram,
    each,
    error,
    escalation,
    message,
    process,
    repeat,
    signal,
    times,
)


def test_the_diagrams_of_these_tests_are_valid_bpmn() -> None:
    drawing = (
        process("p", pool="POGI")
        .io(inputs=["a"], outputs=["b"])
        .data("object", "members")
        .start()
        .user("u", lane=("a", "b"), form="f", loop=each("members", item="m", into="l", until="true"), documentation="d")
        .exclusive("g")
        .service("s", "o", {"p": "1"}, when="x")
        .catch("c", message("M", matter="id", payload="1"))
        .sub("i")
        .start("j")
        .end("k", error("E"))
        .close()
        .call("call", "q", loop=repeat(condition="x", maximum=3))
        .end()
        .at("g")
        .otherwise()
        .end("e")
        .boundary("t", "u", after("d"), interrupting=False)
        .end("f")
    )
    VALIDATOR.validate(parse_xml(drawing.bpmn()), "p.bpmn")


def _process(drawing: Drawing) -> Process:
    (found,) = read(drawing.bpmn(), "p.bpmn").processes
    return found


def _element(drawing: Drawing, key: str) -> Element:
    found = _process(drawing).element(key)
    assert found is not None
    return found


def test_nodes_stand_in_the_order_of_the_file_each_before_what_lies_in_it() -> None:
    drawing = process("p").start().sub("s").start("i").user("u").end("o").close().end()
    elements = _process(drawing).elements
    assert [it.id for it in elements] == ["begin", "s", "i", "u", "o", "done"]
    assert [it.scope for it in elements] == ["p", "p", "s", "s", "s", "p"]


def test_flows_keep_the_order_of_the_file_whatever_the_drawing_says() -> None:
    drawing = process("p").start().exclusive("g").user("low", when="x", y=900).end()
    drawing.at("g").user("high", when="y", y=10).end().at("g").otherwise().end("rest", flow="default")
    gateway = _element(drawing, "g")
    assert gateway.outgoing == ("Flow_g_low", "Flow_g_high", "default")
    assert gateway.default == "default"
    conditions = {flow.id: flow.condition for flow in _process(drawing).flows if flow.source == "g"}
    assert conditions == {"Flow_g_low": "x", "Flow_g_high": "y", "default": None}


def test_the_lane_is_the_innermost_and_reaches_into_sub_processes() -> None:
    drawing = process("p").start().user("a", lane=("POGI", "Secretariat")).sub("s", lane="Members").start("i").user("b")
    found = _process(drawing.end("o").close().end())
    assert [(it.id, it.lane) for it in found.elements if it.lane] == [
        ("a", "Secretariat"),
        ("s", "Members"),
        ("i", "Members"),
        ("b", "Members"),
        ("o", "Members"),
    ]
    assert [(it.name, it.parent, it.members) for it in found.lanes] == [
        ("POGI", None, ("a",)),
        ("Secretariat", "p_Lane_0", ("a",)),
        ("Members", None, ("s",)),
    ]


def test_properties_texts_and_scripts_are_the_authors() -> None:
    task = _element(
        process("p")
        .start()
        .user(
            "t",
            name="Vote",
            form="vote",
            properties={"dueDate": "working days(5)"},
            instructions="# {{ title }}",
            pre="a = 1",
            post="b = 2",
            documentation="Why.",
            texts={"variableName": "answer"},
        )
        .end(),
        "t",
    )
    assert task.properties == {"dueDate": "working days(5)", "formJsonSchemaFilename": "vote.schema.json"}
    assert (task.name, task.instructions, task.documentation) == ("Vote", "# {{ title }}", "Why.")
    assert (task.pre_script, task.post_script, task.variable) == ("a = 1", "b = 2", "answer")


def test_operations_decisions_scripts_and_calls() -> None:
    drawing = process("p").start().service("s", "targets.publish", {"target": "id", "at": "now()"}, result="done_at")
    drawing.rule("r", "quorum").script("x", "a = 1").call("c", "hearing").end()
    operation = _element(drawing, "s").operation
    assert operation is not None
    assert (operation.name, dict(operation.parameters), operation.result) == (
        "targets.publish",
        {"target": "id", "at": "now()"},
        "done_at",
    )
    assert _element(drawing, "r").decision == "quorum"
    assert _element(drawing, "x").script == "a = 1"
    assert _element(drawing, "c").called == "hearing"


def test_timers_conditions_and_what_events_refer_to() -> None:
    drawing = (
        process("p")
        .start()
        .catch("timer", after('duration("P1D")'))
        .catch("conditional", condition("n > 5"))
        .catch("reply", message("Reply", variable="reply", matter="case_id"))
        .throw("tell", signal("Told", payload="{a: 1}"))
        .sub("s")
        .start("i")
        .end("failed", error("E1", payload="why"))
        .close()
        .end()
        .boundary("caught", "s", escalation("L2"), interrupting=False)
        .end()
    )
    (timer,) = _element(drawing, "timer").events
    assert (timer.kind, timer.form, timer.text) == ("timer", "timeDuration", 'duration("P1D")')
    (conditional,) = _element(drawing, "conditional").events
    assert (conditional.kind, conditional.text) == ("conditional", "n > 5")
    (reply,) = _element(drawing, "reply").events
    assert (reply.kind, reply.name, reply.variable) == ("message", "Reply", "reply")
    (told,) = _element(drawing, "tell").events
    assert (told.kind, told.name, told.text) == ("signal", "Told", "{a: 1}")
    (failed,) = _element(drawing, "failed").events
    assert (failed.kind, failed.code, failed.text) == ("error", "E1", "why")
    caught = _element(drawing, "caught")
    assert (caught.attached_to, caught.interrupting, caught.events[0].code) == ("s", False, "L2")
    (found,) = read(drawing.bpmn(), "p.bpmn").messages
    assert (found.name, dict(found.correlations)) == ("Reply", {"matter": "case_id"})


def test_send_and_receive_tasks_carry_their_message() -> None:
    drawing = process("p").start().send("s", message("M", payload="{a: 1}")).receive("r", message("N", variable="n"))
    (sent,), (received,) = _element(drawing.end(), "s").events, _element(drawing, "r").events
    assert (sent.kind, sent.name, sent.text) == ("message", "M", "{a: 1}")
    assert (received.kind, received.name, received.variable) == ("message", "N", "n")


def test_loops_go_by_the_names_of_their_variables() -> None:
    drawing = process("p").data("members_object", "members").start()
    drawing.user(
        "many", loop=each("members_object", item="member", into="votes", result="vote", until="count(votes) > 1")
    )
    drawing.user("thrice", loop=times("3", sequential=True)).script("again", "n = 1", loop=repeat(maximum=4)).end()
    loop = _element(drawing, "many").loop
    assert loop is not None
    assert (loop.kind, loop.collection, loop.item, loop.result, loop.output) == (
        "parallel",
        "members",
        "member",
        "votes",
        "vote",
    )
    assert loop.condition == "count(votes) > 1"
    thrice, again = _element(drawing, "thrice").loop, _element(drawing, "again").loop
    assert thrice is not None and again is not None
    assert (thrice.kind, thrice.cardinality) == ("sequential", "3")
    assert (again.kind, again.maximum, again.test_before) == ("standard", 4, False)


def test_what_goes_in_and_out_of_a_process() -> None:
    assert (_process(process("p").start().end()).inputs, _process(process("p").start().end()).outputs) == (None, None)
    declared = _process(process("p").io(inputs=["target"], outputs=["answer", "reason"]).start().end())
    assert (declared.inputs, declared.outputs) == (("target",), ("answer", "reason"))


def test_several_processes_and_the_drawing() -> None:
    found = read(diagram(process("p").start().end(), process("q", executable=False).start("b").end("d")), "both.bpmn")
    assert [(it.id, it.executable) for it in found.processes] == [("p", True), ("q", False)]
    assert found.drawn == {"begin", "done", "Flow_begin_done", "b", "d", "Flow_b_d"}
    assert found.file == "both.bpmn"


def test_what_is_passed_over_is_listed_with_its_process() -> None:
    drawing = process("p").start().end().raw('<bpmn:dataStoreReference id="store"/>')
    drawing.raw('<bpmn:task id="odd" isForCompensation="true"/>')
    found = read(drawing.bpmn().replace(b"<bpmn:process", b'<bpmn:globalTask id="g"/><bpmn:process', 1), "p.bpmn")
    assert found.processes[0].passed_over == (("store", "dataStoreReference"), ("odd", "@isForCompensation"))
    assert found.passed_over == (("g", "globalTask"),)


@pytest.mark.parametrize(
    ("rule", "xml"),
    [
        ("not-bpmn", b"<html/>"),
        ("no-id", process("p").start().end().bpmn().replace(b'<bpmn:endEvent id="done"', b"<bpmn:endEvent")),
        ("bad-reference", process("p").start().call("c", "x' or '1'='1").end().bpmn()),
        ("bad-reference", process("p").start().end().raw('<bpmn:task id="a b"/>').bpmn()),
    ],
)
def test_files_that_cannot_be_read_are_refused_with_their_name(rule: str, xml: bytes) -> None:
    with pytest.raises(XMLRefused) as caught:
        read(xml, "p.bpmn")
    assert (caught.value.rule, caught.value.file) == (rule, "p.bpmn")


def test_a_reference_may_carry_the_prefix_of_its_namespace() -> None:
    assert _element(process("p").start().call("c", "tns:hearing").end(), "c").called == "hearing"
