"""The record of an evaluation: enough to show and to prove how a decision came about."""

import hashlib
import json

import pytest

from service.engine.decisions import evaluate, load
from service.engine.feel import FeelFault
from service.engine.values import canonical
from tests.engine.decisions.drawing import asked, decision, file, given, table, text
from tests.engine.feel.asking import context

QUORUM = file(
    given("eligible", "number"),
    given("present", "number"),
    decision("share", text("present / eligible"), needs=["in-eligible", "in-present"], kind="number"),
    decision(
        "quorum",
        table(
            "UNIQUE",
            ["share: number"],
            ["quorate: boolean"],
            ["< 0.5 => false // rules of procedure 4.2", ">= 0.5 => true // rules of procedure 4.2"],
        ),
        needs=["share"],
    ),
)


def test_the_record_holds_everything_as_json() -> None:
    evaluation = asked(QUORUM, "quorum", eligible=9, present=5, unused=object())
    record = evaluation.record()
    assert json.loads(canonical(record)) == record
    assert record == {
        "decision": "quorum",
        "digest": hashlib.sha256(QUORUM).hexdigest(),
        "inputs": {"eligible": 9, "present": 5},
        "decisions": [
            {"id": "share", "name": "share", "value": 0.5555555555555556, "fired": [], "reasons": []},
            {
                "id": "quorum",
                "name": "quorum",
                "value": True,
                "fired": [
                    {
                        "table": "table",
                        "hit_policy": "UNIQUE",
                        "inputs": [{"label": "share", "value": 0.5555555555555556}],
                        "rules": [
                            {"id": "r2", "index": 2, "annotations": ["source: rules of procedure 4.2"], "outputs": True}
                        ],
                    }
                ],
                "reasons": [],
            },
        ],
        "outputs": True,
        "input_reasons": [],
    }
    assert evaluation.variables() == {"quorate": True}


def test_variables_bear_the_names_of_the_outputs() -> None:
    many = file(decision("rows", table("COLLECT", ["1"], ["a", "b"], ["- => 1 | 2", "- => 3 | 4"])))
    assert asked(many, "rows").variables() == {"rows": [{"a": 1, "b": 2}, {"a": 3, "b": 4}]}
    assert asked(file(decision("net price", text("1.5"))), "net-price").variables() == {"net price": 1.5}
    nothing = file(decision("d", table("UNIQUE", ["1"], ["a", "b"], ["2 => 1 | 2"])))
    assert asked(nothing, "d").variables() == {"a": None, "b": None}


def test_the_reasons_of_nulls_say_where() -> None:
    record = asked(QUORUM, "quorum", eligible=0, present=5).record()
    share = record["decisions"][0]
    assert share["reasons"] == [
        {"message": "Nothing can be divided by 0.", "expression": "present / eligible", "start": 0, "end": 18}
    ]
    assert record["outputs"] is None


def test_a_record_never_fails_though_a_value_cannot_be_kept() -> None:
    evaluation = asked(file(decision("d", text("10 ** 30"))), "d")
    assert evaluation.record()["outputs"] == {
        "unkept": "The number 1.00000e+30 lies beyond ±2^53 and cannot be kept exactly."
    }
    with pytest.raises(FeelFault):
        evaluation.variables()


def test_sealed_inputs_are_carried_and_never_looked_into() -> None:
    data = file(
        given("remark"),
        given("typed", "string"),
        decision("has", text("remark != null"), needs=["in-remark"]),
        decision("is", text('remark = "x"'), needs=["in-remark"]),
        decision("typed is", text("typed"), needs=["in-typed"]),
    )
    seal = {"sealed": "ab"}
    evaluation = asked(data, "has", remark=seal)
    assert (evaluation.value, evaluation.inputs) == (True, {"remark": seal})
    with pytest.raises(FeelFault, match="sealed"):
        asked(data, "is", remark=seal)
    assert asked(data, "typed-is", typed=seal).value is None


def test_a_file_is_known_by_its_bytes() -> None:
    first, second = load(QUORUM), load(QUORUM.replace(b"0.5", b"0.6"))
    assert load(QUORUM) is first
    assert first.digest != second.digest
    answers = [evaluate(file, "quorum", {"eligible": 9, "present": 5}, context()).value for file in (first, second)]
    assert answers == [True, False]
