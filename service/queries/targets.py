"""The register of targets: what anybody may read, and what those at work on them see."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from service.domain import targets as rules
from service.domain.actors import Actor
from service.domain.cases import may_read, readable
from service.domain.record_errors import TargetNotFound
from service.runtime.views import when
from service.store import targets as store
from service.store import workspaces
from service.store.db import reading
from service.store.tables import Notice, Target, TargetVersion


def register(workspace_id: str | None = None) -> list[dict[str, Any]]:
    """Every published target of a workspace, or of all: anybody may read it (P11)."""
    with reading() as session:
        found = []
        for key in [workspace_id] if workspace_id else workspaces.names(session):
            versions = store.all_versions(session, key)
            for target in store.every(session, key):
                published = store.published(versions.get(target.id, []))
                if published:
                    found.append(_shown(target, versions[target.id]) | _version(target, published[-1]))
        return found


def target(workspace_id: str, key: str) -> dict[str, Any]:
    """A published target with all its published versions and the notices on it. Raises `TargetNotFound`."""
    with reading() as session:
        row, versions = _published(session, workspace_id, key)
        return _shown(row, store.versions(session, workspace_id, row.id)) | {
            "versions": [_version(row, version) for version in versions],
            "notices": [_notice(notice) for notice in store.notices(session, workspace_id, row.id)],
        }


def version(workspace_id: str, key: str, number: int) -> dict[str, Any]:
    """One published version: its requirements, what they do, and what changed since the one that it took the place of.

    `changes` is None where it took no place, or that of one whose text is not kept here. Its address never changes.
    Raises `TargetNotFound`.
    """
    with reading() as session:
        row, versions = _published(session, workspace_id, key)
        found = next((it for it in versions if it.number == number), None)
        if found is None:
            raise TargetNotFound(key=f"{key} v{number}")
        before = next((it for it in versions if it.number == found.supersedes), None)
        later = next((it.number for it in versions if it.supersedes == number), None)
        return (
            _shown(row, versions)
            | _version(row, found)
            | {
                "requirements": found.requirements,
                "environmental_effect": found.environmental_effect,
                "supply_effect": found.supply_effect,
                "change_note": found.change_note,
                "changes": rules.changes(before.requirements, found.requirements)
                if before is not None and before.requirements
                else None,
                "superseded_by": later,
            }
        )


def made_in(actor: Actor, key: str, number: int) -> str | None:
    """The case in which a published version was made; None where none was, and where the actor may not read it."""
    with reading() as session:
        _, versions = _published(session, actor.workspace_id, key)
        found = next((it.case_id for it in versions if it.number == number), None)
        return found if found is not None and may_read(actor, found) else None


def at_work(actor: Actor) -> list[dict[str, Any]]:
    """Every target of the actor's workspace, those in the making too, each with its versions; what is made in a case that is
    closed to her is not there before it is published."""
    with reading() as session:
        every = store.all_versions(session, actor.workspace_id)
        barred = readable(actor).but
        versions = {
            key: [it for it in found if it.published_at is not None or it.case_id not in barred]
            for key, found in every.items()
        }
        return [
            _shown(row, versions.get(row.id, []))
            | {
                "blocked_until": _day(row.blocked_until),
                "versions": [
                    _version(row, it) | {"id": it.id, "case_id": it.case_id} for it in versions.get(row.id, [])
                ],
            }
            for row in store.every(session, actor.workspace_id)
            if versions.get(row.id) or row.id not in every
        ]


def _published(session: Any, workspace_id: str, key: str) -> tuple[Target, list[TargetVersion]]:
    row = store.target(session, workspace_id, key)
    versions = [] if row is None else store.published(store.versions(session, workspace_id, row.id))
    if row is None or not versions:
        raise TargetNotFound(key=key)
    return row, versions


def _shown(row: Target, versions: Sequence[TargetVersion]) -> dict[str, Any]:
    return {
        "workspace": row.workspace_id,
        "key": row.key,
        "title": row.title,
        "category": row.category,
        "cpv": row.cpv,
        "status": rules.shown([it.status for it in versions]) if versions else None,
        "merged_into": row.merged_into,
        "origin": row.origin,
        "origin_ref": row.origin_ref,
        "sample": row.origin == "sample",
    }


def _version(row: Target, it: TargetVersion) -> dict[str, Any]:
    return {
        "version": it.number,
        "kind": None if _from_elsewhere(row, it) else it.kind,
        "version_status": it.status,
        "digest": it.digest,
        "adopted_at": when(it.adopted_at),
        "published_at": None if _from_elsewhere(row, it) else when(it.published_at),
        "valid_from": _day(it.valid_on),
        "expires_on": _day(it.expires_on),
        "review_on": _day(it.review_on) if it.status in rules.LIVE else None,
        "supersedes": it.supersedes,
        "address": None if it.number is None else f"/{row.workspace_id}/maal/{row.key}/v{it.number}",
    }


def _from_elsewhere(row: Target, it: TargetVersion) -> bool:
    """Whether the version was published elsewhere: how it came about is not known here, and the day on which we took it into
    the register is not that day."""
    return row.origin == "public" and not it.requirements


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "kind": notice.kind,
        "text": notice.text,
        "version": notice.version_number,
        "given_at": when(notice.given_at),
        "expires_on": _day(notice.expires_on),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
