"""An instance that nobody can move looks healthy."""

from tests.diagrams import process
from tests.engine.fences.sides import Refused, on_both


@on_both(bare=("no word", [], False), ours=("stuck", ["ask"], False))
def test_a_join_waits_for_a_branch_that_was_not_taken(engine, expected):
    drawing = process("p").start().user("ask").exclusive("choose").user("one", when="n > 1")
    drawing.parallel("join").end().at("choose").otherwise().to("join")
    case, word = engine().deploy(drawing), "no word"
    case.start("p")
    try:
        case.do("ask", n=0)
    except Refused as incident:
        word = str(incident)
    assert (word, case.open, case.over) == expected
