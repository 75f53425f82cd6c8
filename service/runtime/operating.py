"""Operations during one step: what they tell the journal, and how their rows are taken back with the step."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from service import operations
from service.domain.calendars import Calendar, CalendarEnds
from service.domain.errors import MandatError
from service.domain.facts import Fact
from service.domain.journal import By
from service.domain.sentences import ended
from service.domain.told import sentence
from service.engine import OperationFailed
from service.engine.shapes import OperationRequest
from service.runtime import opening
from service.runtime.command import Work

if TYPE_CHECKING:
    from sqlalchemy.orm import SessionTransaction


@dataclass(slots=True)
class Operating:
    """The operations of one step, called by the engine. Their rows stay only if the whole step can be made.

    The step's transaction gets a savepoint with the first call: a step without operations pays nothing for it.
    `given_at` is when what the step brings was given, where that was before.
    """

    work: Work
    by: By
    calendar: Calendar
    given_at: datetime | None = None
    told: list[Fact] = field(default_factory=list)
    _savepoint: "SessionTransaction | None" = None

    def call(self, request: OperationRequest) -> Any:
        """Run the operation that a service task asks for. A refusal becomes `OperationFailed`, hence an incident."""
        self.begin()
        place = self.place(request.case_id, request.instance_id, request.activity_id)
        try:
            return operations.call(self.work.session, place, request.name, request.parameters)
        except MandatError as error:
            raise OperationFailed(sentence(error)) from error
        except CalendarEnds as error:
            raise OperationFailed(ended(error.reason)) from error

    def begin(self) -> None:
        """Whatever is written to records from now on stands and falls with the step."""
        if self._savepoint is None:
            self._savepoint = self.work.session.begin_nested()

    def place(self, case_id: str, instance_id: str, activity_id: str) -> operations.Place:
        """The place in the diagram from which something is done."""
        return operations.Place(
            workspace_id=self.work.workspace_id,
            case_id=case_id,
            instance_id=instance_id,
            activity_id=activity_id,
            now=self.work.now,
            given_at=self.given_at,
            by=self.by,
            calendar=self.calendar,
            new_id=self.work.new_id,
            tell=self.told.append,
            open=partial(opening.value, self.work, case_id),
            seal=partial(opening.seal, self.work, case_id),
            origin="sample" if self.work.ports.demo else None,
            mails=self.work.ports.mail is not None,
            wall=self.work.ports.wall(),
            trace=self.work.trace,
        )

    def keep(self) -> None:
        """The step was made: what the operations did stays."""
        if self._savepoint is not None:
            self._savepoint.commit()

    def take_back(self) -> None:
        """The step could not be made: what the operations did is as if it had never been."""
        self.told.clear()
        if self._savepoint is not None:
            self._savepoint.rollback()
