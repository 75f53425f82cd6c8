"""An end by error looks like a success, a terminate end like a message."""

from tests.diagrams import error, plain, process
from tests.engine.fences.sides import Refused, on_both


@on_both(bare="success", ours="uncaught-error")
def test_an_error_ends_the_process(engine, expected):
    case = engine().deploy(process("p").start().user("vote").end("failed", error("no quorum")))
    case.start("p")
    try:
        case.do("vote")
        seen = "success" if case.over and case.workflow.success else "failed"
    except Refused as incident:
        seen = str(incident)
    assert seen == expected


@on_both(bare=["TerminateEventDefinition"], ours=[])
def test_what_leaves_the_process_when_it_is_terminated(engine, expected):
    case = engine().deploy(process("p").start().user("give_up").end("ended", plain("terminate")))
    case.start("p")
    case.do("give_up")
    assert case.over
    assert case.sent == expected
