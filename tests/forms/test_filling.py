"""What the service fills in itself: values that are carried on as they are, and the letters of rows that differ."""

from typing import Any

import pytest

from service.domain.errors import FormRefused
from service.forms.conditions import told
from tests.forms.test_reading import read

ITEMS = {
    "type": "object",
    "properties": {
        "letter": {"type": "string", "x-lettered": True},
        "text": {"type": "string"},
        "until": {"type": "string"},
    },
}
SCHEMA = {
    "type": "object",
    "properties": {
        "rows": {"type": "array", "items": ITEMS},
        "changed": {
            "type": "array", "items": {"type": "string"}, "readOnly": True, "x-differs": {"rows": "rows", "since": "heard"}
        },
        "said": {"type": "string", "readOnly": True, "x-from": ["gone.text", "remark.text"]},
    },
}  # fmt: skip
HEARD = [{"letter": "a", "text": "Ti år", "until": None}, {"letter": "b", "text": "To år"}]


def filled(answers: dict[str, Any], **known: Any) -> dict[str, Any]:
    return read(SCHEMA).filled(answers, known.get)


@pytest.mark.parametrize(
    ("rows", "letters"),
    [
        ([{"letter": "a", "text": "Ti år"}, {"letter": "b", "text": "To år"}], []),
        ([{"letter": "b", "text": "To år"}, {"letter": "a", "text": "Ti år", "until": ""}], []),
        ([{"letter": "a", "text": "Tolv år"}, {"letter": "b", "text": "To år"}], ["a"]),
        ([{"letter": "a", "text": "Ti år", "until": "2027-01-01"}, {"letter": "b", "text": "To år"}], ["a"]),
        ([{"letter": "b", "text": "Et år"}, {"text": "Nyt"}], ["b", "c", "a"]),
        ([], ["a", "b"]),
    ],
)
def test_the_letters_of_rows_that_are_changed_new_or_gone(rows: list[dict[str, Any]], letters: list[str]) -> None:
    assert filled({"rows": rows}, heard=HEARD)["changed"] == letters


@pytest.mark.parametrize("heard", [None, []])
def test_with_nothing_to_compare_with_nothing_is_said(heard: Any) -> None:
    assert "changed" not in filled({"rows": HEARD}, heard=heard)
    assert "changed" not in filled({}, heard=HEARD)


def test_what_is_sent_in_its_place_counts_for_nothing() -> None:
    sent = {"rows": HEARD, "changed": ["z"], "said": "Alt er fint"}
    assert filled(sent, heard=HEARD, remark={"text": "Ti år er for længe."}) == {
        "rows": HEARD, "changed": [], "said": "Ti år er for længe.",
    }  # fmt: skip
    assert "said" not in filled(sent), "nor where nothing is known"


@pytest.mark.parametrize(
    "field",
    [
        {"readOnly": True, "x-differs": {"rows": "said", "since": "heard"}},
        {"readOnly": True, "x-differs": {"rows": "rows"}},
        {"readOnly": True, "x-differs": "rows"},
        {"x-differs": {"rows": "rows", "since": "heard"}},
    ],
)
def test_what_compares_names_a_list_with_letters_and_a_variable(field: dict[str, Any]) -> None:
    with pytest.raises(FormRefused, match="names a list of lettered rows and a variable"):
        read({"type": "object", "properties": {**SCHEMA["properties"], "changed": field}})  # type: ignore[dict-item]  # a field of any form


def test_a_message_names_what_stands_under_a_name_in_any_language() -> None:
    checks = [{"that": "false", "field": "/rows", "message": "Krav {{ changed }} af {{ rows.letter }}: {{ unknown }}."}]
    (condition,) = read({**SCHEMA, "x-checks": checks}).conditions
    named = condition.named({"changed": ["a", "b"], "rows": HEARD})
    assert told(condition.message, named) == "Krav a, b af a, b: –."
    assert told("Requirement {{ changed }}.", named, " and ".join) == "Requirement a and b."
