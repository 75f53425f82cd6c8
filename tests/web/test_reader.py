"""In which language a reader is spoken to."""

import pytest
from flask import Flask

from service.commands import mailboxes
from service.queries.workspaces import Home
from service.web import components, i18n, reader
from tests.app.browsing import browser
from tests.app.house import House
from tests.app.visiting import visiting
from tests.web.reading import seen


@pytest.fixture
def client():
    app = Flask("reader")
    components.install(app)
    app.add_url_rule("/", "plain", i18n.language)

    def home(own: str | None = None):
        reader.at_home(Home("Lillestrøm", "nb", "Europe/Oslo", (), {}, own))
        return f"{i18n.language()} {i18n.speech().zone}"

    app.add_url_rule("/lillestrom/", "home", home)
    app.add_url_rule("/lillestrom/<own>", "hers", home)
    return app.test_client()


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("da-DK,da;q=0.9,en;q=0.5", "da"),
        ("nb-NO", "nb"),
        ("no", "nb"),
        ("nn-NO,nn;q=0.9", "nb"),
        ("en-US", "en"),
        ("fr-FR,en;q=0.5", "en"),
        ("ja", "da"),
        ("de-DE,de;q=0.9", "da"),
        ("*", "da"),
        ("en;q=0,nb;q=0.1", "nb"),
        ("", "da"),
    ],
)
def test_the_browser_is_asked_first(client, asked, spoken):
    assert client.get("/", headers={"Accept-Language": asked}).text == spoken


@pytest.mark.parametrize(
    ("asked", "spoken"), [("en", "en"), ("da,nb;q=0.9", "da"), ("de", "nb"), ("*", "nb"), ("", "nb")]
)
def test_a_workspace_speaks_its_own_language_to_who_asks_for_none_of_ours(client, asked, spoken):
    assert client.get("/lillestrom/", headers={"Accept-Language": asked}).text == f"{spoken} Europe/Oslo"


def test_what_she_has_set_for_herself_comes_before_her_browser(client):
    assert client.get("/lillestrom/da", headers={"Accept-Language": "en"}).text == "da Europe/Oslo"


def test_whoever_keeps_a_page_knows_of_what_it_depends(client):
    assert {it.strip() for it in client.get("/").headers["Vary"].split(",")} >= {"Accept-Language", "Cookie"}


def test_the_language_that_was_chosen_outweighs_both(client):
    chosen = client.post("/language", data={"language": "en", "back": "/lillestrom/"})
    assert (chosen.status_code, chosen.headers["Location"]) == (303, "/lillestrom/")
    assert client.get("/", headers={"Accept-Language": "da"}).text == "en"
    assert client.get("/lillestrom/").text == "en Europe/Oslo"


@pytest.mark.parametrize(
    "back", ["https://example.org/", "//example.org/", "/\\example.org", "/\t/example.org", "example.org", ""]
)
def test_choosing_a_language_leads_nowhere_else(client, back):
    assert client.post("/language", data={"language": "da", "back": back}).headers["Location"] == "/"


def test_a_language_that_there_is_none_of_is_not_kept(client):
    assert "Set-Cookie" not in client.post("/language", data={"language": "tlh"}).headers


def test_one_reader_s_language_is_not_the_next_one_s(client):
    client.get("/", headers={"Accept-Language": "nb"})
    assert i18n.language() == "en"


@pytest.mark.parametrize(("asked", "spoken"), [("de", "nb"), ("en", "en"), ("nb", "nb"), ("da", "da"), ("", "nb")])
@pytest.mark.parametrize(
    "path",
    [
        "/lillestrom/",
        "/lillestrom/nowhere",
        "/lillestrom/cases/00000000-0000-7000-8000-000000000000",
        "/sign-in?next=/lillestrom/inbox",
        "/sign-in?next=/lillestrom/nowhere",
    ],
)
def test_every_page_of_a_workspace_and_before_it_goes_by_the_same_rule(
    one_house: House, path: str, asked: str, spoken: str
):
    page = browser(one_house).get(path, headers={"Accept-Language": asked}, follow_redirects=True)
    assert f'<html lang="{spoken}"' in page.text


@pytest.mark.parametrize(("asked", "spoken"), [("de", "da"), ("en", "en"), ("", "da")])
@pytest.mark.parametrize("path", ["/pogi/maal", "/pogi/nowhere", "/"])
def test_what_anybody_may_read_goes_by_it_too(one_house: House, path: str, asked: str, spoken: str):
    page = browser(one_house).get(path, headers={"Accept-Language": asked})
    assert f'<html lang="{spoken}"' in page.text


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ("da", "Dit sprog er gemt. Uden en mailadresse får du ingen mail."),
        ("nb", "Språket ditt er lagret. Uten en e-postadresse får du ingen e-post."),
        ("en", "Your language is kept. Without a mail address you get no mail."),
    ],
)
def test_her_language_is_hers_without_a_mail_address_and_when_the_address_is_taken_away(
    house: House, chosen: str, said: str
):
    anne, asked = visiting(house, "anne", "pogi.sec"), {"Accept-Language": "nb" if chosen == "en" else "en"}
    for address in ("", "anne@example.org", ""):
        anne.post("/pogi/me", {"address": address, "wish": "daily", "language": chosen})
        page = anne.get("/pogi/me?kept=1", headers=asked).text
        assert f'<html lang="{chosen}"' in page
        assert f'<option value="{chosen}" lang="{chosen}" selected>' in page
        assert (said in seen(page)) is (address == "")
        assert f'<html lang="{chosen}"' in anne.get("/pogi/inbox", headers=asked).text
        assert '<html lang="nb"' in anne.get("/lillestrom/nowhere", headers={"Accept-Language": "nb"}).text


def test_who_gives_an_address_for_another_leaves_her_the_language_of_her_browser(house: House):
    anne = visiting(house, "anne", "pogi.sec")
    mailboxes.choose(house.operator(), "anne@example.org", account="anne")
    assert '<html lang="nb"' in anne.get("/pogi/inbox", headers={"Accept-Language": "nb"}).text
    mailboxes.choose(house.operator(), "anne@example.org", language="en", account="anne")
    assert '<html lang="en"' in anne.get("/pogi/inbox", headers={"Accept-Language": "nb"}).text


def test_the_language_of_her_mail_is_hers_on_every_page_until_she_chooses_another(one_house: House):
    anne = visiting(one_house, "tongue", "pogi.sec")
    asked = {"Accept-Language": "da"}
    sent = {"csrf_token": anne.token("/pogi/inbox"), "address": "tongue@example.org", "wish": "daily", "language": "en"}
    assert anne.post("/pogi/me", sent).status_code in (200, 303)
    for path in ("/pogi/inbox", "/pogi/nowhere", "/pogi/cases/00000000-0000-7000-8000-000000000000"):
        assert '<html lang="en"' in anne.get(path, headers=asked).text
    anne.client.set_cookie("mandat_language", "nb")
    assert '<html lang="nb"' in anne.get("/pogi/inbox", headers=asked).text
