"""Diagram text is evaluated as Python."""

from contextlib import suppress

from tests.diagrams import process
from tests.engine.fences.sides import Refused, on_both

HOSTILE = "().__class__.__base__.__subclasses__().__len__() > 0"


@on_both(bare="ran", ours="expression")
def test_a_condition_reaches_for_the_interpreter(engine, expected):
    drawing = process("p").start().exclusive("choose").end("ran", when=HOSTILE).at("choose").otherwise().end("other")
    case = engine().deploy(drawing)
    try:
        case.start("p")
        seen = "ran" if case.over else "waits"
    except Refused as incident:
        seen = str(incident)
    assert seen == expected


@on_both(bare=True, ours=False)
def test_a_script_writes_a_file(engine, expected, tmp_path):
    file = tmp_path / "written"
    case = engine().deploy(process("p").start().script("hostile", f"open({str(file)!r}, 'w').close()").end())
    with suppress(Refused):
        case.start("p")
    assert file.exists() == expected
