"""What tells one browser from another: a cookie that holds 256 random bits, and from it the token of its forms.

The cookie comes with the first form that a browser is given; signing in and out replace it. Only its hash is kept.
"""

import hashlib
import hmac
import re
import secrets

from flask import Flask, Response, current_app, request

from service.domain.errors import PageOutdated, RequestFromElsewhere

FIELD, HEADER = "csrf_token", "X-CSRF-Token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_NEW = "mandat.browser"
_ID = re.compile(r"[A-Za-z0-9_-]{43}")


def install(app: Flask) -> None:
    """Refuse what other sites send to the pages of `app`, and give its templates `csrf_token()`."""
    app.before_request(_guard)
    app.after_request(_keep)
    app.jinja_env.globals["csrf_token"] = csrf_token


def digest() -> str | None:
    """The hash of what the browser's cookie holds; None when it has none."""
    held = _held()
    return None if held is None else hashlib.sha256(held.encode()).hexdigest()


def renew() -> str:
    """Give the browser another cookie with this answer; gives the hash of what it will hold."""
    fresh = secrets.token_urlsafe(32)
    request.environ[_NEW] = fresh
    return hashlib.sha256(fresh.encode()).hexdigest()


def csrf_token() -> str:
    """What a form of ours, drawn for this browser now, sends along. Gives the browser a cookie if it has none."""
    if _held() is None and _NEW not in request.environ:
        renew()
    return _token(request.environ.get(_NEW) or _held() or "")


def local(path: str) -> str | None:
    """A path on this service that a redirect may lead to; None for whatever a browser might read as another site's."""
    safe = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if safe else None


def _name() -> str:
    # With the prefix, browsers let no neighbouring host and no unencrypted page set it (RFC 6265bis, 4.1.3.2).
    return "__Host-mandat" if request.is_secure else "mandat"


def _held() -> str | None:
    held = request.cookies.get(_name(), "")
    return held if _ID.fullmatch(held) else None


def _token(held: str) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, b"form " + held.encode(), hashlib.sha256).hexdigest()


def _guard() -> None:
    """Raise `RequestFromElsewhere` or `PageOutdated` for an unsafe request that no form of ours has sent.

    The API is exempt: it knows nobody by a cookie.
    """
    if request.method in SAFE or request.path.startswith("/api/"):
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site not in (None, "same-origin", "none") or origin not in (None, request.host_url.rstrip("/")):
        raise RequestFromElsewhere
    held = _held()
    sent = request.headers.get(HEADER) or request.form.get(FIELD, "")
    if held is None or not hmac.compare_digest(_token(held).encode(), sent.encode()):
        raise PageOutdated


def _keep(response: Response) -> Response:
    fresh = request.environ.get(_NEW)
    if fresh is not None:
        response.set_cookie(_name(), fresh, secure=request.is_secure, httponly=True, samesite="Lax", path="/")
    return response
