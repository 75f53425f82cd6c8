"""What an import did, and what it left: frozen values that `dataclasses.asdict` turns into JSON."""

from dataclasses import dataclass

from service.domain.findings import Finding


@dataclass(frozen=True, slots=True)
class Change:
    """One text that was put into another: the file, the element's id, the place in it, before and after."""

    file: str
    element: str | None
    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Left:
    """One text that could not be translated, and why."""

    file: str
    element: str | None
    place: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class RolelessLane:
    """A lane whose name is no role of the workspace: nobody would be shown its tasks."""

    file: str
    process: str
    lane: str
    name: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that an import has to say.

    `findings` are what `check` says of the result, and, as errors, what keeps a process from being marked executable.
    `executable` are the ids of the processes that are.
    """

    changes: tuple[Change, ...] = ()
    left: tuple[Left, ...] = ()
    lanes: tuple[RolelessLane, ...] = ()
    findings: tuple[Finding, ...] = ()
    executable: tuple[str, ...] = ()

    @property
    def runs(self) -> bool:
        """Whether the result can be deployed and started."""
        return bool(self.executable) and not any(finding.level == "error" for finding in self.findings)
