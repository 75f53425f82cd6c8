"""Answers that are offered only at times (`x-only`), as a form may say them."""

from typing import Any

import pytest

from service.domain.errors import FormRefused
from service.forms import offering
from tests.forms.test_reading import read

WAY = {"oneOf": [{"const": "meeting"}, {"const": "written", "x-only": "allowed"}, {"const": "later"}]}
FORM = {"type": "object", "properties": {"way": WAY, "why": {"type": "string"}}}


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"way": {"oneOf": [{"const": "a", "x-only": 1}]}}},
        {"properties": {"way": {"oneOf": [{"const": "a", "x-only": ""}]}}},
        {"properties": {"way": {"oneOf": [{"type": "string", "x-only": "b"}]}}},
        {"properties": {"way": {"type": "string", "x-only": "b"}}},
        {"properties": {"rows": {"items": {"properties": {"way": WAY}}}}},
        {"allOf": [{"properties": {"way": WAY}}]},
    ],
)
def test_the_keyword_stands_beside_a_choice_of_the_form_itself(schema: dict[str, Any]) -> None:
    with pytest.raises(FormRefused):
        read({"type": "object", **schema})


def test_what_is_not_offered_keeps_its_place_so_that_the_texts_fit() -> None:
    read(FORM)
    (written,) = offering.choices(FORM)
    assert (written.field, written.answer, written.that) == ("way", "written", "allowed")
    left = offering.without(FORM, [written])["properties"]["way"]["oneOf"]
    assert [(it["const"], offering.offers(it)) for it in left] == [
        ("meeting", True),
        ("written", False),
        ("later", True),
    ]
    assert offering.without(FORM, []) is FORM
