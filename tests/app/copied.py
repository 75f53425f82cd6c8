"""What pages read, held against the journal: what a test asks of it."""

from collections.abc import Mapping

from service.domain import copies as told_by
from service.domain.copies import Copies
from service.queries import copies
from service.queries.copies import Difference, Found
from service.store import cases, contents, journal
from service.store.moments import moment, session_on

DERIVED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "content": {
        "targets": ("title", "category"),
        **{name: said for name, said in contents.SAYS.items() if name != "targets"},
    },
    "text": {"target_versions": ("requirements",)},
    "target": dict.fromkeys(("target_versions", "notices", "ballots", "hearings"), ("target_id",)),
    "voters_hash": {"ballots": ("voters",)},
    "invited_count": {"hearings": ("invited",)},
    "points_count": {"hearing_responses": ("points",)},
    "letter": {},
    "candidate": {"tasks": ("candidate_organisation_id",)},
    "bytes": {},
    "size": {},
    "files": {},
    "goals": {},
    "sits": {},
    "noted_at": {},
    "decisions": {},
    "form_drawn": {"tasks": ("form",)},
    "opens": {"disclosures": ("value", "salt")},
    "value": {"disclosures": ("salt",)},
}
"""What is compared beside columns, and the columns that it is made of."""

WORKSPACE = "pogi"


def compared(workspace: str = WORKSPACE) -> Found:
    """The whole workspace."""
    with moment() as connection, session_on(connection) as session:
        return copies.of_workspace(session, workspace)


def of_case(case_id: str) -> list[Difference]:
    with moment() as connection, session_on(connection) as session:
        entries = journal.entries(session, WORKSPACE, case_id)
        return copies.of_case(session, WORKSPACE, case_id, entries).differences


def places(found: list[Difference]) -> set[tuple[str, str | None]]:
    return {(it.table, it.column) for it in found}


def told(workspace: str) -> Copies:
    """What the journal tells of, with the columns that it vouches for."""
    with moment() as connection, session_on(connection) as session:
        streams = [workspace, *cases.ids(session, workspace)]
        entries = [it for stream in streams for it in journal.entries(session, workspace, stream)]
        return told_by.take(Copies(), workspace, sorted(entries, key=lambda it: str(it["at"])))
