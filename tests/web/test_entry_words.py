"""Words for what entries of a journal tell of."""

from service.domain.kinds import KINDS
from service.web.entry_words import entries, entry
from service.web.i18n import LANGUAGES, speaking


def test_every_kind_of_entry_has_words_in_every_language():
    for language in LANGUAGES:
        with speaking(language, "Europe/Copenhagen"):
            assert entries().keys() == {kind for kind, _ in KINDS}
            assert [kind for kind in entries() if entry(kind) == kind] == []
            assert entry("of.another_version") == "of.another_version"
