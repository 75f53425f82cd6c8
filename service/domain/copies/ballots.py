"""Ballots and votes, as the journal tells of them."""

from collections.abc import Iterator, Mapping
from typing import Any

from service.domain.ballots import COUNTS
from service.domain.copies.said import Copies, Entry, Tell

SECRET = "sg.ballot_secret"


def votes_in(entries: list[Entry]) -> Iterator[tuple[str, str, str]]:
    """The votes that the entries of one step tell of: ballot, organisation, and what it voted.

    It stands in the answers of the task that was completed, or in the parameters of the operation that recorded it.
    """
    cause = entries[0]
    answered = cause["data"].get("answers", {}).get("vote") if cause["kind"] == "task.completed" else None
    found = {
        (it["data"]["ballot"], it["data"]["organisation"]): answered for it in entries if it["kind"] == "vote.cast"
    }
    for it in entries:
        if it["kind"] == "operation.called" and it["data"]["operation"] == "ballots.record":
            asked = it["data"]["parameters"]
            found[asked["ballot"], asked["organisation"]] = asked["vote"]
    yield from ((ballot, organisation, vote) for (ballot, organisation), vote in found.items() if vote is not None)


def _opened(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    unset = dict.fromkeys(("closed_at", "outcome", "result", "amendment", "tally"))
    told.say(
        entry,
        "ballots",
        data["ballot"],
        case_id=entry["stream"],
        kind=data["of"],
        question=data["question"],
        item_digest=data.get("item"),
        eligible_hash=data["eligible_hash"],
        voters_hash=data["eligible_hash"],
        rules=data.get("rules", {}),
        opened_at=entry["at"],
        **unset,
    )


def _cast(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    choice, cause = told.answers(entry).get("vote"), told.causes.get(entry["stream"])
    known = {} if choice is None or cause is None else {"choice": choice, "task_id": cause["data"]["task"]}
    told.say(
        entry,
        "votes",
        data["ballot"],
        data["organisation"],
        case_id=entry["stream"],
        cast_at=told.given_at(entry),
        **known,
    )


def _closed(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(
        entry,
        "ballots",
        data["ballot"],
        closed_at=entry["at"],
        outcome=data["outcome"],
        result=data["result"],
        amendment=data.get("amendment"),
        tally={name: data[name] for name in COUNTS},
    )


def open_called(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    """`ballots.open` was called: who may vote, by name, and what else was asked of the ballot."""
    ballot, asked = data["result"]["ballot"], data["parameters"]
    rule = told.value("ballots", (ballot,), "rules")
    said = (rule or {}).get(SECRET, {}).get("value")
    secret = said == "always" or (said == "on-request" and bool(asked.get("secret")))
    told.say(
        entry,
        "ballots",
        ballot,
        voters=data["result"]["voters"],
        secret=secret,
        meeting_on=asked.get("meeting_on"),
        target=asked.get("target"),
    )


def record_called(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    """`ballots.record` was called: what an organisation voted, where no task of its own did."""
    asked = data["parameters"]
    told.say(entry, "votes", asked["ballot"], asked["organisation"], choice=asked["vote"], task_id=None)


def close_called(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    """`ballots.close` was called: how many had met, where that was said."""
    asked = data["parameters"]
    tally = told.value("ballots", (asked["ballot"],), "tally")
    if asked.get("present") is not None and tally is not None:
        told.say(entry, "ballots", asked["ballot"], tally={**tally, "present": asked["present"]})


TELLS: Mapping[str, Tell] = {"ballot.opened": _opened, "vote.cast": _cast, "ballot.closed": _closed}
CALLS: Mapping[str, Tell] = {
    "ballots.open": open_called,
    "ballots.record": record_called,
    "ballots.close": close_called,
}
