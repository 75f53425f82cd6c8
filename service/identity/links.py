"""Whoever comes by a link of ours: what it holds says for whom she answers, and nobody knows more of her."""

import hashlib
import re
import secrets

from flask import request

from service.commands import sign_in as counting
from service.domain.actors import Actor
from service.domain.errors import TooManyTries
from service.domain.sign_in import TRIES_FROM_ADDRESS
from service.identity.callers import call_as
from service.identity.sign_in import VISITOR, key, neighbourhood
from service.runtime.command import Call

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def new() -> tuple[str, str]:
    """What a fresh link holds, 256 bits that nobody can guess, and the hash that is kept of it."""
    token = secrets.token_urlsafe(32)
    return token, digest(token)


def digest(token: str) -> str:
    """The hash that is kept of what a link holds; of what no link of ours holds, one that is kept of none."""
    return hashlib.sha256(token.encode()).hexdigest() if _TOKEN.fullmatch(token) else ""


def holder(workspace_id: str) -> Call:
    """A call of whoever has a link into that workspace."""
    return call_as(Actor(workspace_id, auth="link", outside=True))


def count() -> None:
    """Count a try to send something, or to find a link: from one address, so many in a quarter of an hour.

    Raises `TooManyTries`.
    """
    counted = {key("link", neighbourhood(request.remote_addr or "")): TRIES_FROM_ADDRESS}
    if counting.count_try(call_as(VISITOR), counted)["refused"]:
        raise TooManyTries
