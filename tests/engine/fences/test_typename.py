"""A key `typename` in the data makes an instance unloadable."""

import pytest

from tests.diagrams import process
from tests.engine.fences.sides import on_both

ID = "6f0c6f0e-5f39-4c2e-9a34-0d8b3f1c1a11"


@pytest.mark.parametrize("answer", [{"typename": "beech"}, {"typename": "UUID", "value": ID}], ids=["unknown", "known"])
@on_both(bare=False, ours=True)
def test_an_answer_with_that_key_comes_back(engine, expected, answer):
    case = engine().deploy(process("p").start().user("first").user("second").end())
    case.start("p")
    case.do("first", product=answer)
    try:
        case.reload()
        case.do("second")
        seen = case.variables["product"] == answer
    except TypeError:  # the library calls what it has not found
        seen = False
    assert seen == expected
