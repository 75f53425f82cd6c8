"""Changing the rules that are settings."""

from datetime import datetime
from typing import Any

from service.domain import record_facts as facts
from service.domain import settings as rules
from service.domain.journal import instant
from service.domain.record_errors import SettingRefused
from service.runtime.command import Answer, Work, command
from service.runtime.workspaces import owner
from service.store import settings as store
from service.store.tables import Setting


@command
def change(work: Work, key: str, value: Any, reference: str, valid_from: datetime | None = None) -> Answer:
    """Let a setting say `value` from now, or from `valid_from` on; what was decided under the old one keeps it.

    `reference` names the rule or the decision that says so: without one nobody could look it up. Raises
    `SettingUnknown`, `SettingRefused`.
    """
    work.actor.must_administer()
    workspace = owner(work)
    rules.check(rules.definition(work.workspace_id, key), value)
    if not reference.strip():
        raise SettingRefused(key=key, reason="the rule or decision that says so is missing")
    row = Setting(
        workspace_id=work.workspace_id,
        key=key,
        version=store.newest(work.session, work.workspace_id, key) + 1,
        value=value,
        origin="sample" if work.ports.demo else "workspace",
        reference=reference,
        valid_from=valid_from or work.now,
        changed_by=work.actor.by().actor,
        changed_at=work.now,
    )
    work.session.add(row)
    changed = facts.SettingChanged(
        setting=key, version=row.version, value=value, reference=reference, valid_from=instant(row.valid_from)
    )
    work.record(workspace, [changed])
    return {"key": key, "version": row.version, "value": value}
