"""Who is asking, and what she may send again."""

from service.identity.callers import call, call_as, current_actor, ports
from service.runtime.command import Call

__all__ = ["Call", "call", "call_as", "current_actor", "ports"]
