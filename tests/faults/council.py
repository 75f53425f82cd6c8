"""A council's process and its people, and the service in which they work: the other side of `book`."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from service.domain.ports import SteppedClock
from service.identity.callers import PORTS
from service.queries import replay
from service.store import cases, db, journal, timers
from tests.app.house import START, House, Someone
from tests.app.records import partnership, representative
from tests.diagrams import after, each, process, signal
from tests.faults.book import CHAIR, CHOICES, GROUP, NOBODY, OUTCOMES, SECRETARIAT, Person, Work

MEMBERS = ("Eksempelby Kommune", "Prøvested Kommune", "Region Eksempel")
PEOPLE = (
    Person("sec", SECRETARIAT),
    Person("clerk", SECRETARIAT),
    Person("chair", CHAIR),
    *(Person(f"sg{number}", GROUP, member) for number, member in enumerate(MEMBERS)),
    Person("helper", helps=True),
    Person("stranger"),
)


def council() -> dict[str, bytes]:
    """Prepared, voted on by every member until the last one, the chair or the deadline ends it, concluded as the votes
    bear it, and, unless it lapsed and is voted on anew, published after a rest by somebody else."""
    drawing = (
        process("council").start().user("prepare", lane=SECRETARIAT, form="paper")
        .service("open", "ballots.open", {"kind": '"steering-group"', "question": '"initiation"'}, result="ballot")
        .script("take", "voters = ballot.voters\nvotes = []")
        .user(
            "vote", lane=GROUP, form="vote", loop=each("voters", item="voter", into="votes", result="cast"),
            properties={"ballot": "steering-group", "candidateFrom": "voter.organisation"},
        )
        .user("conclude", lane=CHAIR, form="outcome")
        .service("close", "ballots.close", {"ballot": "ballot.ballot", "outcome": "outcome"})
        .exclusive("again").to("open", when='outcome = "lapsed"')
        .otherwise().catch("rest", after('duration("P2D")'))
        .user("publish", lane=SECRETARIAT, properties={"excludes": "prepare"}).end()
        .boundary("deadline", "vote", after('duration("P5D")')).to("conclude")
        .boundary("enough", "vote", signal("enough"), lane=CHAIR).to("conclude")
    )  # fmt: skip
    forms: dict[str, Mapping[str, Any]] = {
        "paper": {"paper": ["short", "long"]},
        "vote": {"vote": CHOICES},
        "outcome": {"outcome": OUTCOMES},
    }
    files = {f"{name}.schema.json": json.dumps(_form(fields)).encode() for name, fields in forms.items()}
    return {"council.bpmn": drawing.bpmn(), **files}


def _form(fields: Mapping[str, Any]) -> dict[str, Any]:
    chosen = {name: {"type": "string", "enum": list(among)} for name, among in fields.items()}
    return {"type": "object", "required": list(fields), "properties": chosen, "additionalProperties": False}


@dataclass(frozen=True)
class Council:
    """The service, those who work in it by name, and the members' ids by name."""

    house: House
    people: Mapping[str, Someone]
    members: Mapping[str, str]

    @classmethod
    def founded(cls, house: House) -> "Council":
        """A council in a house of its own, whose credentials do not grow old with the clock."""
        house = replace(house, ports=replace(house.ports, wall=SteppedClock(START)))
        house.app.extensions[PORTS] = house.ports
        members, people = partnership(house, MEMBERS), {}
        for who in PEOPLE:
            if who.organisation:
                people[who.name] = representative(house, who.name, members[who.organisation], who.role)
            else:
                people[who.name] = house.person(who.name, *filter(None, [who.role]), administrator=who.helps)
        house.deploy(council())
        return cls(house, people, members)

    def person_id(self, name: str) -> str:
        """By which the service knows a person."""
        return self.people[name].actor.person_id or ""

    def names(self) -> dict[str, str]:
        """The people's names by their ids, and those of the members by theirs."""
        return {self.person_id(name): name for name in self.people} | {it: name for name, it in self.members.items()}


@dataclass
class Seen:
    """One case as the service shows it. `works` are its tasks by id, as they have opened."""

    council: Council
    instance: str
    case_id: str
    works: dict[str, Work] = field(default_factory=dict)

    def of(self, work: Work) -> str:
        """The id of a task."""
        return next(it for it, known in self.works.items() if known == work)

    def now(self) -> tuple[Any, ...]:
        """What waits in it, how it stands and who has it; whether it is held and over, its incidents, what its ballots
        came to, and when its timers are due."""
        shown, whole = self._get(f"instances/{self.instance}"), self._get(f"cases/{self.case_id}")
        ballots = [(it["voted"], it["outcome"], it["result"], _votes(it["votes"])) for it in whole["ballots"]]
        with db.reading() as session:
            due = {row.activity_id: row.due_at for row in timers.of_case(session, "pogi", self.case_id)}
        tries = [it["tries"] for it in whole["troubles"]]
        held, over = whole["suspended_at"] is not None, whole["closed_at"] is not None
        return dict(self._waiting(shown["tasks"], whole["ballots"])), held, over, tries, ballots, due

    def _waiting(self, tasks: Any, ballots: Any) -> Iterator[tuple[Work, tuple[str, str]]]:
        """A task that is new is of the newest round of voting."""
        voters, names = [it["name"] for it in ballots[-1]["voters"]] if ballots else [], self.council.names()
        for task in tasks:
            member = NOBODY if task["item"] is None else voters[task["item"]]
            work = self.works.setdefault(task["id"], (task["activity"], member, len(ballots)))
            yield work, (task["state"], names.get(task["assignee"], NOBODY))

    def incident(self) -> str | None:
        """The id of the incident that waits in it, if one does."""
        return next((str(one["id"]) for one in self._get(f"cases/{self.case_id}")["troubles"]), None)

    def told(self) -> Counter[tuple[str, ...]]:
        """What its journal says, each with how often."""
        names, told = self.council.names(), Counter[tuple[str, ...]]()
        for entry in self._entries():
            kind, data = entry["kind"], entry["data"]
            if kind.startswith("task."):
                by = [names[entry["actor"]]] if kind not in {"task.opened", "task.cancelled"} else []
                told[(kind, *map(str, self.works[data["task"]]), *by)] += 1
            elif kind == "ballot.closed":
                told[kind, data["outcome"]] += 1
            elif kind in KINDS:
                told[(kind,)] += 1
        return told

    def broken(self) -> list[str]:
        """Every way in which its journal does not hold, or does not tell how it stands."""
        with db.reading() as session:
            case = cases.case(session, "pogi", self.case_id)
            assert case is not None
            breaks = journal.verify(session, case)
        replayed = replay.case(self.council.house.operator().actor, self.case_id)
        found = [] if breaks is None else [f"the journal breaks at {breaks.seq}: {breaks.reason}"]
        return found if replayed["ok"] else [*found, f"replay differs: {replayed['difference']}"]

    def _entries(self) -> Iterator[dict[str, Any]]:
        after: int | None = -1
        while after is not None:
            page = self._get(f"instances/{self.instance}/journal?limit=500&after={after}")
            yield from page["entries"]
            after = page["next"]

    def _get(self, path: str) -> dict[str, Any]:
        answer = self.council.people["helper"].get(f"/api/v1/{path}")
        assert answer.status_code == 200, answer.json
        shown: Any = answer.json
        return dict(shown)


KINDS = frozenset({
    "instance.started", "vote.cast", "ballot.opened", "signal.delivered", "timer.fired", "incident.opened",
    "incident.tried", "incident.resolved", "case.suspended", "case.resumed",
})  # fmt: skip


def _votes(votes: list[dict[str, str]] | None) -> dict[str, str] | None:
    return None if votes is None else {it["name"]: it["vote"] for it in votes}
