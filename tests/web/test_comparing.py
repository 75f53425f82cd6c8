"""What differs between two texts, for a reader: nothing is lost, and only what differs is marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.web.answers import Answer
from service.web.comparing import Run, differences, runs
from service.web.fields import Words

TEXT = st.text(st.sampled_from("ab 1.\n"), max_size=60)


@given(TEXT, TEXT)
def test_both_texts_are_there_whole_and_what_is_not_marked_is_in_both(before, now):
    was, stands = runs(before, now)
    assert "".join(it.text for it in was) == before
    assert "".join(it.text for it in stands) == now
    same = ["".join(it.text for it in found if not it.differs) for found in (was, stands)]
    assert same[0] == same[1]
    assert any(it.differs for it in (*was, *stands)) is (before != now)


@pytest.mark.parametrize(
    ("before", "now", "gone", "new"),
    [
        ("Tøjet tåler 40 vask.", "Tøjet tåler 4 vask.", ["40"], ["4"]),
        ("Tøjet tåler vask.", "Tøjet tåler ikke vask.", [], ["ikke "]),
        ("a b c d", "x b c y", ["a", "d"], ["x", "y"]),
        ("", "Nyt.", [], ["Nyt."]),
    ],
)
def test_the_words_that_differ_are_marked(before, now, gone, new):
    was, stands = runs(before, now)
    assert [it.text for it in was if it.differs] == gone
    assert [it.text for it in stands if it.differs] == new


def test_long_texts_that_have_nothing_in_common_are_marked_whole():
    before, now = "a b " * 2_000 + "end", "b a " * 2_000 + "end"
    assert runs(before, now)[0][-1] == Run(" end", differs=False)
    assert len(runs(before, now)[0]) == 2


def row(**parts: str) -> Answer:
    return Answer(Words("1"), parts=tuple(Answer(Words(name), Words(text)) for name, text in parts.items()))


def test_rows_are_known_by_their_letters():
    before = {"a": row(Art="Krav", Tekst="Et."), "b": row(Tekst="To.")}
    now = {"b": row(Tekst="To."), "c": row(Tekst="Tre."), "a": row(Art="Anbefaling", Tekst="Et.")}
    told = [
        (it.what, "".join(r.text for r in it.before), "".join(r.text for r in it.now))
        for it in differences(before, now)
    ]
    assert told == [("c) Tekst", "", "Tre."), ("a) Art", "Krav", "Anbefaling")]
    assert list(differences(before, before)) == []
