"""The keywords of ours: conditions on several answers, lists of the workspace, letters, and what a case is told by."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service import forms
from service.domain.errors import FormRefused
from service.forms.lettering import ALPHABET


def form(schema: dict[str, Any]) -> forms.Form:
    return forms.read("x.schema.json", json.dumps(schema).encode())


def field(**words: Any) -> dict[str, Any]:
    return {"properties": {"a": {"type": "string", **words}}}


CONDITION = {"that": "a > 1", "field": "/a", "message": "Skriv mere end 1."}


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ({"x-checks": CONDITION}, "x-checks is a list of at most 40 objects"),
        ({"x-checks": [CONDITION] * 41}, "x-checks is a list of at most 40 objects"),
        ({"x-checks": [{"that": "a > 1", "field": "/a"}]}, "the texts that, field and message"),
        ({"x-checks": [CONDITION | {"field": "a"}]}, "the texts that, field and message"),
        ({"x-checks": [CONDITION | {"message": ""}]}, "the texts that, field and message"),
        (field(**{"x-choices": ["targets"]}), "x-choices is the name of a list"),
        (field(**{"x-choices": ""}), "x-choices is the name of a list"),
        (field(**{"x-lettered": "a"}), "x-lettered is true or false"),
        (field(**{"x-names-case": True}), 'x-names-case is true for one field, which says "x-sealed": false'),
        (field(**{"x-names-case": "yes", "x-sealed": False}), "x-names-case is true for one field"),
        (
            field(**{"x-again": True}),
            "x-again is true, or names fields of other processes, for one text, beside a field that says x-names-case",
        ),
    ],
)
def test_a_keyword_that_says_what_it_cannot_is_refused(schema, reason):
    with pytest.raises(FormRefused, match="cannot be used") as refused:
        form(schema)
    assert reason in str(refused.value)


def test_conditions_keep_their_order_and_are_named_by_their_place():
    found = form({"x-checks": [CONDITION, CONDITION | {"field": "/b"}]}).conditions
    assert [(it.rule, it.field, it.that, it.message) for it in found] == [
        ("/x-checks/0", "/a", "a > 1", "Skriv mere end 1."),
        ("/x-checks/1", "/b", "a > 1", "Skriv mere end 1."),
    ]


def test_a_condition_on_rows_is_asked_of_each_of_them():
    (found,) = form({"x-checks": [CONDITION | {"field": "/rows/*/a"}]}).conditions
    assert list(found.asked({"rows": [{"a": 1}, {"a": 2}]})) == [
        ("/rows/0/a", {"one": {"a": 1}}),
        ("/rows/1/a", {"one": {"a": 2}}),
    ]
    assert list(found.asked({})) == []
    with pytest.raises(FormRefused):
        form({"x-checks": [CONDITION | {"field": "/rows/*/a/*/b"}]})


def test_what_must_be_on_a_list_is_found_in_rows_in_references_and_behind_conditions():
    chosen = {"type": "string", "x-choices": "targets.in_force"}
    schema = {
        "properties": {"one": chosen, "free": {"type": "string"}, "rows": {"items": {"$ref": "#/$defs/row"}}},
        "$defs": {"row": {"properties": {"who": {"type": "string", "x-choices": "organisations"}}}},
        "if": {"properties": {"one": {"const": "7"}}},
        "then": {"properties": {"many": {"items": chosen}}},
    }
    answers = {"one": "7", "free": "x", "rows": [{"who": "a"}, {}, {"who": 3}], "many": ["8"]}
    found = [(place.pointer, place.value, name) for place, name in form(schema).chosen(answers)]
    assert sorted(found) == [
        ("/many/0", "8", "targets.in_force"),
        ("/one", "7", "targets.in_force"),
        ("/rows/0/who", "a", "organisations"),
    ]
    assert form(schema).lists == {"targets.in_force", "organisations"}


LETTERED = form({"properties": {"rows": {"items": {"properties": {"letter": {"type": "string", "x-lettered": True}}}}}})


def letters(*given: str | None) -> list[str]:
    rows = [{} if it is None else {"letter": it} for it in given]
    return [row["letter"] for row in LETTERED.filled({"rows": rows})["rows"]]


@pytest.mark.parametrize(
    ("written", "got"),
    [
        ((None, None, None), ["a", "b", "c"]),
        (("a", "", "b"), ["a", "c", "b"]),
        (("d", None), ["d", "e"]),
        (("z", None, None, None, None), ["z", "æ", "ø", "å", "aa"]),
        (("a", "a"), ["a", "a"]),
        (("A1", None), ["A1", "a"]),
    ],
)
def test_a_row_without_a_letter_gets_the_next_one_and_the_others_keep_theirs(written, got):
    assert letters(*written) == got


@given(st.lists(st.one_of(st.none(), st.sampled_from(ALPHABET)), max_size=40))
def test_letters_that_are_given_are_never_two_of_a_kind(written):
    own = [it for it in written if it]
    got = letters(*written)
    new = [letter for letter, before in zip(got, written, strict=True) if not before]
    assert len(set(new)) == len(new)
    assert not set(new) & set(own)


def test_the_answers_that_were_sent_stay_as_they_are():
    sent: dict[str, Any] = {"rows": [{}]}
    assert LETTERED.filled(sent) == {"rows": [{"letter": "a"}]}
    assert sent == {"rows": [{}]}


def test_a_case_is_told_by_the_answer_that_the_form_says():
    named = form(field(**{"x-names-case": True, "x-sealed": False}))
    assert named.names_case({"a": "E1"}) == "E1"
    assert named.names_case({"a": ""}) is None
    assert form(field()).names_case({"a": "E1"}) is None
