"""Signing in with a password, and out again."""

import hashlib
import ipaddress
import logging

from flask import request

from service.commands import sign_in as commands
from service.domain.actors import Actor
from service.domain.errors import NoDemonstration, NotSignedIn, PersonNotFound, SignInRefused, TooManyTries
from service.domain.journal import INSTALLATION
from service.domain.sign_in import TRIES_AT_ACCOUNT, TRIES_FROM_ADDRESS, TRIES_OF_ONE
from service.identity import browsers, passwords
from service.identity.callers import call_as, ports
from service.queries import accounts, personas
from service.queries.accounts import SignedIn

VISITOR = Actor(workspace_id=INSTALLATION, auth="sign-in")
"""Who has not said yet who she is."""

log = logging.getLogger("mandat.sign-in")


def signed_in() -> SignedIn | None:
    """The account that is signed in in this browser, and its workspaces."""
    digest = browsers.digest()
    return None if digest is None else accounts.signed_in(digest, ports().wall())


def with_password(name: str, password: str) -> None:
    """Sign in to a local account. Raises `SignInRefused` and `TooManyTries`.

    Neither the answer nor the time it takes tells whether there is such an account. A try counts before it is looked
    at, so that many at once are not more than many in a row.
    """
    most = _allowed(name)
    if commands.count_try(call_as(VISITOR), most)["refused"]:
        log.warning("too many tries to sign in")
        raise TooManyTries
    account_id, kept = accounts.password(name) or (None, None)
    if not passwords.fits(password, kept) or account_id is None:
        log.warning("sign-in refused")
        raise SignInRefused
    commands.forgive(call_as(VISITOR), list(most))
    as_account(account_id)


def as_account(account_id: str) -> None:
    """Let this browser be signed in as that account from now on, under a cookie that nobody has seen before."""
    before = browsers.digest()
    commands.begin(call_as(VISITOR), account_id, browsers.renew(), before)


def as_persona(workspace_id: str, name: str) -> None:
    """In a demonstration, be that person from now on. Raises `NoDemonstration`, `PersonNotFound`."""
    if not ports().demo:
        raise NoDemonstration
    account_id = next((it.account_id for it in personas.of(workspace_id, ports().now()) if it.name == name), None)
    if account_id is None:
        raise PersonNotFound
    as_account(account_id)


def out() -> None:
    """Sign out in this browser."""
    digest = browsers.digest()
    if digest is not None:
        commands.end(call_as(VISITOR), digest)
    browsers.renew()


def out_everywhere() -> None:
    """Sign the account out in every browser. Raises `NotSignedIn`."""
    who = signed_in()
    if who is None:
        raise NotSignedIn
    commands.end_all(call_as(VISITOR), who.account_id)
    browsers.renew()


def _allowed(name: str) -> dict[str, int]:
    """Under which keys a try is counted, and how many there may be under each."""
    address = neighbourhood(request.remote_addr or "")
    return {
        key("one", name, address): TRIES_OF_ONE,
        key("address", address): TRIES_FROM_ADDRESS,
        key("account", name): TRIES_AT_ACCOUNT,
    }


def key(*parts: str) -> str:
    """Under which tries of such a kind are counted: no address and no name is kept."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def neighbourhood(address: str) -> str:
    """The address, or of an IPv6 address its half that one customer has to herself."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
