"""Who acts: a person in her roles, or the service itself."""

from dataclasses import dataclass, field

from service.domain.errors import AdministratorNeeded, InstallationAdministratorNeeded, ProcessOwnerNeeded, RoleNeeded
from service.domain.journal import INSTALLATION, By

PROCESS_OWNER = "process.owner"
ADMINISTRATOR = "admin"
AUDITOR = "auditor"
RAISED = frozenset({PROCESS_OWNER, ADMINISTRATOR, AUDITOR})
"""The roles that may more than work on tasks: that somebody signs in with one of them leaves an entry."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks for something in one workspace.

    `roles` are held in the whole workspace now, `case_roles` (case id, role key) in one case; `organisations` are the
    ids of those that she acts for; `outside` is who acts for some, none of which is a member. `auth` names the
    credential as the journal does: `token:<id>`, `session:<id>`, `cli`, `timer`. Of the cases that are closed off, she
    may read those in `closed` and not those in `barred` (`domain.cases`).
    """

    workspace_id: str
    auth: str
    account_id: str | None = None
    person_id: str | None = None
    name: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    case_roles: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    organisations: frozenset[str] = field(default_factory=frozenset)
    outside: bool = False
    administrator: bool = False
    closed: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()

    def holds(self, role: str | None, case_id: str) -> bool:
        """Whether she holds that role, everywhere or in that case."""
        return role is not None and (role in self.roles or (case_id, role) in self.case_roles)

    def by(self, role: str | None = None) -> By:
        """How the journal names her, acting in that role."""
        return By(actor=self.person_id or self.account_id or "service", auth=self.auth, role=role)

    @property
    def administers(self) -> bool:
        """Whether she administers the workspace, or the whole installation."""
        return self.administrator or ADMINISTRATOR in self.roles

    @property
    def audits(self) -> bool:
        """Whether she looks after the log of the workspace."""
        return self.administers or AUDITOR in self.roles

    @property
    def owns_processes(self) -> bool:
        """Whether she may put processes into force and help cases along."""
        return self.administers or PROCESS_OWNER in self.roles

    def deploys_alone(self, *, demo: bool) -> bool:
        """Whether what she deploys counts without a second person's approval.

        So it does in a demonstration, and for who administers the installation or is the product itself: she could
        make herself a second person, or change the database.
        """
        return demo or self.administrator

    def must_administer_installation(self) -> None:
        """Raise `InstallationAdministratorNeeded` unless she may open accounts and make tokens for them."""
        if not self.administrator:
            raise InstallationAdministratorNeeded

    def must_administer(self) -> None:
        """Raise `AdministratorNeeded` unless she may change who has a part in the workspace."""
        if not self.administers:
            raise AdministratorNeeded

    def must_own_processes(self) -> None:
        """Raise `ProcessOwnerNeeded` unless she may put processes into force and help cases along."""
        if not self.owns_processes:
            raise ProcessOwnerNeeded

    @property
    def takes_part(self) -> bool:
        """Whether she has a part in this workspace: to others nothing in it is there but what is public."""
        return bool(self.administrator or self.roles or self.case_roles)

    def must_hold_a_role(self) -> None:
        """Raise `RoleNeeded` unless she has a part in this workspace."""
        if not self.takes_part:
            raise RoleNeeded


def operator(workspace_id: str) -> Actor:
    """Who types a command on the machine itself: she may do what she could do to the database anyway."""
    return Actor(workspace_id=workspace_id, auth="cli", name="operator", administrator=True)


def installation(workspace_id: str) -> Actor:
    """The product itself, when it starts: puts into force what it came with."""
    return Actor(workspace_id, auth="installation", account_id=INSTALLATION, name="Mandat", administrator=True)


def scheduler(workspace_id: str) -> Actor:
    """The service's own clockwork: fires timers, decides nothing."""
    return Actor(workspace_id=workspace_id, auth="timer", name="clock")
