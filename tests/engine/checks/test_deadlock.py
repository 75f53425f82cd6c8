from tests.diagrams import Drawing, diagram, message, process
from tests.engine.checks.judging import elements, findings

RULE = "deadlock"


def choice_into_join() -> Drawing:
    drawing = process("p").start().exclusive("either").user("a", when="x").parallel("both").end()
    return drawing.at("either").otherwise().user("b").to("both")


def test_a_choice_that_meets_in_a_parallel_join_is_refused_with_the_way_and_the_tokens() -> None:
    (found,) = findings(RULE, choice_into_join())
    assert (found.level, found.element) == ("error", "both")
    assert found.trace == ("begin", "either", "a", "both")
    assert [(step.element, step.takes, step.gives) for step in found.steps] == [
        ("begin", (), ("Flow_begin_either",)),
        ("either", ("Flow_begin_either",), ("Flow_either_a",)),
        ("a", ("Flow_either_a",), ("Flow_a_both",)),
    ]
    assert "'both': it waits for every way in" in found.message


def test_a_fork_that_meets_in_a_parallel_join_is_no_finding() -> None:
    drawing = process("p").start().parallel("fork").user("a").parallel("both").end().at("fork").user("b").to("both")
    assert findings(RULE, drawing) == []


def test_an_inclusive_join_that_waits_for_another_is_refused() -> None:
    drawing = process("p").start().parallel("fork").inclusive("one").parallel("split").user("a").end()
    drawing.at("fork").inclusive("two").parallel("divide").user("b").end()
    drawing.at("split").to("two").at("divide").to("one")
    assert elements(RULE, drawing) == ["one"]


def test_a_message_between_pools_that_is_not_sent_on_every_way() -> None:
    asks = process("asks", pool="Asks").start("ask").throw("send", message("Q")).catch("wait", message("A")).end()
    answers = process("answers", pool="Answers", executable=False).start("asked", message("Q")).exclusive("able")
    answers.throw("tell", message("A"), when="x").end("told").at("able").otherwise().end("silent")
    flows = '<bpmn:messageFlow id="M1" sourceRef="send" targetRef="asked"/>'
    flows += '<bpmn:messageFlow id="M2" sourceRef="tell" targetRef="wait"/>'
    data = diagram(asks, answers).replace(b"</bpmn:collaboration>", f"{flows}</bpmn:collaboration>".encode())
    (found,) = findings(RULE, more={"both.bpmn": data})
    assert found.element == "wait" and "is not sent any more" in found.message
    assert found.trace == ("ask", "send", "asked", "able", "silent", "wait")


def test_in_a_process_that_is_not_run_it_is_a_doubt() -> None:
    drawing = process("p", executable=False).start().exclusive("either").user("a", when="x").parallel("both").end()
    drawing.at("either").otherwise().to("both")
    assert [found.level for found in findings(RULE, drawing)] == ["warning"]


def test_the_loop_into_a_join_is_told_by_its_own_rule_alone() -> None:
    drawing = process("p").start().parallel("meet").user("a").exclusive("good").to("meet", when="x").otherwise().end()
    assert findings(RULE, drawing) == []
