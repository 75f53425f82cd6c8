"""Bodies and organisations that tests of the records stand on: nine sample members with a vote."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from service import operations
from service.commands import bodies, deployments, organisations
from service.domain.facts import Fact
from service.domain.journal import By
from service.domain.origins import From
from service.engine import calendar
from service.identity import tokens
from service.queries import bundles
from service.queries.accounts import bearer
from service.runtime import opening
from service.runtime.command import Work
from service.store import db, journal
from service.store.tables import Case
from tests.app.house import House, Someone
from tests.support.repository import ROOT

MEMBERS = (
    "Eksempelby Kommune",
    "Prøvested Kommune",
    "Mønsterø Kommune",
    "Testrup Kommune",
    "Fiktivborg Kommune",
    "Skitsevig Kommune",
    "Region Eksempel",
    "Styrelsen Eksempel",
    "Vandselskab Eksempel",
)
KINDS = ("municipality",) * 6 + ("region", "state", "other public")
SAMPLE = From("sample")
REQUIREMENTS = [
    {"letter": "a", "kind": "requirement", "text": "Tøjet kan repareres.", "placement": "specification", "evidence": "Datablad"},
    {"letter": "b", "kind": "recommendation", "text": "Vægt levetiden.", "placement": "award", "evidence": "Test"},
]  # fmt: skip


def partnership(house: House, names: tuple[str, ...] = MEMBERS) -> dict[str, str]:
    """The steering group with a seat and a vote for each of these members; gives their ids by name."""
    call = house.operator()
    bodies.establish(call, "steering-group", "steering-group", "Styregruppen", SAMPLE)
    ids = {}
    for name, kind in zip(names, KINDS, strict=False):
        ids[name] = organisations.register(call, name, kind, SAMPLE)["id"]
        organisations.admit(call, ids[name])
        bodies.seat(call, "steering-group", ids[name])
    return ids


def representative(house: House, account: str, organisation: str, *roles: str) -> Someone:
    """A person who acts for an organisation in these roles."""
    someone = house.person(account, *roles)
    organisations.represent(house.operator(), organisation, someone.actor.person_id or "")
    found = bearer(tokens.prefix(someone.token) or "", house.ports.now(), house.ports.wall())
    assert found is not None
    return replace(someone, actor=found[1])


def shipped(house: House, *keys: str, workspace: str = "pogi") -> None:
    """Put bundles of the product into force."""
    for key in keys:
        bundle = bundles.at(ROOT / "processes" / key, forms=ROOT / "forms")
        deployments.deploy(house.operator(workspace), bundle, "", True)


@dataclass
class Desk:
    """One case in which operations are called as a diagram would call them, each in a transaction of its own."""

    house: House
    case_id: str
    workspace: str = "pogi"

    def __post_init__(self) -> None:
        self.told: list[Fact] = []

    def __call__(self, name: str, **parameters: Any) -> Any:
        with db.transaction() as session:
            return operations.call(session, self.place(session), name, parameters)

    def opened(self, value: Any) -> Any:
        """What an operation gave, with what it sealed."""
        with db.transaction() as session:
            return self.place(session).open(value)

    def sealed(self, text: str) -> dict[str, str]:
        """A text as a form of the case would have sealed it."""
        with db.transaction() as session:
            return self.place(session).seal("/text", text)

    def place(self, session: Any) -> operations.Place:
        """Where operations are called from, in a transaction."""
        call = self.house.operator(self.workspace)
        now = self.house.ports.now()
        work = Work(session, call.actor, call.ports, now)
        return operations.Place(
            workspace_id=self.workspace,
            case_id=self.case_id,
            instance_id="instance",
            activity_id="activity",
            now=now,
            by=By(actor="someone", auth="cli"),
            calendar=calendar("DK" if self.workspace == "pogi" else "NO"),
            new_id=lambda: self.house.ports.new_id(self.house.ports.now()),
            tell=self.told.append,
            open=partial(opening.value, work, self.case_id),
            seal=partial(opening.seal, work, self.case_id),
            origin="sample",
        )

    def over(self) -> None:
        """The case comes to its end."""
        with db.transaction() as session:
            session.get_one(Case, (self.workspace, self.case_id)).closed_at = self.house.ports.now()

    @property
    def kinds(self) -> list[str]:
        """What was told so far."""
        return [fact.KIND for fact in self.told]


def desk(house: House, workspace: str = "pogi") -> Desk:
    """A case to call operations in."""
    now = house.ports.now()
    with db.transaction() as session:
        case = Case(
            workspace_id=workspace,
            id=house.ports.new_id(now),
            state_hash="",
            incidents=0,
            opened_at=now,
            **journal.new_stream(),
        )
        session.add(case)
    return Desk(house, case.id, workspace)
