"""A house whose log is written and signed when a test says so, and is looked at as an auditor would."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.domain.facts import PasswordSet
from service.domain.journal import INSTALLATION, By
from service.domain.notes import read
from service.identity import sequencer
from service.identity.callers import PORTS
from service.post import DerivedKey, verify
from service.queries import log, log_check
from service.queries.log_check import Kept
from service.store import db, journal
from service.store.tables import Chained
from tests.app.house import START, House


@dataclass(frozen=True)
class Logged:
    """A service with a key."""

    house: House

    def round(self) -> int:
        """The sequencer comes round, when a minute and more has gone by; gives how many entries took their place."""
        self.house.later(seconds=61)
        return sequencer.round_of()

    def note(self, workspace: str = "pogi") -> str:
        """The latest checkpoint."""
        found = log.checkpoint(workspace)
        assert found is not None
        return found

    def broken(self, kept: Sequence[str] = (), workspace: str | None = None) -> list[str]:
        """The claims that do not hold, beside checkpoints that were kept."""
        held = [Kept("kept.txt", [read(note)]) for note in kept]
        found = log_check.verdicts(verify, workspace, held)
        return [f"{it.workspace_id} {it.claim}: {it.says}" for it in found if it.holds is False]


def logged(house: House) -> Logged:
    """Give a house a key."""
    ports = replace(house.ports, keys=DerivedKey(1), verify=verify)
    house.app.extensions[PORTS] = ports
    return Logged(House(house.app, ports))


def write(count: int, *streams: str) -> None:
    """So many entries for the journal of each of these workspaces, or of the installation, by one transaction each."""
    facts = [PasswordSet(account=f"a{number}") for number in range(count)]
    for name in streams or ("pogi",):
        with db.transaction() as session:
            owner: Chained | None = (
                journal.of_installation(session) if name == INSTALLATION else journal.of_workspace(session, name)
            )
            assert owner is not None
            journal.append(session, owner, facts, by=By(actor="someone", auth="cli"), now=START, demo=False)
