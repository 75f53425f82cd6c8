"""Hearings and their responses, as the journal tells of them."""

from collections.abc import Mapping
from typing import Any

from service.domain.copies.said import UNKNOWN, Copies, Either, Entry, Tell


def _opened(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    version = told.where("target_versions", case_id=entry["stream"])[-1:]
    of = None if not version else version[0][0]
    before = told.where("hearings", case_id=entry["stream"], kind=data["of"], version_id=of, closed_at=None)
    for key in before:
        told.say(entry, "hearings", *key, closed_at=entry["at"], outcome="heard again")
    told.say(
        entry,
        "hearings",
        data["hearing"],
        case_id=entry["stream"],
        version_id=of,
        target=None if of is None else told.value("target_versions", (of,), "target"),
        kind=data["of"],
        round=data["round"],
        due_on=data["due_on"],
        draft_digest=data.get("draft"),
        invited_count=data["invited"],
        opened_at=entry["at"],
        extended=False,
        closed_at=None,
        outcome=None,
        answers=0,
        objections=0,
        objection_outcome="none",
        treatments=[],
    )


def _extended(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(entry, "hearings", data["hearing"], due_on=data["due_on"], extended=True)


def _answered(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    hearing = (data["hearing"],)
    count, objections = (told.value("hearings", hearing, name) or 0 for name in ("answers", "objections"))
    told.say(entry, "hearings", *hearing, answers=count + 1, objections=objections + int(data["objection"]))
    said, cause = told.answers(entry), told.causes.get(entry["stream"])
    by_task = {} if "position" not in said or cause is None else {"task_id": cause["data"]["task"], **_said(said)}
    told.say(
        entry,
        "hearing_responses",
        data["response"],
        case_id=entry["stream"],
        hearing_id=data["hearing"],
        ordinal=count + 1,
        organisation_id=data.get("organisation"),
        objection=data["objection"],
        late=data.get("late", UNKNOWN),
        points_count=data["points"],
        received_at=told.given_at(entry),
        recorded_by=entry["actor"],
        **by_task,
    )


def _said(said: Mapping[str, Any]) -> dict[str, Any]:
    letter = Either((said.get("letter"), None))  # an erased document is named no more
    return {"position": said["position"], "points": _points(said.get("points") or []), "letter": letter}


def _points(points: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"requirement": it.get("requirement"), "point": it["point"]} for it in points]


def _closed(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(
        entry,
        "hearings",
        data["hearing"],
        closed_at=entry["at"],
        outcome=data["outcome"],
        answers=data["answers"],
        objections=data["objections"],
    )


def open_called(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    """`hearings.open` was called: who was asked, and what became of the points of the one before."""
    told.say(entry, "hearings", data["result"]["hearing"], invited=data["result"]["respondents"])
    for key in told.where("hearings", case_id=entry["stream"], outcome="heard again", closed_at=entry["at"]):
        told.say(entry, "hearings", *key, **_treated(data["parameters"]))


def close_called(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    """`hearings.close` was called: what became of each point."""
    told.say(entry, "hearings", data["parameters"]["hearing"], **_treated(data["parameters"]))


def _treated(asked: Mapping[str, Any]) -> dict[str, Any]:
    treatments = [{"requirement": None, **it} for it in asked.get("treatments") or []]
    return {"objection_outcome": asked.get("objection_outcome", "none"), "treatments": treatments}


def record_called(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    """`hearings.record` was called: what a respondent said that no task brought."""
    said = data["parameters"]["response"]
    told.say(entry, "hearing_responses", data["result"]["response"], task_id=None, **_said(said))


def count_called(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    """`hearings.count` was called: what was admitted though it came late."""
    late, answered = data["parameters"].get("late") or [], told.followed(entry, "hearing.answered")
    for it, one in zip(late, answered[len(answered) - len(late) :], strict=True):
        points = [{"requirement": None, "point": it["point"]}] if it.get("point") else []
        said = {"position": it["position"], "points": points}
        told.say(entry, "hearing_responses", one["data"]["response"], task_id=None, **_said(said))


TELLS: Mapping[str, Tell] = {
    "hearing.opened": _opened,
    "hearing.extended": _extended,
    "hearing.answered": _answered,
    "hearing.closed": _closed,
}
CALLS: Mapping[str, Tell] = {
    "hearings.open": open_called,
    "hearings.close": close_called,
    "hearings.record": record_called,
    "hearings.count": count_called,
}
