"""People at pages, signed in as their browsers are, without the time that a password takes."""

import hashlib
import secrets

from service.commands import sign_in
from service.identity.sign_in import VISITOR
from service.runtime.command import Call
from tests.app.browsing import Browser, browser
from tests.app.house import House


def visiting(house: House, name: str, *held: str, workspace: str = "pogi") -> Browser:
    """The browser of a new person who holds these roles and has just signed in."""
    account_id = house.person(name, *held, workspace=workspace).actor.account_id
    assert account_id is not None
    cookie = secrets.token_urlsafe(32)
    sign_in.begin(Call(VISITOR, house.ports), account_id, hashlib.sha256(cookie.encode()).hexdigest(), None)
    visitor = browser(house)
    visitor.hold(cookie)
    return visitor
