"""A council's cases as a clerk would keep them in a book: who may do what, what comes of it, and what is then to be read.

It knows nothing of the service, of databases or of diagrams; `council` draws the process that it tells of. A deed that
may not be done leaves the book as it was, and is answered with why.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

PREPARE, VOTE, CONCLUDE, PUBLISH = "prepare", "vote", "conclude", "publish"
SECRETARIAT, GROUP, CHAIR = "pogi.sec", "pogi.sg", "pogi.chair"
ROLES = {PREPARE: SECRETARIAT, VOTE: GROUP, CONCLUDE: CHAIR, PUBLISH: SECRETARIAT}
CHOICES = ("for", "against", "abstain", "recused")
OUTCOMES = ("adopted", "rejected", "tie", "lapsed")
VOTING, RESTING, HERE = timedelta(days=5), timedelta(days=2), ZoneInfo("Europe/Copenhagen")
NOBODY = ""


class Refused(Exception):
    """What was asked may not be done."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(f"{status} {why}")
        self.status, self.why = status, why


@dataclass(frozen=True)
class Person:
    """Somebody who asks. Who has no part in the workspace sees nothing of it."""

    name: str
    role: str = NOBODY
    organisation: str = NOBODY
    helps: bool = False

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:  # for what Hypothesis prints
        printer.text(self.name)

    @property
    def inside(self) -> bool:
        return self.helps or bool(self.role)


Work = tuple[str, str, int]
"""One task: its activity, the organisation that it is for, and in which round of voting."""


@dataclass
class Waits:
    """How a task stands. `holder` has it, or has done it."""

    state: str = "open"
    holder: str = NOBODY
    drafts: Counter[str] = field(default_factory=Counter)

    @property
    def over(self) -> bool:
        return self.state in {"completed", "cancelled"}


@dataclass
class Ballot:
    """What was voted, by organisation, and what came of it."""

    votes: dict[str, str] = field(default_factory=dict)
    outcome: str | None = None

    def result(self, members: int) -> str:
        """Half of those who are entitled take part, or the item lapses; then more for than against."""
        said = Counter(self.votes.values())
        entitled, part = members - said["recused"], said["for"] + said["against"] + said["abstain"]
        if part == 0 or 2 * part < entitled:
            return "lapsed"
        if said["for"] == said["against"]:
            return "tie"
        return "adopted" if said["for"] > said["against"] else "rejected"

    def bears(self, outcome: str, members: int) -> bool:
        """Whether it may be concluded so: a tie is not adopted, and an item may always lapse."""
        result = self.result(members)
        return outcome in ("lapsed", result) or (outcome, result) == ("rejected", "tie")


@dataclass
class Case:
    """One case. `told` is what its journal says, each with how often."""

    works: dict[Work, Waits] = field(default_factory=dict)
    timers: dict[str, datetime] = field(default_factory=dict)
    ballots: list[Ballot] = field(default_factory=list)
    tries: int = 0
    held: bool = False
    over: bool = False
    told: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def waiting(self) -> dict[Work, Waits]:
        return {work: it for work, it in self.works.items() if not it.over}

    @property
    def votes_are_open(self) -> bool:
        return "deadline" in self.timers

    def tell(self, kind: str, *what: object) -> None:
        self.told[(kind, *map(str, what))] += 1


@dataclass
class Book:
    """Every case, the members who vote, and who prepared what."""

    members: tuple[str, ...]
    cases: list[Case] = field(default_factory=list)

    # --- what may be asked --------------------------------------------------------------------------------------------

    def start(self, _who: Person) -> int:
        case = Case()
        case.tell("instance.started")
        self.cases.append(case)
        self._open(case, (PREPARE, NOBODY, 0))
        return 201

    def claim(self, who: Person, case: Case, work: Work) -> int:
        it = self._may_take(who, case, work)
        if not it.holder:
            self._not_excluded(who, case, work)
            it.state, it.holder = "claimed", who.name
            case.tell("task.claimed", *work, who.name)
        return 200

    def release(self, who: Person, case: Case, work: Work) -> int:
        it = self._find(who, case, work)
        if it.state == "open" or not (it.holder == who.name or who.helps):
            raise Refused(403, "not-assignee")
        it.state, it.holder = "open", NOBODY
        case.tell("task.released", *work, who.name)
        return 200

    def assign(self, who: Person, case: Case, work: Work, whom: Person) -> int:
        it = self._find(who, case, work)
        self._not_held(case)
        if not (it.holder == who.name or who.helps or (not it.holder and candidate(who, work))):
            raise Refused(403, "not-assignee")
        if whom.role != ROLES[work[0]]:
            raise Refused(422, "assignee-not-candidate")
        if not candidate(whom, work):
            raise Refused(422, "assignee-acts-for-others")
        it.state, it.holder = "claimed", whom.name
        case.tell("task.assigned", *work, who.name)
        return 200

    def draft(self, who: Person, case: Case, work: Work, version: int) -> int:
        it = self._may_take(who, case, work)
        if version != it.drafts[who.name]:
            raise Refused(409, "draft-stale")
        it.drafts[who.name] += 1
        return 200

    def complete(self, who: Person, case: Case, work: Work, answer: str | None, now: datetime) -> int:
        """`answer` is None where the form would not have it."""
        it = self._may_take(who, case, work)
        self._not_excluded(who, case, work)
        if answer is None:
            raise Refused(422, "answers-refused")
        activity, organisation, _ = work
        if activity == CONCLUDE and not case.ballots[-1].bears(answer, len(self.members)):
            case.tell("task.answered", *work, who.name)
            case.tell("incident.tried" if case.tries else "incident.opened")
            case.tries += 1
            if not it.holder:  # nobody else's answers may take the place of those that wait
                it.state, it.holder = "claimed", who.name
                case.tell("task.claimed", *work, who.name)
            return 202
        it.state, it.holder = "completed", who.name
        case.tell("task.completed", *work, who.name)
        if activity == PREPARE:
            self._vote(case, now)
        elif activity == VOTE:
            case.ballots[-1].votes[organisation] = answer
            case.tell("vote.cast")
            if len(case.ballots[-1].votes) == len(self.members):
                self._voted(case)
        elif activity == CONCLUDE:
            self._conclude(case, answer, now)
        else:
            case.over = True
        return 200

    def hold(self, who: Person, case: Case) -> int:
        self._helps(who, case)
        self._not_held(case)
        case.held = True
        case.tell("case.suspended")
        return 200

    def let_go(self, who: Person, case: Case) -> int:
        self._helps(who, case)
        if not case.held:
            raise Refused(409, "case-not-suspended")
        case.held = False
        case.tell("case.resumed")
        return 200

    def retry(self, who: Person, case: Case) -> int:
        """Another try of what stands still; no vote can change any more, so that it is in vain."""
        if not (case.tries and who.inside):
            raise Refused(404, "incident-not-found")
        if not who.helps:
            raise Refused(403, "process-owner-needed")
        self._not_held(case)
        case.tries += 1
        case.tell("incident.tried")
        return 200

    def enough(self, who: Person) -> int:
        """The chair says that whoever has not voted is not waited for; gives in how many cases that was heard."""
        waiting = [case for case in self.cases if case.votes_are_open]
        if not waiting:
            raise Refused(409, "signal-unheard")
        if not (who.helps or who.role == CHAIR):
            raise Refused(403, "message-not-yours")
        heard = [case for case in waiting if not case.held]
        for case in heard:
            case.tell("signal.delivered")
            self._voted(case)
        return len(heard)

    def come(self, now: datetime) -> int:
        """What is due by now, case by case, the earliest first; gives how many timers fired."""
        fired = 0
        for case in self.cases:
            for name in [it for it, due in case.timers.items() if due <= now and not case.held]:
                fired += 1
                case.tell("timer.fired")
                if name == "deadline":
                    self._voted(case)
                else:
                    del case.timers[name]
                    self._open(case, (PUBLISH, NOBODY, len(case.ballots)))
        return fired

    # --- what is to be read -------------------------------------------------------------------------------------------

    def inbox(self, who: Person) -> Iterator[tuple[int, Work, str]]:
        """What she has, and what she may take: the number of the case, the work, and how it stands."""
        for number, case in enumerate(self.cases):
            for work, it in case.waiting().items():
                if it.holder == who.name or (not it.holder and candidate(who, work)):
                    yield number, work, it.state

    # --- how a case goes on -------------------------------------------------------------------------------------------

    def _vote(self, case: Case, now: datetime) -> None:
        case.ballots.append(Ballot())
        case.tell("ballot.opened")
        case.timers["deadline"] = after(VOTING, now)
        for member in self.members:
            self._open(case, (VOTE, member, len(case.ballots)))

    def _voted(self, case: Case) -> None:
        del case.timers["deadline"]
        for work, it in case.waiting().items():
            it.state = "cancelled"
            case.tell("task.cancelled", *work)
        self._open(case, (CONCLUDE, NOBODY, len(case.ballots)))

    def _conclude(self, case: Case, outcome: str, now: datetime) -> None:
        case.ballots[-1].outcome = outcome
        case.tell("ballot.closed", outcome)
        if case.tries:
            case.tries = 0
            case.tell("incident.resolved")
        if outcome == "lapsed":
            self._vote(case, now)
        else:
            case.timers["rest"] = after(RESTING, now)

    def _open(self, case: Case, work: Work) -> None:
        case.works[work] = Waits()
        case.tell("task.opened", *work)

    # --- who may ------------------------------------------------------------------------------------------------------

    def _find(self, who: Person, case: Case, work: Work) -> Waits:
        it = case.works[work]
        if not who.inside:
            raise Refused(404, "task-not-found")
        if it.over:
            raise Refused(409, "task-already-completed" if it.state == "completed" else "task-cancelled")
        return it

    def _may_take(self, who: Person, case: Case, work: Work) -> Waits:
        it = self._find(who, case, work)
        self._not_held(case)
        if it.holder != who.name and not candidate(who, work):
            raise Refused(403, "not-candidate")
        if it.holder not in (NOBODY, who.name):
            raise Refused(409, "task-already-claimed")
        return it

    def _not_held(self, case: Case) -> None:
        if case.held:
            raise Refused(409, "case-suspended")

    def _not_excluded(self, who: Person, case: Case, work: Work) -> None:
        if work[0] == PUBLISH and case.works[PREPARE, NOBODY, 0].holder == who.name:
            raise Refused(403, "excluded-by-earlier-task")

    def _helps(self, who: Person, case: Case) -> None:
        if not who.inside:
            raise Refused(404, "case-not-found")
        if not who.helps:
            raise Refused(403, "process-owner-needed")
        if case.over:
            raise Refused(409, "case-over")


def candidate(who: Person, work: Work) -> bool:
    """Whether a task may be hers: it is her role's, and where it is for an organisation she acts for that."""
    activity, organisation, _ = work
    return who.role == ROLES[activity] and organisation in (NOBODY, who.organisation)


def after(days: timedelta, now: datetime) -> datetime:
    """So many days later at the same time of the day, whatever was done to the clocks in between."""
    return (now.astimezone(HERE) + days).astimezone(UTC)
