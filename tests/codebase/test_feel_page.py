"""The page that says what FEEL can do here."""

from service.engine.feel.builtins import BUILTINS
from tests.engine.feel.page import FAMILIES, PAGE, page


def test_the_page_of_the_language_is_current():
    assert PAGE.read_text() == page(), "write it with: python -m tests.engine.feel.page > docs/reference/feel.md"


def test_every_function_is_on_the_page():
    assert {way.function for family in FAMILIES.values() for way in family.TABLE} == set(BUILTINS)
