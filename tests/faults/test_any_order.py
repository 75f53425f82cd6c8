"""Whatever people ask in whatever order, the service does what a plain book of the case says, and tells it again.

Hypothesis draws the requests: right and wrong ones, of whoever, repeated, two at once, with the clock moved in between.
Here there are a few meetings; `python3 dev.py faults --full` makes it two thousand on each database.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from werkzeug.test import TestResponse

from service.commands import tasks
from service.identity.clockwork import fire_due
from service.store import receipts, timers
from tests.app.house import House
from tests.faults.book import (
    CHOICES,
    CONCLUDE,
    OUTCOMES,
    PREPARE,
    PUBLISH,
    VOTE,
    Book,
    Case,
    Person,
    Refused,
    Work,
    candidate,
)
from tests.faults.council import MEMBERS, PEOPLE, Council, Seen
from tests.faults.report import Report
from tests.faults.sizes import size

MEETINGS, LENGTH = size(6, 2_000), 12
"""How many times a council meets, and how many rules Hypothesis applies each time."""

MOST = 2  # cases in one meeting: many enough to be mixed up, few enough to come to their ends
HELPER = next(it for it in PEOPLE if it.helps)
ANSWERS: dict[str, tuple[str | None, ...]] = {
    PREPARE: ("short", "long", None),
    VOTE: (*CHOICES, None),
    CONCLUDE: (*OUTCOMES, None),
    PUBLISH: ("",),
}
FIELDS = {PREPARE: "paper", VOTE: "vote", CONCLUDE: "outcome"}
WHO, SOME = st.sampled_from(PEOPLE), st.integers(0, 9)
KEYS = count()


@dataclass(frozen=True)
class Ask:
    """A request, and what the book does for it. `case` is the number of the one that it is about, if it is about one."""

    who: Person
    path: str
    body: dict[str, Any]
    does: Callable[[Book], int]
    case: int | None = None

    def by(self, book: Book) -> tuple[int, str]:
        """How the book answers it."""
        try:
            done = self.does(book)
        except Refused as refused:
            return refused.status, refused.why
        return (200, f"heard {done}") if self.path == "signals" else (done, "")


@dataclass(frozen=True)
class Sent:
    """A request that was sent under a key, and what came of it."""

    ask: Ask
    key: str
    status: int
    answer: Any


class Meeting(RuleBasedStateMachine):
    """People who ask, the book that says what must come of it, and the service that is compared with it.

    No rule depends on how things stand: whatever is drawn is asked, and it is for the book to refuse it.
    """

    council: ClassVar[Council]
    asked: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.book, self.seen, self.sent = Book(MEMBERS), list[Seen](), list[Sent]()
        self.whole = True

    # --- what people do -----------------------------------------------------------------------------------------------

    @initialize(picks=st.lists(SOME, max_size=8))
    def begin(self, picks: list[int]) -> None:
        """A case, which may have come some way already."""
        self.start(PEOPLE[0])
        for pick in picks:
            self._next(0, pick)

    @rule(who=WHO)
    def start(self, who: Person) -> None:
        if who.inside and len(self.seen) < MOST:
            self._ask(Ask(who, "instances", {"definition": "council"}, lambda book: book.start(who)))

    @rule(case=SOME, picks=st.lists(SOME, min_size=1, max_size=6))
    def go_on(self, case: int, picks: list[int]) -> None:
        """The next things, done rightly and mostly by somebody who may do them."""
        for pick in picks:
            self._next(case % len(self.book.cases), pick)

    def _next(self, number: int, pick: int) -> None:
        it = self.book.cases[number]
        if it.held:
            self._ask(self._of_case("resume", HELPER, number))
        elif it.timers and not it.votes_are_open:
            self._later(max(it.timers.values()) - self.council.house.clock())
        elif not it.over:
            work = next(iter(it.waiting()))
            answers = [one for one in ANSWERS[work[0]] if one is not None]
            if work[0] == CONCLUDE:
                answers = [it.ballots[-1].result(len(MEMBERS))]
            holder = it.works[work].holder
            hers = [one for one in PEOPLE if one.name == holder or (not holder and candidate(one, work))]
            self._ask(self._complete(hers[pick % len(hers)], number, work, answers[pick % len(answers)]))

    @rule(who=WHO, case=SOME, work=SOME, pick=SOME)
    def complete(self, who: Person, case: int, work: int, pick: int) -> None:
        self._ask(self._drawn("complete", who, case, work, pick))

    @rule(verb=st.sampled_from(["claim", "release", "assign", "draft"]), who=WHO, case=SOME, work=SOME, pick=SOME)
    def move(self, verb: str, who: Person, case: int, work: int, pick: int) -> None:
        self._ask(self._drawn(verb, who, case, work, pick))

    @rule(verb=st.sampled_from(["suspend", "resume", "retry", "signal"]), who=WHO, case=SOME)
    def help(self, verb: str, who: Person, case: int) -> None:
        self._ask(self._of_case(verb, who, case % len(self.book.cases)))

    @rule(hours=st.sampled_from([1, 24, 49, 121]))
    def later(self, hours: int) -> None:
        self._later(timedelta(hours=hours))

    # --- the same twice, and two at once ------------------------------------------------------------------------------

    @rule(sent=SOME, other=st.sampled_from([False, False, True]))
    def again(self, sent: int, other: bool) -> None:
        """The same request under the same key, or another one."""
        before = self.sent[-1 - sent % len(self.sent)]
        if before.status >= 300:  # it was refused: this is the first time
            if not before.ask.path.endswith("retry"):  # the incident may be another by now
                self._ask(before.ask, before.key)
            return
        with self._doing("again"):
            answer = self._send(before.ask, before.key, before.ask.body | ({"more": 1} if other else {}))
            if not other:
                assert (answer.status_code, answer.json) == (before.status, before.answer)
            elif before.ask.path.endswith(("claim", "release")):
                assert said(answer) == (422, "request-key-reused")
            else:
                assert answer.status_code == 422
            self._look(before.ask.case, before.ask.who)

    @rule(who=WHO, case=SOME, work=SOME, verb=st.sampled_from(["claim", "complete", "draft"]), pick=SOME)
    def twice(self, who: Person, case: int, work: int, verb: str, pick: int) -> None:
        """One request, sent twice at the same moment under one key: one effect, and one answer."""
        ask = self._drawn(verb, who, case, work, pick)
        with self._doing("twice"), ThreadPoolExecutor(2) as pool:
            key = f"key-{next(KEYS)}"
            first, second = (it.result() for it in [pool.submit(self._send, ask, key) for _ in range(2)])
            assert (first.status_code, first.json) == (second.status_code, second.json)
            assert said(first) == ask.by(self.book)
            self.sent.append(Sent(ask, key, first.status_code, first.json))
            self._look(ask.case, who)

    @rule(
        one=st.tuples(st.sampled_from(["complete", "claim", "release"]), WHO, SOME, SOME),
        other=st.tuples(st.sampled_from(["complete", "claim", "signal", "suspend"]), WHO, SOME, SOME),
        case=SOME,
    )
    def at_once(self, one: Any, other: Any, case: int) -> None:
        """Two requests at the same moment: it must have been the one order or the other."""
        asks = [self._drawn(verb, who, case, work, pick) for verb, who, work, pick in (one, other)]
        with self._doing("at once"), ThreadPoolExecutor(2) as pool:
            answers = [it.result() for it in [pool.submit(self._send, ask, f"key-{next(KEYS)}") for ask in asks]]
            possible = []
            for order in ((0, 1), (1, 0)):
                book = deepcopy(self.book)
                came = {number: asks[number].by(book) for number in order}
                if all(heard(came[number]) == heard(said(answers[number])) for number in order):
                    possible.append(book)
            assert possible, (asks, [said(it) for it in answers])
            self.book = next((it for it in possible if self._fits(it)), possible[0])
            self._look(None, one[1], other[1])

    # --- asking -------------------------------------------------------------------------------------------------------

    def _drawn(self, verb: str, who: Person, case: int, work: int, pick: int) -> Ask:
        """A request about a task that waits, or one that is over, newest first."""
        number = case % len(self.book.cases)
        if verb in {"suspend", "signal"}:
            return self._of_case(verb, who, number)
        it = self.book.cases[number]
        works = [*it.waiting(), *(old for old in reversed(it.works) if it.works[old].over)]
        chosen = works[work % len(works)]
        if verb == "complete":
            answers = ANSWERS[chosen[0]]
            return self._complete(who, number, chosen, answers[pick % len(answers)])
        path = f"tasks/{self.seen[number].of(chosen)}/{verb}"
        if verb == "assign":
            whom = PEOPLE[pick % len(PEOPLE)]
            given = {"person": self.council.person_id(whom.name)}
            return Ask(who, path, given, lambda book: book.assign(who, book.cases[number], chosen, whom), number)
        if verb == "draft":
            version = max(0, it.works[chosen].drafts[who.name] - pick // 5)
            written = {"answers": {}, "version": version}
            return Ask(who, path, written, lambda book: book.draft(who, book.cases[number], chosen, version), number)
        does = Book.claim if verb == "claim" else Book.release
        return Ask(who, path, {}, lambda book: does(book, who, book.cases[number], chosen), number)

    def _complete(self, who: Person, number: int, work: Work, answer: str | None) -> Ask:
        answers = {FIELDS[work[0]]: answer or "what the form has not"} if work[0] in FIELDS else {}
        clock, path = self.council.house.clock, f"tasks/{self.seen[number].of(work)}/complete"
        body = {"answers": answers}
        return Ask(who, path, body, lambda book: book.complete(who, book.cases[number], work, answer, clock()), number)

    def _of_case(self, verb: str, who: Person, number: int) -> Ask:
        seen, why = self.seen[number], {"reason": "It was asked for."}
        if verb == "signal":
            return Ask(who, "signals", {"name": "enough"}, lambda book: book.enough(who))
        if verb == "retry":
            path = f"incidents/{seen.incident() or 'none'}/retry"
            return Ask(who, path, {}, lambda book: book.retry(who, book.cases[number]), number)
        does = Book.hold if verb == "suspend" else Book.let_go
        return Ask(who, f"cases/{seen.case_id}/{verb}", why, lambda book: does(book, who, book.cases[number]), number)

    def _ask(self, ask: Ask, key: str | None = None) -> None:
        with self._doing(ask.path.rpartition("/")[2]):
            key = key or f"key-{next(KEYS)}"
            answer = self._send(ask, key)
            assert said(answer) == ask.by(self.book)
            if ask.path == "instances":
                self.seen.append(Seen(self.council, answer.json["id"], answer.json["case_id"]))
            self.sent.append(Sent(ask, key, answer.status_code, answer.json))
            self._look(ask.case, ask.who)

    def _send(self, ask: Ask, key: str, body: dict[str, Any] | None = None) -> TestResponse:
        body = ask.body if body is None else body
        return self.council.people[ask.who.name].post(f"/api/v1/{ask.path}", body, Idempotency_Key=key)

    def _later(self, span: timedelta) -> None:
        with self._doing("later"):
            now = self.council.house.clock.forward(self.council.house.clock() + span)
            assert fire_due() == self.book.come(now)
            self._look(None, PEOPLE[0])

    # --- comparing ----------------------------------------------------------------------------------------------------

    @contextmanager
    def _doing(self, what: str) -> Iterator[None]:
        """Something is asked and compared. What has failed once is not compared again when the meeting is over."""
        self.asked[what] += 1
        whole, self.whole = self.whole, False
        yield
        self.whole = whole

    def _look(self, number: int | None, *readers: Person) -> None:
        """That case, or every one, stands as the book says, and so does the inbox of whoever has asked."""
        for case, seen in zip(self.book.cases, self.seen, strict=True):
            if number is not None and seen is not self.seen[number]:
                continue
            assert seen.now() == now(case)
        for who in readers:
            assert self._inbox(who) == Counter(self.book.inbox(who))

    def _fits(self, book: Book) -> bool:
        return all(seen.now() == now(case) for case, seen in zip(book.cases, self.seen, strict=True))

    def _inbox(self, who: Person) -> Counter[tuple[int, Work, str]]:
        page = self.council.people[who.name].get("/api/v1/tasks?limit=100").json
        assert page["next"] is None
        number = {it.case_id: place for place, it in enumerate(self.seen)}
        return Counter(
            (number[it["case_id"]], self.seen[number[it["case_id"]]].works[it["id"]], it["state"])
            for it in page["tasks"]
        )

    def teardown(self) -> None:
        """The meeting is over: journals hold and tell what the book tells, inboxes are right, and all is called off."""
        try:
            if self.whole:
                self._look(None, *PEOPLE)
                for case, seen in zip(self.book.cases, self.seen, strict=True):
                    assert seen.told() == case.told
                    assert seen.broken() == []
        finally:
            for seen in self.seen:
                self.council.people[HELPER.name].post(f"/api/v1/cases/{seen.case_id}/cancel", {"reason": "It is late."})


def now(case: Case) -> tuple[Any, ...]:
    """What `Seen.now` must say of a case."""
    waiting = {work: (it.state, it.holder) for work, it in case.waiting().items()}
    ballots = [
        (len(it.votes), it.outcome, it.outcome and it.result(len(MEMBERS)), it.votes if it.outcome else None)
        for it in case.ballots
    ]
    return waiting, case.held, case.over, [case.tries] if case.tries else [], ballots, case.timers


def said(answer: TestResponse) -> tuple[int, str]:
    """An answer as the book gives them."""
    shown: Any = answer.json
    if answer.status_code >= 400:
        return answer.status_code, str(shown["type"]).rpartition("/")[2]
    return answer.status_code, f"heard {shown['heard']}" if "heard" in shown else ""


def heard(answer: tuple[int, str]) -> tuple[int, str]:
    """The same, where a signal that came at the same moment as the end of what waited for it was heard by nobody."""
    return (409, "signal-unheard") if answer == (200, "heard 0") else answer


def meet(house: House, times: int, **more: Any) -> type[Meeting]:
    """Let a council meet so often."""

    class Here(Meeting):
        council = Council.founded(house)
        asked: ClassVar = Counter[str]()

    quiet = settings(max_examples=times, stateful_step_count=LENGTH, suppress_health_check=list(HealthCheck), **more)
    run_state_machine_as_test(Here, settings=quiet)
    return Here


def test_in_any_order_the_service_does_what_a_plain_book_says(house: House, report: Report) -> None:
    held = meet(house, MEETINGS)
    report("any order", f"{MEETINGS:,} meetings, {held.asked.total():,} requests")


PLANTED: dict[str, Any] = {
    "a request that is repeated is done again": (receipts, "keep", lambda *_: None),
    "a timer that was cleared still comes": (timers, "remove", lambda session, workspace, ids: None),
    "who prepared may publish": (tasks, "_refuse_excluded", lambda work, task: None),
    "a task is anybody's": (tasks, "_may", lambda work, verb, task: None),
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_seen(fault: str, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*PLANTED[fault])
    with pytest.raises((AssertionError, Flaky)):  # what depends on who was first does not come again
        meet(house, 100, phases=[Phase.generate], derandomize=True, database=None, report_multiple_bugs=False)
