"""How long a case is kept."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from service.domain import retention, settings

KEYS = retention.keys()
VALUES = {key: it.default for key, it in settings.known("pogi").items() if key in KEYS}


def test_a_bundle_names_its_class_and_one_that_names_none_is_of_the_default():
    ended = date(2026, 3, 1)
    assert retention.term("short", ended, VALUES) == retention.Term("short", 5, "erase", date(2031, 3, 1))
    for other in (None, "unheard of"):
        assert retention.term(other, ended, VALUES) == retention.Term("decision", 25, "hand-over", date(2051, 3, 1))


def test_what_is_kept_for_ever_or_not_over_is_never_due():
    kept = VALUES | {"retention.ordinary.then": "keep"}
    assert retention.term("ordinary", date(2026, 3, 1), kept).until is None
    assert not retention.term("ordinary", None, VALUES).is_due(date.max)


@given(st.dates(), st.integers(0, 12_000))
def test_a_term_ends_on_the_same_day_of_a_later_year_and_not_before(ended: date, years: int):
    found = retention.term("short", ended, VALUES | {"retention.short.years": years}).until
    if found is None:
        assert ended.year + years > date.max.year
    else:
        assert found.year == ended.year + years
        assert (found.month, found.day) in {(ended.month, ended.day), (3, 1)}
        assert found >= ended
