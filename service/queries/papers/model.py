"""What somebody wrote in a case, and how such papers belong together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from service.queries.bundled import FormFiles
from service.queries.texts import Text


@dataclass(frozen=True, slots=True)
class Paper:
    """The answers to one form: of a completed task, or those that the case began with (`task` is None then).

    `answers` are as variables hold them until `revealing` opens them. `step` is the number of the step in which the task
    was completed, `round` of the one in which everybody who was asked with it, or the first of them, was asked (0: before
    the part of the journal that was read). `withheld`: this reader may know that there is an answer, and not what it
    says.
    """

    task: str | None
    instance: str
    activity: str
    title: Text
    process: Text
    who: str | None
    role: str | None
    organisation: str | None
    organisation_id: str | None
    at: str
    item: int | None
    form: FormFiles | None
    answers: Mapping[str, Any]
    round: int
    step: int
    withheld: bool = False

    def only(self, **answers: Any) -> "Paper":
        """The same paper with these answers alone."""
        return replace(self, answers=answers)

    @property
    def says(self) -> bool:
        """Whether anything was answered."""
        return any(value not in (None, "", [], {}) for value in self.answers.values())


def made(name: str, value: Any, said: Text, form: FormFiles) -> Paper:
    """A value that nobody answered: an operation gave it, a script made it, or the case began with it. `form` has a
    field for it, and is called `said`."""
    return Paper(None, "", "", said, said, None, None, None, None, "", None, form, {name: value}, 0, 0)


@dataclass(frozen=True, slots=True)
class Round:
    """The papers of one deed: one paper, or what each of several answered to the same question at the same time.

    `since`: what stood there before, of the answers that are to be compared, by their names; `against`: what the form
    calls that.
    """

    papers: tuple[Paper, ...]
    since: Mapping[str, Any] = field(default_factory=dict)
    against: Text | None = None

    @property
    def last(self) -> Paper:
        """The one that came last."""
        return max(self.papers, key=lambda paper: paper.step)


def rounds(papers: Iterable[Paper]) -> list[Round]:
    """Papers as rounds, the newest first: those of one activity of an instance that were asked for together."""
    found: dict[tuple[str, str, int], list[Paper]] = {}
    for paper in sorted(papers, key=lambda it: it.step, reverse=True):
        together = -paper.step if paper.item is None else paper.round
        found.setdefault((paper.instance, paper.activity, together), []).append(paper)
    return [Round(tuple(sorted(group, key=lambda it: (it.item or 0, it.step)))) for group in found.values()]


def round_of(papers: Iterable[Paper], last: Paper) -> Round:
    """The round that ends with that paper."""
    before = [it for it in papers if it.step <= last.step]
    return next(it for it in rounds(before) if last in it.papers)
