"""Only forms of ours change anything: the token of the browser, and where the request comes from.

The database plays no part.
"""

import pytest

from tests.app.browsing import PASSWORD, Browser, browser
from tests.app.house import House


@pytest.fixture(scope="module")
def house(one_house: House) -> House:
    for name in ("anne", "mallory"):
        one_house.person(name, "pogi.sec", password=PASSWORD)
    return one_house


@pytest.fixture
def anne(house: House) -> Browser:
    anne = browser(house)
    anne.sign_in("anne")
    return anne


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Origin": "http://localhost:8001"},
        {"Origin": "http://localhost.example.org"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_what_another_site_sends_is_refused_even_with_the_token(anne: Browser, headers):
    answer = anne.post("/sign-out", {"csrf_token": anne.token("/")}, headers=headers | {"Accept": "application/json"})
    assert (answer.status_code, answer.json["type"]) == (403, "/problems/request-from-elsewhere")
    assert "anne" in anne.get("/").text, "she is still signed in"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://localhost"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_what_our_page_sends_is_taken(anne: Browser, headers):
    assert anne.post("/sign-out", {"csrf_token": anne.token("/")}, headers=headers).status_code == 303
    assert "anne" not in anne.get("/").text


@pytest.mark.parametrize("token", ["", "0" * 64, "é", "x" * 10_000])
def test_a_form_without_the_token_of_this_browser_is_refused(anne: Browser, token):
    answer = anne.post("/sign-out", {"csrf_token": token}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["type"]) == (403, "/problems/page-outdated")
    assert "anne" in anne.get("/").text


def test_the_token_of_another_browser_is_worth_nothing(house: House, anne: Browser):
    assert anne.post("/sign-out", {"csrf_token": browser(house).token()}).status_code == 403


def test_the_token_from_before_signing_in_is_worth_nothing_after(house: House):
    mallory = browser(house)
    before = mallory.token()
    mallory.sign_in("mallory")
    assert mallory.post("/sign-out", {"csrf_token": before}).status_code == 403


def test_nobody_is_signed_in_by_a_form_of_another_site(house: House):
    """Otherwise she would work in the attacker's account without knowing."""
    victim = browser(house)
    sent = {"name": "mallory", "password": PASSWORD, "csrf_token": browser(house).token()}
    assert victim.client.post("/sign-in", data=sent).status_code == 403


def test_a_script_of_ours_sends_the_token_as_a_header(anne: Browser):
    token = anne.token("/")
    assert anne.client.post("/sign-out", headers={"X-CSRF-Token": token}).status_code == 303


def test_a_program_needs_no_token_of_a_form(house: House):
    program = house.person("program", "pogi.sec")
    answer = program.post("/api/v1/instances", {"definition": "x"}, Origin="https://example.org")
    assert answer.json["type"] == "/problems/definition-not-found"
