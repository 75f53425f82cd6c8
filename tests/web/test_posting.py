"""What a browser sends back becomes answers, and nothing that was typed is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from service import forms
from service.domain.errors import AnswersRefused
from service.web import fields, i18n
from service.web.fields import Sheet
from service.web.gallery.sheet import CONTENT, DATA, FILLED, WRONG, sheet
from tests.web.sending import Form


def sent(schema, *pairs, ui=None, **more):
    form = Sheet({"type": "object", "properties": {"a": schema}, **more.pop("form", {})}, {"a": ui or {}})
    return fields.read(form, MultiDict(pairs), **more)


READ = [
    ({"type": "string"}, "  et ord ", "et ord"),
    ({"type": "string", "maxLength": 900}, "to\r\nlinjer ", "to\nlinjer "),
    ({"type": "string", "format": "date"}, "2026-05-12", "2026-05-12"),
    ({"type": "string", "format": "date"}, "12.5.2026", "2026-05-12"),
    ({"type": "string", "format": "date"}, "32.5.2026", "32.5.2026"),
    ({"type": "string", "format": "date-time"}, "2026-05-12T15:00", "2026-05-12T15:00:00+02:00"),
    ({"type": "string", "format": "date-time"}, "i morgen", "i morgen"),
    ({"type": "integer"}, "1.200", 1200),
    ({"type": "integer"}, "cirka tolv", "cirka tolv"),
    ({"type": "number"}, "12,5", 12.5),
    ({"type": "boolean"}, "true", True),
    ({"type": "boolean", "title": "x"}, "false", True),
    ({"enum": [1, 2]}, "2", 2),
    ({"enum": ["x"]}, "gone", "gone"),
]


@pytest.mark.parametrize(("schema", "text", "answer"), READ, ids=[f"{text}: {schema}" for schema, text, _ in READ])
def test_a_text_is_read_as_its_field_asks(danish, schema, text, answer):
    assert sent(schema, ("/a", text)).answers == {"a": answer}


@pytest.mark.parametrize(
    "schema", [{"type": "string"}, {"type": "number"}, {"enum": ["x"]}, {"type": "array", "items": {}}]
)
@pytest.mark.parametrize("text", ["", "  ", "\r\n"])
def test_what_is_left_empty_is_no_answer(schema, text):
    assert sent(schema, ("/a", text)).answers == {}


def test_a_box_that_is_not_ticked_is_no():
    assert sent({"type": "boolean"}).answers == {"a": False}
    assert sent({"type": "boolean"}, ui={"ui:widget": "radio"}).answers == {}
    assert sent({"type": "boolean"}, ("/a", "false"), ui={"ui:widget": "radio"}).answers == {"a": False}
    assert sent({"type": "array", "items": {"enum": ["x"]}}).answers == {"a": []}


def test_what_is_only_shown_cannot_be_changed_by_sending_it():
    fixed = {"type": "string", "readOnly": True}
    assert sent(fixed, ("/a", "new"), given={"a": "old"}).answers == {"a": "old"}
    assert sent({"const": "x"}, ("/a", "y")).answers == {"a": "x"}


def test_a_field_that_the_form_does_not_have_is_not_read():
    assert sent({"type": "string"}, ("/b", "x"), ("typename", "x")).answers == {}


LIST = {"type": "array", "items": {"type": "object", "properties": {"b": {"type": "string"}}, "required": ["b"]}}


def test_rows_keep_their_order_and_empty_ones_fall_away():
    rows = sent(LIST, ("/a/10/b", "third"), ("/a/2/b", "second"), ("/a/0/b", "first"), ("/a/1/b", " "))
    assert rows.answers == {"a": [{"b": "first"}, {"b": "second"}, {"b": "third"}]}


def test_a_list_that_must_be_there_is_empty_where_no_row_was_filled():
    assert sent(LIST, ("/a/0/b", " ")).answers == {}
    assert sent(LIST, ("/a/0/b", " "), form={"required": ["a"]}).answers == {"a": []}
    assert sent({**LIST, "minItems": 1}, form={"required": ["a"]}).answers == {}


def test_a_row_is_added_behind_the_others_and_takes_the_cursor():
    posted = sent(LIST, ("/a/0/b", "first"), ("/a/1/b", ""), ("row", "add /a"))
    assert posted == fields.Posted({"a": [{"b": "first"}, {}, {}]}, row_moved=True, focus="/a/2")
    drawn = fields.draw(Sheet({"properties": {"a": LIST}}), posted.answers, focus=posted.focus).fields[0]
    assert [row.fields[0].autofocus for row in drawn.rows] == [False, False, True]


def test_a_row_is_taken_away():
    posted = sent(LIST, ("/a/0/b", "first"), ("/a/1/b", "second"), ("row", "remove /a/0"))
    assert posted == fields.Posted({"a": [{"b": "second"}]}, row_moved=True, focus="/a")


@pytest.mark.parametrize(
    "move", ["add /b", "add /", "remove /a/7", "remove /", "add /a/0/b", "add /a/x", "remove /b/0"]
)
def test_moving_a_row_that_there_is_none_of_changes_nothing(move):
    assert sent(LIST, ("/a/0/b", "first"), ("row", move)).answers == {"a": [{"b": "first"}]}


def test_lists_stand_inside_lists():
    inner = {"type": "array", "items": {"type": "string"}}
    schema = {"type": "array", "items": {"type": "object", "properties": {"b": inner}}}
    posted = sent(schema, ("/a/0/b/0", "x"), ("row", "add /a/0/b"))
    assert posted.answers == {"a": [{"b": ["x", ""]}]}


# --- there and back --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answers", [FILLED, WRONG], ids=["right", "wrong"])
def test_what_was_answered_comes_back_as_it_was(pages, spoken, answers):
    with pages.test_request_context(headers={"Accept-Language": spoken}):
        drawn = fields.draw(sheet(), answers, data=DATA)
        template = pages.jinja_env.from_string(
            "{% from 'components/field.html' import fields, form %}{% call form() %}{{ fields(drawn) }}{% endcall %}"
        )
        page = template.render(drawn=drawn.fields)
    assert fields.read(sheet(), Form(page).sent, answers, DATA).answers == answers


def test_the_right_answers_are_right_and_the_wrong_ones_are_told_one_by_one(spoken):
    form = forms.read("gallery", CONTENT)
    form.validate(FILLED)
    with pytest.raises(AnswersRefused) as refused:
        form.validate(WRONG)
    drawn = fields.draw(sheet(), WRONG, refused.value.faults, data=DATA)
    assert len(drawn.problems) == 11
    assert all(problem.target for problem in drawn.problems)


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@given(st.dictionaries(st.sampled_from(["/a", "/a/0", "/a/0/b", "/a/x", "row", "/b", ""]), st.lists(TEXT, max_size=3)))
def test_whatever_is_sent_can_be_read_and_drawn_again(posted):
    form = Sheet({"properties": {"a": LIST, "b": {"type": "number"}}})
    pairs = [(name, text) for name, texts in posted.items() for text in texts]
    with i18n.speaking("da"):
        read = fields.read(form, MultiDict(pairs))
        fields.draw(form, read.answers, focus=read.focus)


@given(TEXT.filter(str.strip))
def test_any_text_in_any_field_is_still_there(text):
    schema = {"properties": {name: {"type": kind} for name, kind in (("a", "number"), ("b", "string"))}}
    schema["properties"]["c"] = {"type": "string", "format": "date"}
    with i18n.speaking("en"):
        posted = fields.read(Sheet(schema), MultiDict([("/a", text), ("/b", text), ("/c", text)]))
        again = {field.name: field.value for field in fields.draw(Sheet(schema), posted.answers).fields}
    assert again["/b"] == text.strip()
    assert again["/a"] == text.strip() or isinstance(posted.answers["a"], int | float)
    assert again["/c"] == text.strip() or again["/c"] == posted.answers["c"]
