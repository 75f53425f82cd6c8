"""Who is asking, and what she may send again.

Pages live under `/<workspace>/…`, and `current_actor()` is who is signed in, in that workspace.
"""

from service.identity.browsers import install, local
from service.identity.callers import call, call_as, current_actor, ports
from service.identity.sign_in import signed_in
from service.runtime.command import Call

__all__ = ["Call", "call", "call_as", "current_actor", "install", "local", "ports", "signed_in"]
