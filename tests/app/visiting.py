"""People at pages, signed in as their browsers are, without the time that a password takes."""

import hashlib
import secrets

from service.commands import sign_in
from service.domain.actors import Actor
from service.identity.sign_in import VISITOR
from service.runtime.command import Call
from tests.app.browsing import Browser, browser
from tests.app.house import House


def visiting(house: House, name: str, *held: str, workspace: str = "pogi") -> Browser:
    """The browser of a new person who holds these roles and has just signed in."""
    visitor = browser(house)
    visitor.hold(cookie_of(house, house.person(name, *held, workspace=workspace).actor))
    return visitor


def cookie_of(house: House, actor: Actor) -> str:
    """What the cookie of somebody holds who has just signed in."""
    assert actor.account_id is not None
    cookie = secrets.token_urlsafe(32)
    sign_in.begin(Call(VISITOR, house.ports), actor.account_id, hashlib.sha256(cookie.encode()).hexdigest(), None)
    return cookie
