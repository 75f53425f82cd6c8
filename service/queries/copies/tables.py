"""The tables whose rows say what the journal says too: how they are found, and what of them is compared beside columns."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from service.domain.ballots import set_hash
from service.domain.copies import Key
from service.domain.copies.said import UNKNOWN, Outside
from service.domain.disclosures import Broken, commitments, opens, revealed, spelled, value_of
from service.domain.errors import MandatError
from service.domain.measures import role
from service.engine import digest_of
from service.queries import bundled
from service.runtime.definitions import decisions_of
from service.store import contents, rows, tables
from service.store.definitions import intact
from service.store.targets import digest

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Row = dict[str, Any]
Rows = dict[Key, Row]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read so far, by table, so that a row can be told by another."""

    session: "Session"
    workspace_id: str
    rows: dict[str, Rows]
    forms: dict[tuple[str, str], dict[str, str | None] | None] = field(default_factory=dict)

    def one(self, table: str, *key: Any) -> Row:
        """A row that was read before; empty for none."""
        return self.rows.get(table, {}).get(key, {})

    def by(self, model: type[tables.Base], column: str, values: set[Any]) -> dict[Any, Row]:
        """Rows beside, by that column."""
        found = rows.where(self.session, self.workspace_id, model, column, values - {None})
        return {it[column]: it for it in found}

    def all(self, model: type[tables.Base]) -> Iterable[Row]:
        """Every row of a table beside."""
        return rows.where(self.session, self.workspace_id, model)


More = Callable[[Seen, Rows], None]
"""Puts into rows what is compared beside their columns."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `by` is the column by which the rows of a case are found, `of` the table whose keys stand there (`cases`:
    the cases themselves); without it they are found by the keys that entries name. `whole`: every row has an entry.
    `called` are the columns that tell a reader which row is meant.
    """

    model: type[tables.Base]
    key: tuple[str, ...] = ("id",)
    by: str | None = None
    of: str = "cases"
    whole: bool = True
    called: tuple[str, ...] = ()
    more: More | None = None


def _tasks(seen: Seen, found: Rows) -> None:
    """The form of a task is the one that is drawn at its element, in the version that it stands on."""
    for it in found.values():
        it["candidate"] = it["candidate_person_id"] or it["candidate_organisation_id"]
        process = seen.one("instances", it["instance_id"]).get("process_key")
        forms = _forms(seen, it["bundle_digest"], process) if process else None
        it["form_drawn"] = UNKNOWN if forms is None else forms.get(it["activity_id"]) == it["form"]


def _forms(seen: Seen, digest: str, process_key: str) -> dict[str, str | None] | None:
    """The forms of a process by their elements; None where it cannot be read, which the replay tells."""
    if (digest, process_key) not in seen.forms:
        try:
            drawn = bundled.process(seen.session, seen.workspace_id, digest, process_key)
        except MandatError:
            seen.forms[digest, process_key] = None
        else:
            forms = {it.id: it.properties.get("formJsonSchemaFilename") for it in drawn.elements}
            seen.forms[digest, process_key] = forms
    return seen.forms[digest, process_key]


def _incidents(_: Seen, found: Rows) -> None:
    """The answers that wait, and whose they are: with them the task will be completed."""
    for it in found.values():
        it["answers"], it["answered_by"] = it["move"].get("answers"), it["moved_by"]["actor"]


def _name_targets(seen: Seen, found: Rows) -> None:
    """The target that each is about; what was asked about one that nobody has registered is about none."""
    none = any(it["target_id"] is None for it in found.values())
    asked = None if none else {it["target_id"] for it in found.values()}
    listed = seen.all(tables.Target) if asked is None else seen.by(tables.Target, "id", asked).values()
    targets = {it["id"]: it["key"] for it in listed}
    for it in found.values():
        it["target"] = Outside(targets.values()) if it["target_id"] is None else targets.get(it["target_id"])


def _ballots(seen: Seen, found: Rows) -> None:
    _name_targets(seen, found)
    for it in found.values():
        it["voters_hash"] = set_hash([voter["organisation"] for voter in it["voters"]])


def _votes(seen: Seen, found: Rows) -> None:
    for it in found.values():
        ballot = seen.one("ballots", it["ballot_id"])
        voters = {voter["organisation"]: voter["name"] for voter in ballot.get("voters", ())}
        it["voter"] = voters.get(it["organisation_id"])
        it["question"], it["case_id"] = ballot.get("question"), ballot.get("case_id")
        it["secret"] = ballot.get("secret") or ballot.get("closed_at") is None


def _hearings(seen: Seen, found: Rows) -> None:
    """A name that was written by hand is sealed in the journal, and open in the row."""
    _name_targets(seen, found)
    seals = {one["seal"] for it in found.values() for one in it["invited"] if one.get("seal")}
    sealed = seen.by(tables.Disclosure, "commitment", seals)
    for it in found.values():
        it["invited_count"] = len(it["invited"])
        it["invited"] = [_asked(one, sealed.get(one.get("seal", ""))) for one in it["invited"]]


def _asked(one: Mapping[str, Any], opens_to: Row | None) -> dict[str, Any]:
    """Somebody who was asked, as the journal has her; with the name of the row where that is not what was sealed."""
    forged = opens_to is not None and json.loads(opens_to["value"]) != one["name"]
    name = {"sealed": one["seal"]} if one.get("seal") and not forged else one["name"]
    return {"organisation": one["organisation"], "name": name}


def _responses(seen: Seen, found: Rows) -> None:
    for it in found.values():
        hearing = seen.one("hearings", it["hearing_id"])
        it["points_count"], it["letter"] = len(it["points"]), it["document_id"]
        it["case_id"], it["hearing"] = hearing.get("case_id"), hearing.get("kind")


def _documents(seen: Seen, found: Rows) -> None:
    blobs = seen.by(tables.Blob, "digest", {it["digest"] for it in found.values()})
    for it in found.values():
        blob = blobs.get(it["digest"])
        it["size"] = None if blob is None else blob["size"]
        it["bytes"] = None if blob is None else _sha256(blob["content"])


def _sha256(packed: bytes) -> str | None:
    content = intact(packed)
    return None if content is None else hashlib.sha256(content).hexdigest()


def _disclosures(_: Seen, found: Rows) -> None:
    for it in found.values():
        it["opens"] = opens(it["commitment"], it.pop("salt"), it.pop("value"))


def _targets(seen: Seen, found: Rows) -> None:
    ids, at = {it["id"] for it in found.values()}, (seen.session, seen.workspace_id)
    first = [
        {it["target_id"]: it for it in rows.where(*at, model, "target_id", ids) if it["ordinal"] == 1}
        for model in (tables.TargetVersion, tables.Notice)
    ]
    for it in found.values():
        more = zip(("target_versions", "notices"), first, strict=True)
        beside = [(table, them[it["id"]]) for table, them in more if it["id"] in them]
        it["content"] = contents.digest(("targets", it), *beside)
        noted = first[1].get(it["id"], {})
        it["noted_at"] = noted.get("given_at") if noted.get("kind") == KNOWN else None


def _versions(seen: Seen, found: Rows) -> None:
    """The words of a draft are sealed until it is published; once one is erased, nothing vouches for the rest."""
    targets = seen.by(tables.Target, "id", {it["target_id"] for it in found.values()})
    sealed = seen.by(tables.Disclosure, "commitment", set(commitments([it["requirements"] for it in found.values()])))
    opened = {key: value_of(key, it["salt"], it["value"]) for key, it in sealed.items()}
    broken = {key: it for key, it in opened.items() if isinstance(it, Broken)}
    opened = {key: it for key, it in opened.items() if key not in broken}
    for it in found.values():
        it["target"] = targets.get(it["target_id"], {}).get("key")
        whole = sealed.keys() >= set(commitments(it["requirements"]))
        it["text"] = digest(spelled(revealed(it["requirements"], opened, broken))) if whole else UNKNOWN
        it["content"] = contents.digest(("target_versions", it))


def _notices(seen: Seen, found: Rows) -> None:
    targets = seen.by(tables.Target, "id", {it["target_id"] for it in found.values()})
    for it in found.values():
        it["target"] = targets.get(it["target_id"], {}).get("key")
        it["content"] = contents.digest(("notices", it))


def _measures(_: Seen, found: Rows) -> None:
    for it in found.values():
        it["content"] = contents.digest(("measures", it))
        it["responsible"] = role(it["responsible"])


def _reports(_: Seen, found: Rows) -> None:
    for it in found.values():
        it["content"] = contents.digest(("measure_reports", it))


def _strategies(seen: Seen, found: Rows) -> None:
    goals = sorted(rows.where(seen.session, seen.workspace_id, tables.Goal), key=lambda it: it["number"])
    for it in found.values():
        mine = [("goals", goal) for goal in goals if goal["strategy_id"] == it["id"]]
        it["goals"] = len(mine)
        it["content"] = contents.digest(("strategies", it), *mine)


KNOWN = "known dates"
"""The kind of notice with which a target is registered."""

SITS = ("lead", "votes", "valid_from", "valid_to", "end_reason")
"""What is told of a seat in a working group."""


def _bodies(seen: Seen, found: Rows) -> None:
    """The seats of working groups are told of with these."""
    seats = list(rows.where(seen.session, seen.workspace_id, tables.Seat, "body_id", {key for (key,) in found}))
    for it in found.values():
        mine = [seat for seat in seats if seat["body_id"] == it["id"]]
        it["sits"] = {seat["organisation_id"]: {name: seat[name] for name in SITS} for seat in mine}
        if len(it["sits"]) < len(mine):
            it["sits"] = None  # one sits there twice


def _bundles(seen: Seen, found: Rows) -> None:
    index: dict[str, dict[str, str]] = {}
    for row in rows.where(seen.session, seen.workspace_id, tables.Decision):
        index.setdefault(row["bundle_digest"], {})[row["decision_key"]] = row["file"]
    files: dict[str, dict[str, bytes]] = {}
    for file in rows.where(seen.session, seen.workspace_id, tables.BundleFile):
        files.setdefault(file["bundle_digest"], {})[file["name"]] = intact(file["content"]) or b""
    for it in found.values():
        mine = files.get(it["digest"], {})
        it["files"] = digest_of(mine)
        try:
            it["decisions"] = decisions_of(mine) == index.get(it["digest"], {})
        except MandatError:
            it["decisions"] = UNKNOWN  # this version does not read them


OF_CASES: Mapping[str, Table] = {
    "cases": Table(tables.Case, by="id", called=("business_key",)),
    "instances": Table(tables.Instance, by="case_id", called=("process_key",)),
    "tasks": Table(tables.Task, by="instance_id", of="instances", called=("name",), more=_tasks),
    "timers": Table(tables.Timer, by="instance_id", of="instances", called=("activity_id",)),
    "incidents": Table(tables.Incident, called=("activity_id",), more=_incidents),
    "ballots": Table(tables.Ballot, by="case_id", called=("kind", "question"), more=_ballots),
    "votes": Table(
        tables.Vote,
        ("ballot_id", "organisation_id"),
        "ballot_id",
        "ballots",
        called=("question", "voter"),
        more=_votes,
    ),
    "hearings": Table(tables.Hearing, by="case_id", called=("kind", "round"), more=_hearings),
    "hearing_responses": Table(
        tables.HearingResponse, by="hearing_id", of="hearings", called=("hearing", "ordinal"), more=_responses
    ),
    "documents": Table(tables.Document, by="case_id", called=("name",), more=_documents),
    "decisions_made": Table(tables.DecisionMade, ("case_id", "seq"), "case_id", called=("kind", "seq")),
    "disclosures": Table(tables.Disclosure, ("commitment",), called=("pointer",), more=_disclosures),
}
"""What the journal of one case tells of. A table stands behind those that it is found by."""

SHARED: Mapping[str, Table] = {
    "targets": Table(tables.Target, ("key",), called=("key",), more=_targets),
    "target_versions": Table(tables.TargetVersion, by="case_id", called=("target", "ordinal"), more=_versions),
    "notices": Table(tables.Notice, whole=False, called=("target", "ordinal"), more=_notices),
    "strategies": Table(tables.Strategy, called=("title",), more=_strategies),
    "measures": Table(tables.Measure, called=("number",), more=_measures),
    "measure_reports": Table(tables.MeasureReport, called=("ordinal",), more=_reports),
    "organisations": Table(tables.Organisation, called=("name",)),
    "bodies": Table(tables.Body, called=("name",), more=_bodies),
    "seats": Table(tables.Seat, whole=False),
}
"""What the journals of several cases, and of the workspace, tell of together."""

OF_WORKSPACES: Mapping[str, Table] = {
    "deployments": Table(tables.Deployment, called=("bundle_key", "number")),
    "proposed_deployments": Table(tables.ProposedDeployment, called=("bundle_key",)),
    "bundles": Table(tables.Bundle, ("digest",), whole=False, called=("key",), more=_bundles),
    "in_force": Table(tables.InForce, ("process_key",), called=("process_key",)),
    "settings": Table(tables.Setting, ("key", "version"), called=("key", "version")),
    "roles": Table(tables.Role, ("key",), whole=False, called=("key",)),
    "role_holdings": Table(tables.RoleHolding, called=("role_key",)),
    "memberships": Table(tables.Membership),
    "representatives": Table(tables.Representative),
    "documents": Table(tables.Document, called=("name",), more=_documents),
    "erasures": Table(tables.Erasure),
    "disclosures": Table(tables.Disclosure, ("commitment",), whole=False, called=("pointer",), more=_disclosures),
}
"""What the journal of a workspace tells of. Documents of cases are told of there."""

APART: Mapping[str, str] = dict.fromkeys(
    ("journal_entries", "logs", "log_tiles", "log_checkpoints", "log_keys"), "the record itself: computed anew"
) | {
    "workspaces": "where a stream ends, which is computed anew; a name",
    "installation": "where a stream ends, which is computed anew",
    "blobs": "the bytes of documents, which are compared with these",
    "bundle_files": "the files of bundles, which are compared with these",
    "definitions": "made anew from the files of the bundle with each replay",
    "decisions": "an index of the files of bundles, and compared with these",
    "goals": "what a strategy says, and compared with it",
    "people": "names and languages, which no entry holds, so that they can be erased",
    "accounts": "who signs in, and names; nothing that was decided",
    "tokens": "keys, which no entry holds",
    "sign_in_sessions": "who is at work",
    "sign_in_tries": "who is at work",
    "drafts": "what nobody has said yet",
    "enclosures": "what nobody has said yet",
    "receipts": "answers that are kept for whoever asks again",
    "reply_links": "a way in; what came by it is an answer of its task",
    "awaited_events": "made anew from the state, which each replay compares",
    "messages": "on their way; what a case took of one is in its journal",
    "message_addresses": "on their way",
    "outbox": "on its way to somebody outside",
    "outbox_receivers": "who is called just now, and who keeps silent",
    "mailboxes": "addresses, which no entry holds",
    "webhooks": "addresses, which no entry holds",
    "witnesses": "addresses, which no entry holds",
    "replays": "what replays came to: made anew each night",
    "replay_nights": "what replays came to: made anew each night",
}
"""The tables that are not compared, each with its reason."""
