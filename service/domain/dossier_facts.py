"""Facts about what was taken home: the dossier of a case, and the whole log."""

from dataclasses import dataclass
from typing import ClassVar

from service.domain.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseExported(Fact):
    """The dossier of the case was handed out. `digest` is that of its files, all but the one which holds this entry;
    `withheld` entries of the case are in it by their hashes alone, and `disclosed` sealed values are opened in it."""

    KIND: ClassVar[str] = "case.exported"
    digest: str
    withheld: int = 0
    disclosed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LogExported(Fact):
    """All entries of the workspace's log up to that size were handed out. `digest` is that of the files."""

    KIND: ClassVar[str] = "log.exported"
    digest: str
    size: int
