"""What of a list somebody may see, as conditions of a statement."""

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from service.domain.cases import Sight


def within(case_id: InstrumentedAttribute[str], sight: Sight) -> list[ColumnElement[bool]]:
    """That the case of a row is in sight; no condition where every case is."""
    found: list[ColumnElement[bool]] = [] if sight.among is None else [case_id.in_(sight.among)]
    return [*found, case_id.not_in(sight.but)] if sight.but else found
