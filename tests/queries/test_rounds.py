"""What several people answer belongs together by when they were asked, whoever stayed away."""

from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from service.queries import papers
from service.queries.papers.gathering import asked_together
from service.queries.papers.model import Paper, rounds
from service.queries.texts import Text
from service.queries.timeline.steps import Step
from tests.app import steering
from tests.app.house import House

SAID = Text("Vote", None)


@dataclass(frozen=True)
class Asked:
    """A round: how many are asked, who of them answer and in which order, at once or one after the other."""

    count: int
    answer: tuple[int, ...]
    at_once: bool


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    count, at_once = draw(st.integers(1, 5)), draw(st.booleans())
    everybody = range(count)
    if at_once:
        answer = draw(st.lists(st.sampled_from(everybody), unique=True))
        return Asked(count, tuple(answer), at_once)
    return Asked(count, tuple(range(draw(st.integers(0, count)))), at_once)


class Journal:
    """The steps of a case in which an activity of one instance is done in rounds; a round opens in the step in which the
    last of the one before is answered, or in which the clock ends that."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.items: dict[str, int | None] = {}
        self.answered: list[tuple[str, int, int]] = []
        self.names = 0

    def step(self, kind: str, **data: Any) -> Step:
        self.steps.append(Step(len(self.steps) + 1, {"kind": kind, "data": data}))
        return self.steps[-1]

    def open(self, item: int) -> str:
        name, self.names = f"task-{self.names}", self.names + 1
        data = {"task": name, "instance": "one", "activity": "Vote"}
        self.steps[-1].follow.append({"kind": "task.opened", "data": data})
        self.items[name] = item
        return name

    def answer(self, name: str, of_round: int) -> None:
        step = self.step("task.completed", task=name)
        self.answered.append((name, step.number, of_round))

    def hold(self, round_: Asked, number: int) -> None:
        if round_.at_once:
            names = [self.open(item) for item in range(round_.count)]
            for item in round_.answer:
                self.answer(names[item], number)
        else:
            name = self.open(0)
            for item in round_.answer:
                self.answer(name, number)
                if item + 1 < round_.count:
                    name = self.open(item + 1)
        if len(round_.answer) < round_.count:
            self.step("timer.fired")


def paper(name: str, item: int | None, step: int, round_: int) -> Paper:
    return Paper(name, "one", "Vote", SAID, SAID, None, None, None, None, "", item, None, {}, round_, step)


@given(st.lists(asked(), min_size=1, max_size=5))
def test_no_sequence_of_rounds_ever_mixes_them(held: list[Asked]):
    journal = Journal()
    journal.step("instance.started")
    for number, round_ in enumerate(held):
        journal.hold(round_, number)
    done = {name for name, _, _ in journal.answered}
    known = asked_together(journal.steps, {name: item for name, item in journal.items.items() if name in done})
    written = [paper(name, journal.items[name], step, known[name]) for name, step, _ in journal.answered]
    found = [{it.task for it in round_.papers} for round_ in rounds(written)]
    meant = [{name for name, _, of in journal.answered if of == number} for number in range(len(held))]
    assert found == [names for names in reversed(meant) if names], "the newest first"


def test_the_second_vote_after_a_tie_is_told_without_those_who_only_took_part_in_the_first(house: House):
    item = steering.at_the_vote(house)
    item.vote("for", "for", "for", "for", "against", "against", "against", "against", "abstain")
    item.do(item.chair, "Task_tie", {"outcome": "tie"})
    item.do(item.chair, "Task_next_meeting", {"next_meeting": "next"})
    for call in steering.meets_again(item, 6):
        item.do(call, "Task_vote", {"vote": "for"})
    found = papers.of_case(item.sec.actor, item.case_id, "da")["rounds"]
    votes = [it["papers"] for it in found if it["title"].text == "Afgiv stemme"]
    second, first = ([paper["answers"]["vote"] for paper in round_] for round_ in votes)
    assert sorted(second) == ["for"] * 6
    assert sorted(first) == ["abstain", *["against"] * 4, *["for"] * 4]
