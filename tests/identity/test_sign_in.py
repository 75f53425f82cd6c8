"""Signing in and out by browser."""

import pytest
from flask import Flask
from sqlalchemy import select

from service.commands import accounts
from service.identity import current_actor, passwords
from service.store import db
from service.store.tables import SignInSession
from tests.app.browsing import PASSWORD, Browser, browser
from tests.app.house import House

WRONG = "Navnet eller adgangskoden er forkert."


def whoami(app: Flask) -> None:
    """A page of a workspace that says who is on it."""
    app.add_url_rule("/<workspace>/whoami", "whoami", lambda workspace: current_actor().name)


@pytest.fixture
def anne(house: House) -> Browser:
    """The browser of a person who has a password and is not signed in."""
    whoami(house.app)
    house.person("anne", "pogi.sec", password=PASSWORD)
    return browser(house)


@pytest.fixture(scope="module")
def one_with_bo(one_house: House) -> House:
    one_house.person("bo", "pogi.sec", password=PASSWORD)
    return one_house


@pytest.fixture
def bo(one_with_bo: House) -> Browser:
    """Her browser, where the database plays no part."""
    return browser(one_with_bo)


def test_whoever_asks_for_a_page_signs_in_and_gets_it(anne: Browser):
    asked = anne.get("/pogi/whoami?which=1")
    assert asked.status_code == 303
    assert asked.headers["Location"] == "/sign-in?next=/pogi/whoami?which%3D1"
    entered = anne.sign_in("anne", onward="/pogi/whoami?which=1")
    assert (entered.status_code, entered.headers["Location"]) == (303, "/pogi/whoami?which=1")
    assert anne.get("/pogi/whoami").text == "Anne"
    assert anne.get("/sign-in?next=/pogi/whoami").headers["Location"] == "/pogi/whoami", "she need not do it twice"


def test_her_browser_opens_no_other_workspace_and_not_the_api(anne: Browser):
    anne.sign_in("anne")
    assert anne.get("/lillestrom/whoami").status_code == 404
    assert anne.get("/nowhere/whoami").status_code == 404
    assert anne.get("/api/v1/tasks").status_code == 401


def test_an_installations_administrator_is_let_in_everywhere(house: House, anne: Browser):
    house.person("root", administrator=True, password=PASSWORD)
    anne.sign_in("root")
    assert anne.get("/lillestrom/whoami").status_code == 200


def test_a_wrong_password_and_an_unknown_name_are_told_the_same(house: House, anne: Browser):
    house.person("program", "pogi.sec")
    told = [anne.sign_in("anne", "wrong"), anne.sign_in("nobody"), anne.sign_in("program"), anne.sign_in("")]
    assert {answer.status_code for answer in told} == {403}
    assert all(WRONG in answer.text for answer in told)
    assert all(PASSWORD not in answer.text for answer in told)
    assert anne.get("/pogi/whoami").status_code == 303


def test_an_unknown_name_costs_a_password_hash_too(house: House, anne: Browser, monkeypatch):
    looked: list[str] = []
    verify = passwords._HASHER.verify

    class Watched:
        @staticmethod
        def verify(kept: str, password: str) -> bool:
            looked.append(kept)
            return verify(kept, password)

        hash = staticmethod(passwords._HASHER.hash)

    monkeypatch.setattr(passwords, "_HASHER", Watched)
    anne.sign_in("anne", "wrong")
    anne.sign_in("nobody", "wrong")
    known, unknown = looked
    assert known.rsplit("$", 2)[0] == unknown.rsplit("$", 2)[0], "the same algorithm at the same cost"
    assert known.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_signing_in_changes_the_cookie(anne: Browser):
    anne.token()
    before = anne.cookie
    assert before
    anne.sign_in("anne")
    assert anne.cookie != before
    anne.hold(before)
    assert anne.get("/pogi/whoami").status_code == 303, "whoever planted the first cookie is not signed in by it"


def test_a_cookie_is_good_for_nothing_after_signing_out(anne: Browser):
    anne.sign_in("anne")
    held = anne.cookie
    assert held
    left = anne.post("/sign-out")
    assert left.status_code == 303
    assert anne.cookie != held
    anne.hold(held)
    assert anne.get("/pogi/whoami").status_code == 303


def test_signing_in_again_ends_the_session_before(anne: Browser):
    anne.sign_in("anne")
    first = anne.cookie
    assert first
    anne.post("/sign-in", {"name": "anne", "password": PASSWORD, "csrf_token": anne.token("/")})
    anne.hold(first)
    assert anne.get("/pogi/whoami").status_code == 303


def test_signing_out_everywhere_reaches_every_browser(house: House, anne: Browser):
    other = browser(house)
    for one in (anne, other):
        one.sign_in("anne")
    assert other.get("/pogi/whoami").status_code == 200
    anne.post("/sign-out", {"everywhere": "1", "csrf_token": anne.token("/")})
    assert other.get("/pogi/whoami").status_code == 303


def test_another_password_signs_out_everywhere(house: House, anne: Browser):
    anne.sign_in("anne")
    accounts.set_password(house.operator(), "anne", passwords.hashed("another horse altogether"))
    assert anne.get("/pogi/whoami").status_code == 303
    assert anne.sign_in("anne").status_code == 403
    assert anne.sign_in("anne", "another horse altogether").status_code == 303


def test_a_session_ends_when_it_is_not_used_and_when_it_is_old(house: House, anne: Browser):
    anne.sign_in("anne")
    house.later(minutes=29)
    assert anne.get("/pogi/whoami").status_code == 200
    house.later(minutes=29)
    assert anne.get("/pogi/whoami").status_code == 200, "it was used meanwhile"
    house.later(minutes=30)
    assert anne.get("/pogi/whoami").status_code == 303
    anne.sign_in("anne")
    for _ in range(23):
        house.later(minutes=20)
        assert anne.get("/pogi/whoami").status_code == 200
    house.later(minutes=20)
    assert anne.get("/pogi/whoami").status_code == 303, "eight hours are enough"


def test_using_a_session_writes_at_most_once_a_minute(house: House, anne: Browser):
    anne.sign_in("anne")
    house.later(seconds=61)
    with house.statements() as asked:
        for _ in range(3):
            anne.get("/pogi/whoami")
    assert len([it for it in asked if not it.startswith("SELECT")]) == 1, asked


def test_the_database_holds_nothing_that_would_sign_anybody_in(anne: Browser):
    anne.sign_in("anne")
    with db.reading() as session:
        (kept,) = session.scalars(select(SignInSession.digest))
    assert kept != anne.cookie
    anne.hold(kept[:43])
    assert anne.get("/pogi/whoami").status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts_other_sites_and_neighbours(house: House):
    plain = browser(house).get("/sign-in").headers["Set-Cookie"]
    assert plain.startswith("mandat=")
    assert plain.endswith("; HttpOnly; Path=/; SameSite=Lax")
    encrypted = browser(house, "https://localhost").get("/sign-in").headers["Set-Cookie"]
    assert encrypted.startswith("__Host-mandat=")
    assert encrypted.endswith("; Secure; HttpOnly; Path=/; SameSite=Lax")


@pytest.mark.parametrize(
    "onward",
    [
        "https://example.org/",
        "//example.org",
        "/\\example.org",
        "/\t/example.org",
        "\\/example.org",
        "javascript:1",
        "pogi",
        "",
    ],
)
def test_signing_in_leads_to_no_other_site(bo: Browser, onward):
    assert bo.sign_in("bo", onward=onward).headers["Location"] == "/"
