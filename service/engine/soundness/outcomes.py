"""How a called process comes back to the one that called it."""

from dataclasses import dataclass

from service.engine.soundness.net import Throw


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether it may come to an end of its own, and which errors and escalations may leave it."""

    returns: bool
    thrown: frozenset[Throw] = frozenset()

    def throws(self, kind: str, code: str | None) -> bool:
        """Whether an event for that code, or for every code of its kind, may ever come."""
        return any(it.kind == kind and code in (it.code, None) for it in self.thrown)
