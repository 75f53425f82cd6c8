"""In which language a reader is spoken to."""

import pytest
from flask import Flask

from service.web import components, i18n, reader


@pytest.fixture
def client():
    app = Flask("reader")
    components.install(app)
    app.add_url_rule("/", "plain", i18n.language)

    def home():
        reader.at_home("nb", "Europe/Oslo")
        return f"{i18n.language()} {i18n.speech().zone}"

    app.add_url_rule("/lillestrom/", "home", home)
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
        ("", "da"),
    ],
)
def test_the_browser_is_asked_first(client, asked, spoken):
    assert client.get("/", headers={"Accept-Language": asked}).text == spoken


def test_a_workspace_speaks_its_own_language(client):
    assert client.get("/lillestrom/", headers={"Accept-Language": "en"}).text == "nb Europe/Oslo"


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
