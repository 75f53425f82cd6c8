"""What settings say at a moment: the last change that counts, else the default."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.domain import settings as rules
from service.domain.errors import RowUnreadable
from service.domain.record_errors import SettingRefused
from service.domain.settings import Value
from service.domain.unreadable import Cell, meet, refused, unreadable
from service.store.tables import Setting


def values(session: Session, workspace_id: str, keys: Iterable[str], now: datetime) -> dict[str, Value]:
    """Those settings at `now`, by key, by one statement. Raises `SettingUnknown`."""
    found = {key: rules.default(rules.definition(workspace_id, key)) for key in keys}
    statement = (
        select(Setting)
        .where(Setting.workspace_id == workspace_id, Setting.key.in_(found), Setting.valid_from <= now)
        .order_by(Setting.key, Setting.valid_from, Setting.version)
    )
    for row in session.scalars(statement):
        if _reads(workspace_id, row):
            found[row.key] = Value(row.key, row.version, row.value, row.origin, row.reference)  # type: ignore[arg-type]  # as it was checked when written
    return found


def _reads(workspace_id: str, row: Setting) -> bool:
    """Whether a change says what the setting can be: one that does not is none of ours, and who is about to decide by it
    gets `RowUnreadable`."""
    try:
        rules.check(rules.definition(workspace_id, row.key), row.value)
    except SettingRefused:
        if refused():
            raise RowUnreadable(table="settings", column="value") from None
        if not unreadable(row.value):
            meet(Cell("settings", "value", row.value))
        return False
    return True


def history(session: Session, workspace_id: str, key: str) -> Sequence[Setting]:
    """Every change of a setting, the oldest first."""
    statement = select(Setting).where(Setting.workspace_id == workspace_id, Setting.key == key)
    return session.scalars(statement.order_by(Setting.version)).all()


def newest(session: Session, workspace_id: str, key: str) -> int:
    """The number of the last change of a setting; 0: there is none."""
    statement = select(func.max(Setting.version)).where(Setting.workspace_id == workspace_id, Setting.key == key)
    return session.scalar(statement) or 0
