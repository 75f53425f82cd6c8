"""The course of one case: its steps, what of them the reader may see, and how it stood after each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.errors import CaseNotFound
from service.domain.record_errors import StepNotFound
from service.engine.model import Process
from service.queries.timeline.book import Book
from service.queries.timeline.stages import Stage
from service.queries.timeline.steps import Step, steps_of
from service.queries.withheld import Veil
from service.runtime import definitions
from service.store import cases, journal
from service.store.tables import Case

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Course:
    """A case for one reader. `steps` are as they were written, `told` as she may see them; the numbers are the same."""

    session: "Session"
    actor: Actor
    case: Case
    language: str
    entries: Sequence[Mapping[str, Any]]
    steps: Sequence[Step]
    told: Sequence[Step]
    veil: Veil

    @classmethod
    def of(cls, session: "Session", actor: Actor, case_id: str, language: str) -> "Course":
        """The course of a case that the actor may read. Raises `CaseNotFound`."""
        case = cases.case(session, actor.workspace_id, case_id)
        if case is None or not may_read(actor, case_id):
            raise CaseNotFound
        entries, veil = journal.entries(session, *case.stream), Veil(session, actor, case)
        steps = steps_of(entries)
        if not steps:
            raise CaseNotFound
        return cls(session, actor, case, language, entries, steps, steps_of(veil.entries(entries)), veil)

    def number(self, at: int | None) -> int:
        """The number of a step that there is: `at`, the last one without it. Raises `StepNotFound`."""
        if at is not None and not 1 <= at <= len(self.steps):
            raise StepNotFound(step=at, count=len(self.steps))
        return len(self.steps) if at is None else at

    def stage(self, number: int) -> Stage:
        """How the case stood after its step of that number."""
        return Stage(self._drawn).after(self.steps[:number])

    def book(self, stage: Stage) -> Book:
        """What a stage refers to, in the reader's language."""
        return Book(self.session, self.actor.workspace_id, self.language, stage)

    def last_entry(self, number: int) -> int:
        """The number of the last entry of a step."""
        step = self.steps[number - 1]
        seq: int = (step.follow[-1] if step.follow else step.cause)["seq"]
        return seq

    def _drawn(self, digest: str, process_key: str) -> Process:
        return definitions.drawn(definitions.by_digest(self.session, self.actor.workspace_id, digest, process_key))
