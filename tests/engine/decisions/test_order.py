"""Where a hit policy says so, the order in which rules are written changes nothing."""

from typing import Any

from hypothesis import given as drawn
from hypothesis import strategies as st

from service.engine.values import canonical
from tests.engine.decisions.drawing import asked, decision, file, given, table

LEVELS = ["low", "middle", "high"]
CELLS = st.sampled_from(["-", "< 3", ">= 3", "[2..5]", "4", "not(1, 2)", "> 6", "null"])
OUTPUTS = st.tuples(st.sampled_from(LEVELS), st.integers(0, 3))
RULES = st.lists(st.tuples(CELLS, CELLS, OUTPUTS), min_size=1, max_size=6)
POLICIES = [("UNIQUE", ""), ("ANY", ""), ("PRIORITY", ""), ("OUTPUT ORDER", ""), ("COLLECT", "")]
AGGREGATED = [("COLLECT", it) for it in ("SUM", "MIN", "MAX", "COUNT")]
RANKED = {"level": ", ".join(f'"{level}"' for level in LEVELS), "points": "0, 1, 2, 3"}


def answer(policy: str, aggregation: str, rules: list[Any], inputs: dict[str, Any]) -> tuple[object, bool]:
    """What the table says, at rest, and whether a null came for a reason; a collected list has no order."""
    rows = [f'{a} | {b} => "{level}" | {points}' for a, b, (level, points) in rules]
    outputs = ["level", "points"]
    if aggregation:
        rows, outputs = [f"{a} | {b} => {points}" for a, b, (_, points) in rules], ["points"]
    drawing = table(policy, ["a", "b"], outputs, rows, aggregation=aggregation, allowed=RANKED)
    data = file(given("a"), given("b"), decision("d", drawing, needs=["in-a", "in-b"]))
    evaluation = asked(data, "d", **inputs)
    value = evaluation.record()["outputs"]
    return sorted(map(canonical, value)) if isinstance(value, list) and policy == "COLLECT" else value, bool(
        evaluation.reasons
    )


@drawn(
    st.sampled_from(POLICIES + AGGREGATED),
    RULES.flatmap(lambda rules: st.tuples(st.just(rules), st.permutations(rules))),
    st.fixed_dictionaries({"a": st.none() | st.integers(0, 7), "b": st.integers(0, 7)}),
)
def test_the_order_of_the_rules_does_not_matter(policy, orders, inputs):
    first, second = (answer(policy[0], policy[1], list(rules), inputs) for rules in orders)
    assert first == second
