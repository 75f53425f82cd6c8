"""An instance is lost at tree depth 1000."""

from tests.diagrams import process
from tests.engine.fences.sides import on_both

LOOP = (
    process("loop")
    .start()
    .exclusive("again")
    .script("one", "n = n + 1")
    .user("write")
    .script("two", "n = n + 1")
    .script("three", "n = n + 1")
    .exclusive("enough")
    .end(when="n > 599")
    .at("enough")
    .otherwise()
    .to("again")
)


@on_both(bare=(True, "too few"), ours=(True, "all"))
def test_a_loop_goes_on_for_200_rounds(engine, expected):
    case, rounds = engine().deploy(LOOP), 0
    case.start("loop", n=0)
    while case.open and rounds < 200:
        case.do("write")
        rounds += 1
    assert (case.over, "all" if rounds == 200 else "too few") == expected
