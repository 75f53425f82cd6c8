"""Bundles that would hurt the service, or never end: each is refused with its place and a sentence, on both databases,
and the service goes on."""

import io
import zipfile
from typing import Any

import pytest

from tests.api.problems import is_problem
from tests.api.sending import send
from tests.app.house import House, Someone, two_tasks
from tests.diagrams import Drawing, after, diagram, files, process

TENFOLD = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 10))
BOMB = b'<!DOCTYPE a [<!ENTITY e0 "eeeeeeeeee">' + TENFOLD + b"]><a>&e9;</a>"
FIFTY_MB = bytes(50_000_000)

UNREADABLE: dict[str, tuple[bytes, str, str]] = {
    "a document type from elsewhere": (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "doctype", ""),
    "entities that grow tenfold nine times": (BOMB, "doctype", ""),
    "five thousand levels": (b"<a>" * 5_000 + b"</a>" * 5_000, "too-deep", ""),
    "three megabytes": (b"<a>" + b" " * 3_000_000 + b"</a>", "too-large", ""),
    "one id twice": (process("p").start("one").end("two").bpmn().replace(b'"two"', b'"one"'), "duplicate-id", "one"),
}
"""The file, the rule that it breaks, and the element where it does."""


def _choice(condition: str) -> Drawing:
    drawing = process("p").io(inputs=["n"]).start().user("decide", lane="pogi.sec").exclusive("decided")
    return drawing.end("yes", when=condition, flow="asked").at("decided").otherwise().end("no")


def _ring() -> tuple[Drawing, ...]:
    return process("p").start().call("there", "q").end(), process("q").start().call("back", "p").end()


def _restless() -> Drawing:
    drawing = process("p").start().exclusive("again").script("count", "n = n + 1").exclusive("enough")
    return drawing.to("again", when="n < 5").otherwise().end()


def _impatient() -> Drawing:
    drawing = process("p").start().first_of("either").catch("soon", after('"P1D"')).end()
    return drawing.at("either").catch("late", after('"P9D"')).end()


def _waiting_for_itself() -> Drawing:
    drawing = process("p").start().parallel("meet").user("draft", lane="pogi.sec").exclusive("good")
    return drawing.to("meet", when="draft = null").otherwise().end()


def _instructed(text: str) -> Drawing:
    return process("p").start().user("draft", lane="pogi.sec", instructions=text).end()


REFUSED: dict[str, tuple[tuple[Drawing, ...], str, str]] = {
    "processes that call one another": (_ring(), "call-cycle", "there"),
    "a loop of a script": ((_restless(),), "loop-without-wait", "again"),
    "a way into Python": ((_choice("().__class__"),), "expression", "asked"),
    "a number beyond all bounds": ((_choice("10**10**10"),), "constant-condition", "asked"),
    "a statement in instructions": ((_instructed("{% for x in y %}{{ x }}{% endfor %}"),), "expression", "draft"),
    "two timers of which one never comes": ((_impatient(),), "two-timers", "either"),
    "a loop back into a join": ((_waiting_for_itself(),), "parallel-join-of-loop", "meet"),
}
"""The processes, the rule that they break, and the element where they do."""


@pytest.fixture
def owner(house: House) -> Someone:
    return house.person("owner", "pogi.sec", "pogi.chair", administrator=True)


def named(problem: dict[str, Any], rule: str) -> dict[str, Any]:
    """What the problem says of a rule, once."""
    (error,) = [error for error in problem["errors"] if error["rule"] == rule]
    assert isinstance(error, dict)
    return error


def goes_on(owner: Someone) -> None:
    """Nothing of what was refused is there, and an honest bundle is put into force and runs."""
    assert owner.get("/api/v1/definitions").json["definitions"] == []
    assert owner.get("/readyz").status_code == 200
    assert send(owner, two_tasks(), "?create_roles=1").status_code == 201
    assert owner.post("/api/v1/instances", {"definition": "adoption"}).status_code == 201


def test_a_file_that_is_not_read_is_refused_with_its_name_and_the_reason(owner: Someone):
    for what, (content, rule, element) in UNREADABLE.items():
        problem = is_problem(send(owner, {"p.bpmn": content}), 422, "bundle-unreadable")
        error = named(problem, rule)
        assert error["pointer"] == f"p.bpmn#{element}", what
        assert error["detail"].endswith("."), what
    goes_on(owner)


def test_a_process_that_may_not_run_is_refused_with_the_element_and_a_sentence(owner: Someone):
    for what, (drawings, rule, element) in REFUSED.items():
        problem = is_problem(send(owner, files(*drawings), "?create_roles=1"), 422, "bundle-refused")
        error = named(problem, rule)
        assert error["pointer"] == f"p.bpmn#{element}", what
        assert error["detail"].endswith("."), what
    goes_on(owner)


def test_fifty_megabytes_are_refused_unread_and_packed(owner: Someone):
    is_problem(send(owner, {"p.bpmn": FIFTY_MB}), 413)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("p.bpmn", FIFTY_MB)
    problem = is_problem(send(owner, {"p.zip": packed.getvalue()}), 422, "bundle-unreadable")
    assert "'p.bpmn'" in problem["detail"]
    goes_on(owner)


def test_a_number_beyond_all_bounds_that_depends_on_an_answer_is_an_incident(house: House, owner: Someone):
    drawing = _choice("10 ** (10 ** n) > 1")
    assert send(owner, {"p.bpmn": diagram(drawing)}, "?create_roles=1").status_code == 201
    started = owner.post("/api/v1/instances", {"definition": "p", "variables": {"n": 10}}).json
    stopped = owner.post(f"/api/v1/tasks/{started['tasks'][0]['id']}/complete")
    assert stopped.status_code == 202
    incident = stopped.json["incident"]
    assert (incident["kind"], incident["activity"]) == ("expression", "decided")
    assert [it["id"] for it in owner.get("/api/v1/tasks?scope=mine").json["tasks"]] == [started["tasks"][0]["id"]]
