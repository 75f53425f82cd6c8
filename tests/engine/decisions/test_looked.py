"""What a table read besides what its columns show: told of the record, whenever that was written."""

from typing import Any

from service.engine import decisions
from tests.engine.decisions.drawing import asked, decision, file, given, table, text

MAJORITY = file(
    given("in_favour", "number"),
    given("against", "number"),
    given("entitled", "number"),
    given("rules"),
    decision(
        "majority",
        table(
            "FIRST",
            ["in_favour: number"],
            ["outcome: string"],
            ['< rules.sg.quorum * entitled => "lapsed"', '> against => "adopted"', "- => rules.otherwise"],
        ),
        needs=["in-in_favour", "in-against", "in-entitled", "in-rules"],
    ),
)
RULES = {"sg": {"quorum": 0.5}, "otherwise": "rejected", "unread": [1, 2, 3]}


def read(data: bytes, key: str, table_id: str = "table", **inputs: Any) -> list[tuple[str, Any]]:
    """The names and values that a table read, by the record of its evaluation alone."""
    record = asked(data, key, **inputs).record()
    found = decisions.reads(decisions.load(data), record, key, table_id, lambda value: value == {"withheld": True})
    return [(it.name, it.value) for it in found]


def test_what_cells_refer_to_is_told_of_all_rules_and_of_outputs_where_they_fired() -> None:
    found = read(MAJORITY, "majority", in_favour=7, against=2, entitled=9, rules=RULES)
    assert found == [("rules.sg.quorum", 0.5), ("entitled", 9), ("against", 2)]
    found = read(MAJORITY, "majority", in_favour=5, against=5, entitled=9, rules=RULES)
    assert found[-1] == ("rules.otherwise", "rejected")


def test_what_is_withheld_stays_so_and_what_was_not_given_is_null() -> None:
    record = asked(MAJORITY, "majority", in_favour=7, against=2, entitled=9, rules=RULES).record()
    record["inputs"] = {"in_favour": 7, "rules": {"withheld": True}, "entitled": 9}
    definition = decisions.load(MAJORITY)
    found = decisions.reads(definition, record, "majority", "table", lambda value: value == {"withheld": True})
    assert [(it.name, it.value) for it in found] == [
        ("rules.sg.quorum", {"withheld": True}),
        ("entitled", 9),
        ("against", None),
    ]


def test_a_column_that_reckons_is_told_by_what_it_reckons_with() -> None:
    data = file(
        given("members"),
        given("day", "date"),
        decision(
            "quorum",
            table("UNIQUE", ['count(members[role = "voter"])'], ["quorate"], [">= day.month => true", "- => false"]),
            needs=["in-members", "in-day"],
        ),
    )
    members = [{"role": "voter"}, {"role": "guest"}]
    assert read(data, "quorum", members=members, day="2026-01-05") == [("members", members), ("day", "2026-01-05")]


def test_what_stands_behind_a_decision_without_a_table_is_told_too() -> None:
    data = file(
        given("eligible", "number"),
        given("present", "number"),
        decision("share", text("present / eligible"), needs=["in-eligible", "in-present"], kind="number"),
        decision(
            "quorum", table("UNIQUE", ["share"], ["quorate"], ["< 0.5 => false", ">= 0.5 => true"]), needs=["share"]
        ),
    )
    assert read(data, "quorum", eligible=9, present=5) == [("present", 5), ("eligible", 9)]


def test_a_table_that_is_not_there_read_nothing() -> None:
    assert read(MAJORITY, "majority", "another", in_favour=7, against=2, entitled=9, rules=RULES) == []
