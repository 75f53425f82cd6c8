"""Targets, their versions and notices, as the journals of several cases tell of them.

A version is begun by one case and may be replaced, or looked at again, by another.
"""

from collections.abc import Mapping
from typing import Any

from service.domain.copies.said import UNKNOWN, Copies, Either, Entry, Tell
from service.domain.targets import LIVE, came_as

BEGINS = Either(("proposed", "drafting", "on agenda"))
"""The statuses with which a version may begin: its first entry does not say."""


def _registered(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(
        entry,
        "targets",
        data["target"],
        content=data.get("content", UNKNOWN),
        merged_into=None,
        proposed_at=entry["at"],
        noted_at=Either((entry["at"], None)),
    )
    if "version" in data:
        told.say(
            entry,
            "target_versions",
            data["version"],
            case_id=None,
            target=data["target"],
            kind=Either(("new", came_as(data["status"]))),
            number=data.get("number"),
            status=data["status"],
            status_at=entry["at"],
            opened_at=entry["at"],
            digest=None,
            text=None,
            supersedes=None,
            review_on=None,
        )


def _proposed(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(
        entry,
        "target_versions",
        data["version"],
        case_id=entry["stream"],
        target=data["target"],
        kind=data["of"],
        status=BEGINS,
        status_at=entry["at"],
        opened_at=entry["at"],
        number=None,
        adopted_at=None,
        published_at=None,
        valid_on=None,
        review_on=None,
        supersedes=None,
    )
    if data["of"] == "new":
        told.say(entry, "targets", data["target"], merged_into=None, proposed_at=entry["at"])


def _moved(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(entry, "target_versions", data["version"], status=data["after"], status_at=entry["at"])
    if data["after"] == "withdrawn":
        told.say(entry, "target_versions", data["version"], number=None)


def _drafted(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(entry, "target_versions", data["version"], digest=data["digest"], text=data["digest"])


def _adopted(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(
        entry,
        "target_versions",
        data["version"],
        number=data["number"],
        digest=data["digest"],
        text=data["digest"],
        adopted_at=entry["at"],
    )


def _published(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(
        entry,
        "target_versions",
        data["version"],
        number=data["number"],
        digest=data["digest"],
        text=data["digest"],
        supersedes=data.get("supersedes"),
        valid_on=data["valid_from"],
        published_at=entry["at"],
        content=data.get("content", UNKNOWN),
    )


def _noticed(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(
        entry,
        "notices",
        data["notice"],
        target=data["target"],
        kind=data["of"],
        given_at=entry["at"],
        content=data.get("content", UNKNOWN),
    )


def _propose_called(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    """What is proposed as new is called so, and again what is put right before it is drafted."""
    asked, target = data["parameters"], data["result"]["target"]
    if asked.get("kind", "new") == "new":
        said = {name: asked.get(name) for name in ("title", "category", "cpv")}
        told.say(entry, "targets", target, **said)


def _merge_called(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    asked = data["parameters"]
    told.say(entry, "targets", asked["target"], merged_into=asked.get("into") or asked.get("merged_into") or None)


def _correct_called(told: Copies, entry: Entry, _: Mapping[str, Any]) -> None:
    """The corrected version is as old as the one whose place it took."""
    begun, ended = told.followed(entry, "target.adopted"), told.followed(entry, "target.status_changed")
    taken = [it["data"]["version"] for it in ended if it["data"]["after"] == "withdrawn"]
    if begun and taken:
        since = told.value("target_versions", (taken[-1],), "adopted_at")
        told.say(entry, "target_versions", begun[-1]["data"]["version"], adopted_at=since)


def _publish_called(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    for it in told.followed(entry, "target.published"):
        told.say(entry, "target_versions", it["data"]["version"], review_on=data["result"].get("review_on"))


def _review_called(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    """A day of review is that of the version that is in force by then."""
    target = data["parameters"]["target"]
    rows = [
        key
        for key in told.where("target_versions", target=target)
        if told.value("target_versions", key, "status") in LIVE
    ]
    for key in rows[-1:]:
        told.say(entry, "target_versions", *key, review_on=data["result"]["due_on"])


TELLS: Mapping[str, Tell] = {
    "target.registered": _registered,
    "target.proposed": _proposed,
    "target.status_changed": _moved,
    "target.drafted": _drafted,
    "target.adopted": _adopted,
    "target.published": _published,
    "notice.given": _noticed,
}
CALLS: Mapping[str, Tell] = {
    "targets.propose": _propose_called,
    "targets.merge": _merge_called,
    "targets.retire": _merge_called,
    "targets.correct": _correct_called,
    "targets.publish": _publish_called,
    "targets.schedule_review": _review_called,
}
