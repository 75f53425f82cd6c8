"""Decision tables: which rules apply, and what the hit policy makes of them."""

import itertools

import pytest

from service.engine.decisions import load
from service.engine.feel import FeelFault
from tests.engine.decisions.drawing import asked, decided, decision, file, given, table, text

ORDER = '"high", "middle", "low"'


def rules(policy: str, *rows: str, **more: object) -> bytes:
    """A file with one table on `amount`."""
    drawn = table(policy, ["amount: number"], [""], rows, **more)  # type: ignore[arg-type]  # keywords of `table`
    return file(given("amount", "number"), decision("level", drawn, needs=["in-amount"]))


def test_unique_takes_the_one_rule_that_applies() -> None:
    data = rules("UNIQUE", '< 10 => "low"', '[10..20] => "middle"', '> 20 => "high"')
    assert [decided(data, "level", amount=amount) for amount in (1, 10, 21)] == ["low", "middle", "high"]


def test_unique_with_an_overlap_names_the_rules() -> None:
    data = rules("UNIQUE", '< 10 => "low"', '< 20 => "middle"', '- => "high"')
    evaluation = asked(data, "level", amount=1)
    message = "The rules 1 (r1), 2 (r2) and 3 (r3) all apply, and only one may."
    assert (evaluation.value, [reason.message for reason in evaluation.reasons]) == (None, [message])
    with pytest.raises(FeelFault) as caught:
        asked(data, "level", strict=True, amount=1)
    assert caught.value.message == message


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY", "FIRST", "PRIORITY"])
@pytest.mark.parametrize("strict", [True, False])
def test_no_rule_is_null_and_no_error_and_the_record_says_so(policy: str, strict: bool) -> None:
    data = rules(policy, '< 10 => "low"', '>= 12 => "high"', allowed={"": ORDER})
    evaluation = asked(data, "level", strict=strict, amount=11)
    assert (evaluation.value, evaluation.fired) == (None, ())
    assert evaluation.record()["decisions"][0]["reasons"] == [
        {
            "message": "No rule of the table applies to these values of `amount`.",
            "expression": "table",
            "start": 0,
            "end": 5,
        }
    ]
    evaluation = asked(data, "level", strict=strict, amount=None)
    assert [reason.message for reason in evaluation.reasons] == [
        "No rule of the table applies to these values of `amount`; without a value: `amount`."
    ]


def test_a_sum_of_no_rules_says_why_it_is_null() -> None:
    data = rules("COLLECT", "> 1 => 1", aggregation="SUM")
    (reason,) = asked(data, "level", amount=0).reasons
    assert reason.message == "No rule of the table applies to these values of `amount`."
    assert asked(rules("COLLECT", "> 1 => 1"), "level", amount=0).reasons == ()


@pytest.mark.parametrize("default", ['"other"', "null"])
def test_where_a_default_holds_no_reason_is_wanted(default: str) -> None:
    data = rules("UNIQUE", '< 10 => "low"', defaults={"": default})
    assert asked(data, "level", amount=10).reasons == ()


def test_first_takes_the_first_in_the_order_of_the_file() -> None:
    data = rules("FIRST", '< 10 => "low"', '< 20 => "middle"', '- => "high"')
    assert [decided(data, "level", amount=amount) for amount in (1, 10, 21)] == ["low", "middle", "high"]
    assert asked(data, "level", amount=1).fired == ("r1",)


def test_any_wants_agreement() -> None:
    data = rules("ANY", '< 10 => "low"', '< 5 => "low"', '= 7 => "seven"')
    assert decided(data, "level", amount=1) == "low"
    assert asked(data, "level", amount=1).fired == ("r1", "r2")
    assert (
        asked(data, "level", amount=7).reasons[0].message
        == "The rules 1 (r1) and 3 (r3) all apply, and say different things."
    )


@pytest.mark.parametrize(
    ("aggregation", "answers"),
    [("", [[1, 2, 3], []]), ("SUM", [6, None]), ("MIN", [1, None]), ("MAX", [3, None]), ("COUNT", [3, 0])],
)
def test_collect(aggregation: str, answers: list[object]) -> None:
    data = rules("COLLECT", "> 1 => 1", "> 2 => 2", "> 3 => 3", aggregation=aggregation)
    assert [asked(data, "level", amount=amount).value for amount in (4, 0)] == answers


def test_rule_order_and_output_order() -> None:
    rows = ['- => "middle"', '> 1 => "low"', '> 2 => "high"']
    assert decided(rules("RULE ORDER", *rows), "level", amount=3) == ["middle", "low", "high"]
    ranked = rules("OUTPUT ORDER", *rows, allowed={"": ORDER})
    assert decided(ranked, "level", amount=3) == ["high", "middle", "low"]


def test_priority_takes_the_highest_ranked_output() -> None:
    data = rules("PRIORITY", '- => "low"', '> 1 => "high"', '> 1 => "middle"', allowed={"": ORDER})
    assert [decided(data, "level", amount=amount) for amount in (1, 2)] == ["low", "high"]


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY", "PRIORITY", "OUTPUT ORDER", "COLLECT"])
def test_where_the_policy_says_so_the_order_of_rules_does_not_matter(policy: str) -> None:
    rows = ['< 5 => "low"', '[5..9] => "middle"', '> 9 => "high"', '> 20 => "high"']
    if policy in {"UNIQUE"}:
        rows = rows[:3]
    answers = set()
    for shuffled in itertools.permutations(rows):
        data = rules(policy, *shuffled, allowed={"": ORDER})
        found = [decided(data, "level", amount=amount) for amount in (1, 7, 15, 30)]
        answers.add(str([sorted(answer) if policy == "COLLECT" else answer for answer in found]))
    assert len(answers) == 1


def test_several_inputs_and_outputs() -> None:
    drawn = table(
        "UNIQUE",
        ["members", "votes * 2"],
        ["carried: boolean", "why: string"],
        [
            '< 5 | - => false | "too few"',
            '>= 5 | > members => true | "majority"',
            '>= 5 | <= members => false | "no majority"',
        ],
    )
    data = file(given("members"), given("votes"), decision("vote", drawn, needs=["in-members", "in-votes"]))
    assert load(data).findings == ()
    assert decided(data, "vote", members=9, votes=5) == {"carried": True, "why": "majority"}
    evaluation = asked(data, "vote", members=4, votes=4)
    assert evaluation.variables() == {"carried": False, "why": "too few"}
    assert evaluation.fired == ("r1",)


def test_defaults_hold_where_no_rule_applies() -> None:
    data = rules("UNIQUE", '< 10 => "low"', defaults={"": '"other"'})
    assert [decided(data, "level", amount=amount) for amount in (1, 10)] == ["low", "other"]
    many = rules("COLLECT", '< 10 => "low"', defaults={"": '"other"'})
    assert [decided(many, "level", amount=amount) for amount in (1, 10)] == [["low"], ["other"]]


def test_inputs_outside_the_allowed_values_are_null_with_a_reason() -> None:
    data = rules("FIRST", '<= 200 => "x"', 'null => "none"', allowed={"amount": "[1..100]"})
    assert decided(data, "level", amount=100) == "x"
    evaluation = asked(data, "level", amount=101)
    assert (evaluation.value, evaluation.fired) == (None, ())
    assert [reason.message for reason in evaluation.reasons] == ["101 is not allowed in the column “amount”."]
    with pytest.raises(FeelFault, match="101 is not allowed"):
        asked(data, "level", strict=True, amount=101)


def test_inputs_of_another_type_are_null_with_a_reason() -> None:
    data = file(
        given("amount"),
        decision(
            "level", table("FIRST", ["amount: number"], [""], ['> 1 => "x"', 'null => "none"']), needs=["in-amount"]
        ),
    )
    assert decided(data, "level", amount=2) == "x"
    evaluation = asked(data, "level", amount="a")
    assert (evaluation.value, evaluation.reasons[0].message) == ("none", "A string is not of the type number.")


@pytest.mark.parametrize("anything", ["", "-", "?"])
def test_columns_may_allow_anything(anything: str) -> None:
    allowed = {"vote": anything, "": anything}
    drawn = table("FIRST", ["vote"], [""], ['false => "no"', '"yes" => "yes"', 'null => "none"'], allowed=allowed)
    data = file(given("vote"), decision("told", drawn, needs=["in-vote"]))
    assert [decided(data, "told", vote=vote) for vote in (False, "yes", None)] == ["no", "yes", "none"]


def test_an_output_may_have_a_type_of_its_own() -> None:
    drawn = table("UNIQUE", ["amount"], ["one", "other"], ["- => amount | amount"])
    typed = drawn.replace("<outputEntry>", '<outputEntry typeRef="number">', 1)
    data = file(given("amount"), decision("level", typed, needs=["in-amount"]))
    assert decided(data, "level", amount=1) == {"one": 1, "other": 1}
    assert asked(data, "level", amount="a").value == {"one": None, "other": "a"}


def test_outputs_outside_the_allowed_values_are_null_with_a_reason() -> None:
    data = rules("UNIQUE", '- => "lo"', allowed={"": ORDER})
    evaluation = asked(data, "level", amount=1)
    assert (evaluation.value, evaluation.reasons[0].message) == (None, '"lo" is not allowed in the column “output”.')


def test_cells_see_the_decision_s_names_and_the_value_tested() -> None:
    drawn = table("FIRST", ["amount"], [""], ["? > limit and ? < 2 * limit => amount - limit", "- => 0"])
    data = file(given("amount"), given("limit"), decision("over", drawn, needs=["in-amount", "in-limit"]))
    assert [decided(data, "over", amount=amount, limit=10) for amount in (5, 15, 25)] == [0, 5, 0]


def test_null_matches_only_what_says_null_or_anything() -> None:
    data = rules("FIRST", '< 5 => "less"', 'not(< 5) => "not less"', 'null => "none"', '- => "any"')
    assert decided(data, "level", amount=None) == "none"


def test_a_value_of_another_kind_is_a_fault_in_a_diagram() -> None:
    drawn = table("FIRST", ["amount"], [""], ['< 5 => "less"', '- => "any"'])
    data = file(given("amount"), decision("level", drawn, needs=["in-amount"]))
    assert asked(data, "level", amount="a").value == "any"
    with pytest.raises(FeelFault) as caught:
        asked(data, "level", strict=True, amount="a")
    assert (caught.value.message, caught.value.sub_expression) == ("A string and a number have no order.", "< 5")


def test_a_table_may_stand_in_a_context() -> None:
    drawn = table("UNIQUE", ["amount"], [""], ["< 5 => 1", ">= 5 => 2"])
    boxed = (
        f'<context><contextEntry><variable name="points"/>{drawn}</contextEntry>'
        f"<contextEntry>{text('points * 10')}</contextEntry></context>"
    )
    data = file(given("amount"), decision("score", boxed, needs=["in-amount"]))
    evaluation = asked(data, "score", amount=7)
    assert (evaluation.value, evaluation.fired) == (20, ("r2",))


def test_an_input_that_is_not_allowed_fires_no_rule_and_no_default() -> None:
    drawn = table(
        "COLLECT",
        ["colour: string", "late"],
        [""],
        ["- | - => 1", "null | - => 2"],
        allowed={"colour": '"red", "blue"'},
    )
    data = file(given("colour", "string"), given("late"), decision("level", drawn, needs=["in-colour", "in-late"]))
    assert decided(data, "level", colour="red", late=None) == [1]
    evaluation = asked(data, "level", colour="green", late=None)
    assert (evaluation.value, evaluation.fired) == (None, ())
    assert [reason.message for reason in evaluation.reasons] == ['"green" is not allowed in the column “colour”.']
    with pytest.raises(FeelFault, match="is not allowed in the column"):
        asked(data, "level", strict=True, colour="green", late=None)
