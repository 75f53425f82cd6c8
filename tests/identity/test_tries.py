"""How often one may try to sign in."""

import pytest

from service.domain.sign_in import TRIES_AT_ACCOUNT, TRIES_FROM_ADDRESS, TRIES_OF_ONE
from tests.app.browsing import PASSWORD, Browser, browser
from tests.app.house import House


@pytest.fixture
def anne(house: House, monkeypatch) -> Browser:
    """A browser at a service that hashes no password: how long that takes plays no part here."""
    house.person("anne", "pogi.sec", password=PASSWORD)
    monkeypatch.setattr("service.identity.passwords.fits", lambda password, kept: password == PASSWORD and bool(kept))
    return browser(house)


def attempt(anne: Browser, token: str, name: str, password: str, address: str = "192.0.2.1") -> int:
    sent = {"name": name, "password": password, "csrf_token": token}
    return anne.post("/sign-in", sent, environ_base={"REMOTE_ADDR": address}).status_code


def test_after_ten_tries_at_one_account_not_even_the_right_password_helps_for_a_while(house: House, anne: Browser):
    token = anne.token()
    assert {attempt(anne, token, "anne", "wrong") for _ in range(TRIES_OF_ONE)} == {403}
    refused = anne.post("/sign-in", {"name": "anne", "password": PASSWORD, "csrf_token": token},
                        environ_base={"REMOTE_ADDR": "192.0.2.1"})  # fmt: skip
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "900"
    assert "et kvarter" in refused.text
    assert attempt(anne, token, "anne", PASSWORD, "192.0.2.2") == 303, "she herself sits elsewhere"


def test_the_count_begins_anew_after_a_quarter_of_an_hour(house: House, anne: Browser):
    token = anne.token()
    for _ in range(TRIES_OF_ONE + 1):
        attempt(anne, token, "anne", "wrong")
    house.later(minutes=15)
    assert attempt(anne, token, "anne", PASSWORD) == 303


def test_who_signs_in_is_not_counted(anne: Browser):
    for _ in range(TRIES_OF_ONE + 5):
        assert attempt(anne, anne.token("/"), "anne", PASSWORD) == 303


def test_one_address_may_not_try_everybodys_account(anne: Browser):
    token = anne.token()
    tried = [attempt(anne, token, f"person{number}", "wrong") for number in range(TRIES_FROM_ADDRESS + 1)]
    assert tried[-2:] == [403, 429]


def test_an_unknown_account_is_refused_as_late_as_a_known_one(anne: Browser):
    token = anne.token()
    assert [attempt(anne, token, "nobody", "wrong") for _ in range(TRIES_OF_ONE + 1)][-2:] == [403, 429]


def test_one_customer_of_ipv6_is_one_address(anne: Browser):
    token = anne.token()
    tried = [
        attempt(anne, token, f"person{number}", "wrong", f"2001:db8::{number:x}")
        for number in range(TRIES_FROM_ADDRESS + 1)
    ]
    assert tried[-1] == 429


def test_many_addresses_together_may_not_try_one_account_without_end(anne: Browser):
    token = anne.token()
    tried = [attempt(anne, token, "anne", "wrong", f"192.0.2.{number % 20}") for number in range(TRIES_AT_ACCOUNT + 1)]
    assert tried[-2:] == [403, 429]
