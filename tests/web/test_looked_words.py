"""What somebody looked at is told in words: of every page and answer that leaves an entry when a closed case is read."""

import pytest

from service.commands import access
from service.identity.reads import NAMES
from service.web import i18n
from service.web.looked_words import looked, page
from tests.app.house import House
from tests.app.visiting import visiting
from tests.commands.test_disclosures import decided
from tests.web.reading import seen


@pytest.mark.parametrize("language", sorted(i18n.LANGUAGES))
def test_every_page_that_is_kept_has_a_name(sqlite_house: House, language: str):
    rules = sqlite_house.app.url_map.iter_rules()
    kept = {rule.endpoint for rule in rules if "GET" in (rule.methods or ()) and rule.arguments & set(NAMES)}
    assert len(kept) > 10
    with sqlite_house.app.test_request_context(), i18n.speaking(language, "UTC"):
        said = {name: page(name) for name in kept}
        assert {name for name, words in said.items() if words == name} == set()
        assert looked("case.read", "gone.page") == "gone.page", "of an older version"
        others = {looked(kind, None) for kind in ("held.searched", "person.exported")}
        assert not others & {"held.searched", "person.exported"}


def test_who_closed_a_case_sees_in_words_what_was_read(sqlite_house: House):
    house = sqlite_house
    case = decided(house, house.person("chair", "pogi.chair", "pogi.sec"))
    access.close_off(house.operator(), case, "dk-ofl-30", ["pogi.sec"], "Tenders are in it.")
    ada = visiting(house, "ada", "auditor")
    ada.get(f"/pogi/cases/{case}/timeline")
    text = ada.get(f"/pogi/cases/{case}/access").text
    assert "Sagen trin for trin" in seen(text)
    assert "timeline.timeline" not in text
