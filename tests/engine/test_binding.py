"""Which version of a process a call takes. Every step here reads all instances back from their snapshots."""

import pytest

from service.engine.shapes import CallBound
from tests.diagrams import Drawing, process
from tests.engine.case import Case


def cold(*drawings: Drawing, digest: str = "v1") -> Case:
    """A case whose every step begins from stored states alone."""
    return Case(hot=False).deploy(*drawings, digest=digest)


def bound(case: Case) -> list[tuple[str, str]]:
    """What the calls were bound to, in the order in which they began: process and version."""
    return [(it.process_key, it.bundle_digest) for outcome in case.advances for it in outcome.bound]


def lifecycle() -> Drawing:
    """Drafting, then adoption, and back to drafting when it was not adopted."""
    drawing = process("lifecycle").start().exclusive("again").user("draft").call("adopt", "adoption")
    return drawing.exclusive("adopted").end(when="vote = 1").at("adopted").otherwise().to("again")


def adoption(task: str) -> Drawing:
    """The adoption of one version: its task has that version's name."""
    return process("adoption").start().user(task).user("minutes").end()


def test_a_newer_version_is_for_cases_that_have_not_reached_the_call_and_for_the_loop_back():
    before, inside = cold(lifecycle(), adoption("vote_v1")), cold(lifecycle(), adoption("vote_v1"))
    for case in (before, inside):
        case.start("lifecycle")
    inside.do("draft")
    assert inside.open == ["vote_v1"]

    for case in (before, inside):
        case.deploy(lifecycle(), adoption("vote_v2"), digest="v2")

    before.do("draft")
    assert before.open == ["vote_v2"]
    assert bound(before) == [("adoption", "v2")]

    inside.do("vote_v1", vote=0)
    inside.do("minutes")
    assert inside.open == ["draft"]
    inside.deploy(adoption("vote_v3"), digest="v3")
    inside.do("draft")
    assert inside.open == ["vote_v3"]
    inside.do("vote_v3", vote=1)
    inside.do("minutes")
    assert bound(inside) == [("adoption", "v1"), ("adoption", "v3")]
    assert inside.ended["root-lifecycle"].variables == {"vote": 1}

    before.do("vote_v2", vote=1)
    before.deploy(adoption("vote_v4"), digest="v4")
    before.do("minutes")
    assert before.state.instances == ()


def test_three_versions_of_a_process_stand_side_by_side_in_one_case():
    three = process("p").start().parallel("fork")
    for number in (1, 2, 3):
        three.at("fork").user(f"begin_{number}").call(f"call_{number}", "adoption").end(f"end_{number}")
    case = cold(three, adoption("vote_v1"))
    case.start("p")
    case.do("begin_1")
    case.deploy(adoption("vote_v2"), digest="v2").do("begin_2")
    case.deploy(adoption("vote_v3"), digest="v3").do("begin_3")
    assert case.open == ["vote_v1", "vote_v2", "vote_v3"]
    for number in (2, 3, 1):
        case.do(f"vote_v{number}")
        case.do("minutes")
    assert case.state.instances == ()


def test_a_call_bound_to_its_deployment_keeps_the_version_that_it_was_deployed_with():
    pinned = process("p").start().user("draft").call("adopt", "adoption", properties={"binding": "deployment"}).end()
    case = cold(pinned, adoption("vote_v1"))
    case.start("p")
    case.deploy(pinned, adoption("vote_v2"), digest="v2")
    case.do("draft")
    assert case.open == ["vote_v1"]
    assert bound(case) == [("adoption", "v1")]


def test_the_binding_is_recorded_with_the_call_and_the_child():
    case = cold(process("p").start().call("adopt", "adoption").end(), adoption("vote"))
    outcome = case.start("p")
    (child,) = [state for state in case.state.instances if state.parent_id is not None]
    assert child.parent_task_id is not None
    assert outcome.bound == (CallBound("root-p", "adopt", child.parent_task_id, child.id, "v1", "adoption"),)
    assert (child.parent_id, child.bundle_digest) == ("root-p", "v1")
    assert outcome.opened[0].instance_id == child.id


@pytest.mark.parametrize("binding", ["latest", "deployment"])
def test_a_call_of_a_process_that_is_not_there_is_an_incident(binding):
    case = cold(process("p").start().user("draft").call("adopt", "adoption", properties={"binding": binding}).end())
    case.start("p")
    case.do("draft")
    assert case.incident is not None
    assert (case.incident.kind, case.incident.activity_id) == ("not-in-force", "adopt")
    assert case.open == ["draft"]
