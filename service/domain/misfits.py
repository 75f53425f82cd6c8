"""What stands in the way of a case that is to go on under another version of its process."""

from collections.abc import Iterable
from dataclasses import dataclass

from service.domain.errors import Conflict, Fault, Refused


@dataclass(frozen=True, slots=True)
class Misfit:
    """One thing that does not fit: the element's id, what it is called, and why, as one sentence."""

    element: str
    name: str
    reason: str


class MigrationRefused(Refused):
    """The case cannot go on under that version: {count} of its parts do not fit there."""

    def __init__(self, misfits: Iterable[Misfit]) -> None:
        self.misfits = tuple(misfits)
        super().__init__(count=len(self.misfits))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """One fault for each of them, an element of the diagram as `#element`."""
        return tuple(Fault(f"#{it.element}", f"“{it.name}”: {it.reason}", "misfit") for it in self.misfits)


class AlreadyOnVersion(Conflict):
    """This case goes by that version already."""
