"""How much room text takes."""

from hypothesis import given
from hypothesis import strategies as st

from service.engine.layout.text import LABEL_SIZE, block_size, label_room, label_size, lines_of, text_width, widened

words = st.text(st.sampled_from("abcæøå ilW-."), min_size=1, max_size=60)


@given(text=words, width=st.integers(20, 200))
def test_every_line_fits_and_no_letter_is_lost(text, width):
    lines = lines_of(text, width, LABEL_SIZE)
    assert all(text_width(line.rstrip(), LABEL_SIZE) <= width or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_label_is_wrapped_between_words_and_grows_with_a_long_one():
    assert lines_of("Frist for udkast", 60, LABEL_SIZE) == ["Frist for ", "udkast"]
    assert label_size("Nej") < (40, 20)
    assert 90 < label_size("Beslutningsdygtighed")[0] <= 140
    assert label_size("Første linje\nAnden")[1] == 2 * label_size("Nej")[1] - 1


def test_a_label_has_room_for_its_name_in_every_language():
    assert label_room(["Nej"]) == label_size("Nej")
    assert label_room(["Nej", "Beslutningsdygtighed"])[0] > 90
    assert label_room(["Nej", "the group needs new members"]) == widened("the group needs new members", 0)
    assert widened("No", 60) == (60, 14), "a shorter name takes no more room than was drawn"


def test_letters_that_nobody_measured_count_as_wide():
    assert text_width("漢", 10) > text_width("m", 10) > text_width("é", 10) == text_width("e", 10)


def test_a_block_is_as_high_as_its_lines():
    assert block_size("a b c", 12, 10)[1] == 36
