"""Who is asking, and what she may send again.

Pages live under `/<workspace>/…`, and `current_actor()` is who is signed in, in that workspace.
"""

from flask import Flask

from service.identity import browsers, reads
from service.identity.browsers import local
from service.identity.callers import call, call_as, current_actor, ports
from service.identity.sign_in import signed_in
from service.runtime.command import Call


def install(app: Flask) -> None:
    """Know who asks `app`, and keep who reads what is not for everybody."""
    browsers.install(app)
    reads.install(app)


__all__ = ["Call", "call", "call_as", "current_actor", "install", "local", "ports", "signed_in"]
