"""A failed operation is reported as a NameError."""

from service.engine import OperationFailed
from tests.diagrams import process
from tests.engine.fences.sides import Refused, on_both


def full(_):
    raise OperationFailed("The archive is full.")


@on_both(bare="NameError", ours="operation")
def test_an_operation_fails(engine, expected):
    case = engine().deploy(process("p").start().service("keep", "archive.keep").end())
    case.operations = {"archive.keep": full}
    try:
        case.start("p")
        seen = "went through"
    except Refused as incident:
        seen = str(incident)
    except NameError as wrong:
        seen = type(wrong).__name__
    assert seen == expected
