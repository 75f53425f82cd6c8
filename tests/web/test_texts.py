"""The catalogues say everything that the interface says, in Danish and Norwegian; English is the key itself."""

import re

import pytest

from service.web import i18n
from tests.web.texts import OTHERS, kept, said

COMPONENTS = ("due.py", "fields/", "templates/components/", "templates/layouts/")


def texts(text):
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_holds_every_text_and_no_other(language):
    wanted = {(entry.context, entry.id) for entry in said() if entry.id}
    held = {(entry.context, entry.id) for entry in kept(language) if entry.id}
    assert held - wanted == set()
    assert wanted - held == set(), "`python3 -m tests.web.texts` adds what is missing, to be translated"


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_with_the_same_places_to_fill(language):
    for entry in kept(language):
        if not entry.id:
            continue
        assert not entry.fuzzy, entry.id
        assert all(texts(entry.string)), f"{entry.id} is not translated"
        places = set(re.findall(r"%\((\w+)\)s", " ".join(texts(entry.id))))
        for translation in texts(entry.string):
            assert set(re.findall(r"%\((\w+)\)s", translation)) <= places, entry.id
            assert not re.search(r"%(?![(%])", translation), entry.id


@pytest.mark.parametrize(("language", "quotes"), [("da", "»«"), ("nb", "«»")])
def test_quotation_marks_are_those_of_the_language(language, quotes):
    for entry in kept(language):
        for translation in texts(entry.string):
            assert not set(translation) & set('“”"'), translation
            assert [mark for mark in translation if mark in "»«"] == list(quotes) * (translation.count(quotes[0])), (
                entry
            )


@pytest.mark.parametrize(("language", "word"), [("da", "Overskredet"), ("nb", "Over fristen"), ("en", "Overdue")])
def test_a_text_is_said_in_the_language_that_is_spoken(language, word):
    with i18n.speaking(language):
        assert i18n.gettext("Overdue") == word
    assert i18n.gettext("Overdue") == "Overdue"


@pytest.mark.parametrize("language", OTHERS)
def test_nobody_is_told_of_engines(language):
    """No engine words outside the editor."""
    ours = {entry.id for entry in said() if all(file.startswith(COMPONENTS) for file, _ in entry.locations)}
    for entry in kept(language):
        for text in [*texts(entry.id), *texts(entry.string)] if entry.id in ours else ():
            assert not re.search(r"\b(token|instan[cs]|gateway|engine|workflow)", text, re.IGNORECASE), text
