"""Whom one may be in a demonstration."""

from dataclasses import dataclass
from datetime import datetime

from service.store import people
from service.store.db import reading


@dataclass(frozen=True, slots=True)
class Persona:
    """An account without a password, and what its person stands for: her role, and her organisation if she has one."""

    account_id: str
    name: str
    full_name: str
    role: str
    organisation: str | None


def of(workspace_id: str, now: datetime) -> list[Persona]:
    """The personas of a workspace, by role, then by organisation.

    An account is named by a role key, and by more behind a dot where several hold it; that role is what she is shown in.
    """
    with reading() as session:
        rows = people.personas(session, workspace_id, now)
    found: dict[str, Persona] = {}
    for account_id, name, full_name, key, label, organisation in rows:
        named_so = key is not None and f"{name}.".startswith(f"{key}.")
        if name not in found or named_so:
            found[name] = Persona(account_id, name, full_name, label or "", organisation)
    return sorted(found.values(), key=lambda it: (it.role, it.organisation or "", it.full_name))
