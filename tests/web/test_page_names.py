"""Whoever looks at who has read a case reads what pages are called, and never the name of a route."""

from service.identity.reads import NAMES as LEADING
from service.web.page_names import NAMES
from tests.app.house import House


def test_every_page_that_leads_into_a_case_has_a_name(one_house: House):
    rules = one_house.app.url_map.iter_rules()
    leading = {it.endpoint for it in rules if "GET" in (it.methods or ()) and it.arguments & set(LEADING)}
    assert leading == set(NAMES)
