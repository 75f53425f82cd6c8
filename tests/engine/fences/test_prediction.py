"""Stacked diamonds predict exponentially."""

from tests.diagrams import Drawing, process
from tests.engine.fences.sides import on_both


def diamonds(count: int) -> Drawing:
    drawing = process("stacked").start().user("first")
    for number in range(count):
        split, join = f"split{number}", f"join{number}"
        drawing.parallel(split)
        for arm in "abc":
            drawing.at(split).script(f"{arm}{number}", f"{arm}{number} = 1").to(join)
        drawing.at(f"a{number}").parallel(join, joined=False)
    return drawing.end()


@on_both(bare=3, ours=1)
def test_one_diamond_more_multiplies_the_tasks(engine, expected):
    sizes = []
    for count in (4, 5):
        case = engine().deploy(diamonds(count))
        case.start("stacked")
        sizes.append(case.size)
    assert round(sizes[1] / sizes[0]) == expected
