"""The list of erasures as a file."""

import pytest

from service.domain.erasures import ErasureListUnreadable, Listed, Wanted, read, written

ONE = Listed("pogi", "e1", "2026-01-05T08:00:00.000000Z", "retention", Wanted(("a", "b"), ("d",), ("p",)), "anne", "bo")
TWO = Listed("lillestrom", "e2", "2026-01-04T08:00:00.000000Z", "gdpr-17-1-a", Wanted(("c",)), "anne", "bo")


def test_what_is_written_is_read_again_oldest_first():
    assert read(written([ONE, TWO])) == [TWO, ONE]
    assert read(written([])) == []


def test_a_list_that_is_not_what_was_written_is_refused():
    whole = written([ONE, TWO])
    cut = "".join(line + "\n" for line in whole.splitlines()[:-1])
    for text, sentence in (
        (whole.replace("pogi", "p0gi"), "not whole, or was changed"),
        (cut, "not whole, or was changed"),
        (whole.replace('"form": 1', '"form": 2'), "newer version"),
        (whole.replace("mandat", "something"), "does not begin like one"),
        ("", "cannot be read"),
        ("{}", "does not begin like one"),
        (whole.replace("{", "[", 1), "cannot be read"),
        ("null\nnull\n", "does not begin like one"),
    ):
        with pytest.raises(ErasureListUnreadable, match=sentence):
            read(text)
