"""What a form reads anew (`x-now`), and what it says of another case (`x-beside`) or shows together (`with`)."""

from typing import Any

import pytest

from service.domain.errors import FormRefused
from service.forms import rereading, resting
from tests.forms.test_reading import read

NOW = {"x-now": {"base": {"targets.read": "target"}}}


@pytest.mark.parametrize(
    "keywords",
    [
        {"x-now": ["base"]},
        {"x-now": {"base": "target"}},
        {"x-now": {"base": {}}},
        {"x-now": {"base": {"targets.read": "target", "targets.more": "target"}}},
        {"x-now": {"base": {"targets.read": ""}}},
        {"x-beside": ""},
        {"x-beside": {"name": "base.made_in"}},
        {"x-beside": {"name": "base.made_in", "label": "Se:", "more": "x"}},
        {"x-beside": {"name": "base.made_in", "label": "Se:", "otherwise": ""}},
        {"x-shows": [{"name": "changes", "with": ["changed"]}]},
    ],
)
def test_a_form_that_says_what_it_cannot_say_is_refused(keywords: dict[str, Any]) -> None:
    with pytest.raises(FormRefused):
        read({"type": "object", **keywords})


def test_a_variable_is_read_anew_about_what_another_names_and_keeps_what_the_reading_does_not_give() -> None:
    read({"type": "object", **NOW})
    asked = []

    def reading(name: str, about: Any) -> dict[str, Any]:
        asked.append((name, about))
        return {"making": True}

    known = {"target": "E1", "base": {"making": False, "version": 1}}
    assert rereading.anew(NOW, known, reading)["base"] == {"making": True, "version": 1}
    assert asked == [("targets.read", "E1")]
    assert rereading.anew(NOW, {}, reading)["base"] == {"making": True}, "the case need not hold it"


def test_the_words_beside_another_case_are_found_where_the_translations_look() -> None:
    form = {"x-beside": {"name": "base.made_in", "label": "Se:", "otherwise": "Ingen."}}
    beside = resting.other_case(form)
    assert beside == resting.Beside("base.made_in", "Se:", "Ingen.")
    assert beside.place("label") == "/x-beside/label"
    assert resting.other_case({"x-beside": "base.made_in"}) == resting.Beside("base.made_in", None, None)
