"""`true` is saved as `1`, `1.0` as `1`."""

import pytest

from tests.diagrams import process
from tests.engine.fences.sides import on_both


def answered(case, answer, *, reload):
    """What a variable that was 1 is in the end, after somebody answered otherwise."""
    case.deploy(process("p").start().user("first").user("second").user("third").end()).start("p")
    case.do("first", quorate=1)
    case.do("second", quorate=answer)
    if reload:
        case.reload()
    case.do("third")
    return case.variables["quorate"]


@on_both(bare=int, ours=bool)
def test_one_becomes_true(engine, expected):
    assert type(answered(engine(), True, reload=True)) is expected


@pytest.mark.parametrize("answer", [True, 1.0])
@on_both(bare=False, ours=True)
def test_an_instance_kept_in_memory_and_the_same_one_reloaded(engine, expected, answer):
    kept, reloaded = (answered(engine(), answer, reload=reload) for reload in (False, True))
    assert (repr(kept) == repr(reloaded)) == expected
