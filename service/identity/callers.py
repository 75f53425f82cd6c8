"""The actor of the current request, from its token or its browser, and the call that a command takes from it."""

import hashlib

from flask import current_app, request

from service.commands import sign_in
from service.domain import traces
from service.domain.actors import Actor
from service.domain.errors import NotSignedIn, RequestKeyRefused, TokenRefused, WorkspaceNotFound
from service.domain.ports import Ports
from service.domain.requests import RequestKey
from service.domain.sign_in import GRAIN
from service.identity import browsers, tokens
from service.queries import accounts
from service.runtime.command import Call

PORTS = "mandat.ports"
ACTOR = "mandat.actor"


def ports() -> Ports:
    """The ports of the current application."""
    found: Ports = current_app.extensions[PORTS]
    return found


def current_actor() -> Actor:
    """Who sent the current request: to the API by her token, to a page by her browser, in the workspace of its address.

    Raises `NotSignedIn`, `TokenRefused` for a token that does not count, `WorkspaceNotFound` for a page of a workspace
    that is not there or that she has no part in.
    """
    # Kept with the request itself: `g` lives as long as the application context, which may outlive a request.
    if ACTOR not in request.environ:
        request.environ[ACTOR] = _by_token() if request.path.startswith("/api/") else _by_browser()
    found: Actor = request.environ[ACTOR]
    return found


def call() -> Call:
    """The current request as a command takes it: its actor, the ports, and its Idempotency-Key if it has one."""
    actor = current_actor()
    key = request.headers.get("Idempotency-Key")
    return Call(actor, ports(), None if key is None else _request_key(actor, key), traces.current())


def call_as(actor: Actor) -> Call:
    """A call as that actor, from outside any request."""
    return Call(actor, ports(), trace=traces.current())


def _by_token() -> Actor:
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not text:
        raise NotSignedIn
    prefix = tokens.prefix(text)
    found = None if prefix is None else accounts.bearer(prefix, ports().now(), ports().wall())
    if found is None or not tokens.fits(text, found[0]):
        raise TokenRefused
    return found[1]


def _by_browser() -> Actor:
    digest, workspace_id = browsers.digest(), str((request.view_args or {}).get("workspace", ""))
    wall = ports().wall()
    found = None if digest is None else accounts.in_workspace(digest, workspace_id, ports().now(), wall)
    if digest is None or found is None:
        raise NotSignedIn
    seen_at, actor = found
    if actor is None:
        raise WorkspaceNotFound(key=workspace_id)
    if wall - seen_at >= GRAIN:
        sign_in.see(call_as(actor), digest)
    return actor


def _request_key(actor: Actor, key: str) -> RequestKey:
    if not 1 <= len(key) <= 200 or not key.isascii() or not key.isprintable():
        raise RequestKeyRefused
    asked = hashlib.sha256()
    for part in (request.method, request.full_path, request.content_type or ""):
        asked.update(part.split("boundary=")[0].encode() + b"\x00")
    asked.update(request.get_data(cache=True) if not request.files else _files())
    return RequestKey(actor.workspace_id, actor.account_id or "", key, asked.hexdigest())


def _files() -> bytes:
    """The files of a form, whatever boundary its sender chose this time."""
    asked = hashlib.sha256()
    for field, file in sorted(request.files.items(multi=True), key=lambda item: (item[0], item[1].filename or "")):
        content = file.stream.read()
        file.stream.seek(0)
        asked.update(f"{field}\x00{file.filename}\x00{hashlib.sha256(content).hexdigest()}\x00".encode())
    for field, value in sorted(request.form.items(multi=True)):
        asked.update(f"{field}\x00{value}\x00".encode())
    return asked.digest()
