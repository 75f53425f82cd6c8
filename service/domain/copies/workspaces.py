"""What a workspace's own journal tells of: versions in force, settings, roles, members, documents, erasures."""

from collections.abc import Mapping
from typing import Any

from service.domain.copies.said import UNKNOWN, Copies, Entry, Tell


def _proposed(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(
        entry,
        "proposed_deployments",
        data["deployment"],
        bundle_key=data["key"],
        bundle_digest=data["bundle"],
        proposed_by=entry["actor"],
        proposed_at=entry["at"],
    )


def _withdrawn(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.remove(entry, "proposed_deployments", data["deployment"])


def _deployed(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    """A bundle is in force: its processes with it, and those that it no longer has are not."""
    told.remove(entry, "proposed_deployments", data["deployment"])
    author = data.get("author")
    told.say(
        entry,
        "deployments",
        data["deployment"],
        bundle_key=data["key"],
        bundle_digest=data["bundle"],
        number=data["number"],
        deployed_by=author or entry["actor"],
        approved_by=entry["actor"] if author else None,
        deployed_at=entry["at"],
    )
    told.say(entry, "bundles", data["bundle"], key=data["key"], files=data["bundle"], decisions=True)
    for key in told.where("in_force", bundle_key=data["key"]):
        told.remove(entry, "in_force", *key)
    for process in data.get("processes", ()):
        told.say(
            entry,
            "in_force",
            process,
            bundle_digest=data["bundle"],
            bundle_key=data["key"],
            version=data["number"],
            deployed_at=entry["at"],
        )


def _setting(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    said = {name: data.get(name) for name in ("value", "reference", "valid_from")}
    told.say(
        entry,
        "settings",
        data["setting"],
        data["version"],
        changed_by=entry["actor"],
        changed_at=entry["at"],
        **said,
    )


def _role(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(entry, "roles", data["role"], label=data["label"])


def _granted(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(
        entry,
        "role_holdings",
        data["holding"],
        person_id=data["person"],
        role_key=data["role"],
        case_id=data.get("case"),
        valid_from=data["valid_from"],
        valid_to=data.get("valid_to"),
        end_reason=None,
    )


def _role_ended(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(entry, "role_holdings", data["holding"], valid_to=data["valid_to"], end_reason=data.get("reason"))


def _organisation(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(entry, "organisations", data["organisation"], kind=data["of"])


def _member(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(
        entry,
        "memberships",
        data["membership"],
        organisation_id=data["organisation"],
        valid_from=data["valid_from"],
        valid_to=None,
        end_reason=None,
    )


def _represents(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(
        entry,
        "representatives",
        data["representative"],
        person_id=data["person"],
        organisation_id=data["organisation"],
        valid_from=data["valid_from"],
        valid_to=None,
        end_reason=None,
    )


def _body(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    """One that has a target is the working group of a case, and takes the place of the one before it."""
    body, group = data["body"], {}
    if "target" in data:
        for key in told.where("bodies", case_id=entry["stream"], kind=data["of"], dissolved_at=None):
            told.say(entry, "bodies", *key, dissolved_at=entry["at"])
        lead = data.get("lead")
        seats = sorted(data.get("seats", ()))
        began = {"valid_from": entry["at"], "valid_to": None, "end_reason": None, "votes": True}
        sits = {seat: began | {"lead": seat == lead} for seat in seats}
        group = {"case_id": entry["stream"], "sits": sits}
    told.say(entry, "bodies", body, kind=data["of"], established_at=entry["at"], dissolved_at=None, **group)


def _seated(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(
        entry,
        "seats",
        data["seat"],
        body_id=data["body"],
        organisation_id=data["organisation"],
        votes=data["votes"],
        valid_from=entry["at"],
        valid_to=None,
        end_reason=None,
    )


def _ended(table: str, named: str) -> Tell:
    """What has its end: until when, and why."""

    def tell(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
        told.say(entry, table, data[named], valid_to=data["valid_to"], end_reason=data["reason"])

    return tell


def _document(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(
        entry,
        "documents",
        data["document"],
        digest=data["digest"],
        size=data["size"],
        bytes=data["digest"],
        case_id=entry["stream"] if entry["stream"] != told.workspace_id else None,
        added_at=entry["at"],
        added_by=data.get("by", UNKNOWN),
        media_type=data.get("media_type", UNKNOWN),
    )


def _asked(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(
        entry,
        "erasures",
        data["erasure"],
        basis=data["basis"],
        reason=data["reason"]["sealed"],
        state="waiting",
        requested_by=entry["actor"],
        requested_at=entry["at"],
        decided_by=None,
        decided_at=None,
    )


def _refused(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(entry, "erasures", data["erasure"], state="refused", decided_by=entry["actor"], decided_at=entry["at"])


def _erased(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    again = entry["kind"] == "erasure.repeated"
    told.say(
        entry,
        "erasures",
        data["erasure"],
        basis=data["basis"],
        state="done",
        requested_by=data["requested_by"],
        decided_by=data["approved_by"] if again else entry["actor"],
        decided_at=data["at"] if again else entry["at"],
    )
    for document in data.get("documents", ()):
        told.remove(entry, "documents", document)


def _opened_gone(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    for commitment in data["commitments"]:
        told.remove(entry, "disclosures", commitment)


TELLS: Mapping[str, Tell] = {
    "deployment.proposed": _proposed,
    "deployment.withdrawn": _withdrawn,
    "bundle.deployed": _deployed,
    "setting.changed": _setting,
    "role.added": _role,
    "role.granted": _granted,
    "role.ended": _role_ended,
    "organisation.registered": _organisation,
    "membership.begun": _member,
    "membership.ended": _ended("memberships", "membership"),
    "representative.named": _represents,
    "representative.ended": _ended("representatives", "representative"),
    "body.established": _body,
    "seat.taken": _seated,
    "seat.ended": _ended("seats", "seat"),
    "document.added": _document,
    "erasure.requested": _asked,
    "erasure.refused": _refused,
    "erasure.done": _erased,
    "erasure.repeated": _erased,
    "disclosures.erased": _opened_gone,
}
