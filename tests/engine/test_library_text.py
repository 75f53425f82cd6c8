"""No text of a diagram is ever Python: at every place where the library evaluates text, FEEL does."""

import ast
import builtins
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

import pytest
import SpiffWorkflow
from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException

from service.domain.errors import TaskNotWaiting
from tests.diagrams import (
    after,
    condition,
    each,
    error,
    escalation,
    every,
    message,
    on,
    process,
    repeat,
    signal,
    times,
)
from tests.engine.case import MORNING, Case
from tests.engine.fences.bare import Bare

WORD = 'if present then "planted" else "other"'
YES = "if present then true else false"
TWO = "if present then 2 else 5"
MARCH = 'date and time(if present then "2026-03-05T12:00:00Z" else "2027-01-01T00:00:00Z")'
NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


EVALUATORS = {"eval", "exec", "compile", "__import__", "ast.parse", "ast.literal_eval"}
KNOWN = [
    "bpmn/script_engine/python_engine.py: ast.parse(expression)",
    "bpmn/script_engine/python_environment.py: eval(expression, my_globals)",
    "bpmn/script_engine/python_environment.py: exec(script, context)",
    "bpmn/serializer/migration/version_1_2.py: eval(expr)",
    "bpmn/serializer/migration/version_1_2.py: eval(expr)",
    "dmn/parser/DMNParser.py: ast.parse(entry.text)",
    "serializer/dict.py: __import__(module_name)",
    "specs/Transform.py: exec(transform)",
]
"""Where the library does it: the script engine, which ours replaces, and what no diagram of ours comes to."""


class Evaluated(AssertionError):
    """Python was asked to evaluate text."""


@contextmanager
def wire() -> Iterator[None]:
    """Whoever hands text to Python's own evaluators trips; compiled code, which importing needs, passes."""

    def guarded(real):
        def evaluator(source, *rest, **more):
            if isinstance(source, str):
                raise Evaluated(source)
            return real(source, *rest, **more)

        return evaluator

    names = ("eval", "exec", "compile")
    with mock.patch.multiple(builtins, **{name: guarded(getattr(builtins, name)) for name in names}):
        yield


def begin():
    return process("p").start()


def asks(**more):
    """A process that opens one task, with such properties."""
    return begin().user("ask", **more).end()


def repeats(loop):
    return begin().user("ask", loop=loop).end()


def waits(event):
    return begin().catch("wait", event).end()


def caught(kind):
    """An error or escalation that carries a payload out of a sub-process, to who keeps it in `seen`."""
    thrown = kind("no", payload=WORD, variable="seen")
    drawing = begin().sub("inner").start("inside").end("out", thrown).close().user("ask").end()
    return drawing.boundary("edge", "inner", thrown).end("kept")


def heard():
    word = signal("s", payload=WORD, variable="seen")
    return begin().parallel("split").catch("hear", word).end().at("split").user("ask").throw("say", word).end()


def correlated():
    """Waits for a message about the matter that its own variable names."""
    drawing = (
        begin()
        .to("hear")
        .raw(
            '<bpmn:intermediateCatchEvent id="hear"><bpmn:messageEventDefinition messageRef="message_m">'
            "<bpmn:extensionElements><spiffworkflow:processVariableCorrelation>"
            f"<spiffworkflow:propertyId>matter</spiffworkflow:propertyId><spiffworkflow:expression>{WORD}"
            "</spiffworkflow:expression></spiffworkflow:processVariableCorrelation></bpmn:extensionElements>"
            "</bpmn:messageEventDefinition></bpmn:intermediateCatchEvent>"
        )
    )
    drawing.events.append(message("m", matter="matter"))
    return drawing.at("hear").end()


def opened(name):
    return lambda case: getattr(next(iter(case.tasks.values())), name)


def ended(name):
    return lambda case: case.ended["root-p"].variables[name]


def due(case):
    return next(iter(case.timers.values())).due_at


def sent(case):
    return case.advances[-1].messages[0]


def after_one(case):
    case.do("ask", vote="for")
    return bool(case.ended)


def delivered(case):
    with pytest.raises(TaskNotWaiting):
        case.deliver("m", matter="other")
    case.deliver("m", matter="planted")
    return bool(case.ended)


def after_saying(case):
    case.do("ask")
    return ended("seen")(case)


CHOICE = begin().exclusive("choose").user("taken", when=YES).end().at("choose").otherwise().end("not_taken")
CHOICES = begin().inclusive("choose").user("taken", when=YES).end().at("choose").otherwise().end("not_taken")
ONE_VOTE = "if count(votes) > 0 then true else false"

PLACES = {
    "exclusive gateway": (CHOICE, lambda case: case.open, ["taken"]),
    "inclusive gateway": (CHOICES, lambda case: case.open, ["taken"]),
    "collection": (repeats(each("for i in 1..2 return i", item="i")), lambda case: case.open, ["ask", "ask"]),
    "collection in sequence": (
        repeats(each(f"for i in 1..1 return {WORD}", item="seen", sequential=True)), opened("item_index"), 0
    ),
    "cardinality": (repeats(times(TWO)), lambda case: case.open, ["ask", "ask"]),
    "completion condition": (
        repeats(each("[1, 2]", item="i", into="votes", result="vote", until=ONE_VOTE)), after_one, True
    ),
    "completion condition in sequence": (
        repeats(each("[1, 2]", item="i", into="votes", result="vote", until=ONE_VOTE, sequential=True)), after_one, True
    ),
    "loop condition": (repeats(repeat(condition="if present then false else true")), after_one, True),
    "timer date": (waits(on(MARCH)), due, NOON),
    "timer duration": (waits(after(f"{MARCH} - date and time(\"2026-03-05T11:00:00Z\")")), due, MORNING.replace(hour=9)),
    "timer cycle": (waits(every('if present then "R3/PT2H" else null')), due, MORNING.replace(hour=10)),
    "conditional event": (waits(condition(YES)), lambda case: bool(case.ended), True),
    "message payload": (begin().throw("say", message("m", payload=WORD)).end(), lambda case: sent(case).payload, "planted"),
    "send task": (begin().send("say", message("m", payload=WORD)).end(), lambda case: sent(case).payload, "planted"),
    "correlation of what is sent": (
        begin().throw("say", message("m", matter=WORD)).end(), lambda case: dict(sent(case).keys), {"matter": "planted"}
    ),
    "correlation of what is waited for": (correlated(), delivered, True),
    "signal payload": (heard(), after_saying, "planted"),
    "error payload": (caught(error), ended("seen"), "planted"),
    "escalation payload": (caught(escalation), ended("seen"), "planted"),
    "service parameter": (
        begin().service("call", "echo", {"word": WORD}, result="seen").end(), ended("seen"), "planted"
    ),
    "script": (begin().script("write", f"seen = {WORD}").end(), ended("seen"), "planted"),
    "script before": (begin().user("ask", pre=f"seen = {WORD}").end(), after_saying, "planted"),
    "script after": (begin().user("ask", post=f"seen = {WORD}").end(), after_saying, "planted"),
    "candidateFrom": (asks(properties={"candidateFrom": WORD}), opened("candidate"), "planted"),
    "dueDate": (asks(properties={"dueDate": MARCH}), opened("due_at"), NOON),
    "followUpDate": (asks(properties={"followUpDate": MARCH}), opened("follow_up_at"), NOON),
    "priority": (asks(properties={"priority": TWO}), opened("priority"), 2),
    "instructions": (asks(instructions="It is {{ " + WORD + " }}."), opened("instructions"), "It is planted."),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_the_text_is_feel(place):
    drawing, look, expected = PLACES[place]
    case = Case(operations={"echo": lambda request: request.parameters["word"]}).deploy(drawing)
    with wire():
        case.start("p", present=True)
        seen = case.incident or look(case)
    assert seen == expected


def test_the_library_trips_the_wire():
    case = Bare().deploy(CHOICE)
    with pytest.raises(WorkflowTaskException) as raised, wire():
        case.start("p", present=True)
    assert isinstance(raised.value.__context__, Evaluated)


def test_the_library_evaluates_text_where_it_did():
    """A new call site in another version has to be looked at, and fenced, before that version may run."""
    folder = Path(SpiffWorkflow.__file__).parent
    found = [
        f"{file.relative_to(folder).as_posix()}: {ast.unparse(node)}"
        for file in sorted(folder.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in EVALUATORS
    ]
    assert found == KNOWN
