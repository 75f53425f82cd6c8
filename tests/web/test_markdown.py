"""Instructions come from outside: they are CommonMark, and nothing in them runs or reaches out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.web.markdown import TAGS, markdown


def test_what_people_write_is_shown_as_they_meant_it(danish):
    assert str(markdown("**Vigtigt**\n\n- et\n- to")) == (
        "<p><strong>Vigtigt</strong></p>\n<ul>\n<li>et</li>\n<li>to</li>\n</ul>\n"
    )
    assert "21. april 2026" in markdown("senest 2026\\-04\\-21")
    assert "2026-13-45" in markdown("senest 2026-13-45")
    assert "/a/2026-04-21/b" in markdown("/a/2026-04-21/b")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[her](javascript:alert(1))",
        "[her](data:text/html,x)",
        "![billede](https://example.org/x.png)",
        '<a href="https://example.org" onclick="x()">her</a>',
        "<style>p { display: none }</style>",
    ],
)
def test_nothing_runs_and_nothing_is_fetched(text):
    shown = str(markdown(text))
    assert not [
        sign for sign in ("<script", "<img", "<style", 'href="javascript', 'href="data', "<a onclick") if sign in shown
    ]


@given(st.text(alphabet=st.sampled_from("<>ab/\"'=:[]()!*_`#-\n &;\\"), max_size=120))
def test_only_known_tags_come_out(text):
    shown = str(markdown(text))
    opened = {part.split(">")[0].split()[0].strip("/") for part in shown.split("<")[1:] if part.split(">")[0].split()}
    assert opened <= TAGS
