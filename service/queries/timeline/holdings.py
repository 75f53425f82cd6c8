"""What people had in hand at a moment: their tasks, the ballots that they were asked in, the documents before them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from service.queries.ballots import counted
from service.queries.timeline.book import Book
from service.queries.timeline.course import Course
from service.queries.timeline.steps import Step
from service.store import ballots
from service.store.tables import Ballot

Data = Mapping[str, Any]


@dataclass(slots=True)
class Holdings:
    """What the entries up to a moment tell of it. By id: who has taken a task, the step in which a ballot was opened, who
    has voted in it, how it was closed, and in which step a document came; by target the digest of its draft."""

    takers: dict[str, str] = field(default_factory=dict)
    opened: dict[str, int] = field(default_factory=dict)
    voted: dict[str, set[str]] = field(default_factory=dict)
    closed: dict[str, Data] = field(default_factory=dict)
    documents: dict[str, tuple[int, str, Data]] = field(default_factory=dict)
    drafts: dict[str, tuple[int, str]] = field(default_factory=dict)

    def after(self, steps: Iterable[Step]) -> "Holdings":
        """The same, when these steps have happened too."""
        for step in steps:
            for entry in (step.cause, *step.follow):
                self._take(step.number, entry)
        return self

    def _take(self, number: int, entry: Data) -> None:
        data = entry["data"]
        match entry["kind"]:
            case "task.claimed":
                self.takers[data["task"]] = entry["actor"]
            case "task.assigned":
                self.takers[data["task"]] = data["person"]
            case "task.released":
                self.takers.pop(data["task"], None)
            case "ballot.opened":
                self.opened[data["ballot"]] = number
            case "vote.cast":
                self.voted.setdefault(data["ballot"], set()).add(data["organisation"])
            case "ballot.closed":
                self.closed[data["ballot"]] = data
            case "document.added":
                self.documents[data["document"]] = (number, entry["at"], data)
            case "target.drafted" | "target.adopted":
                self.drafts[data["target"]] = (number, data["digest"])


def told(course: Course, book: Book, held: Holdings) -> dict[str, Any]:
    """All of it for the reader: `tasks` that waited, `ballots` up to then, `documents` and `drafts` as they stood."""
    return {
        "tasks": tasks(book, held),
        "ballots": [_ballot(book, held, row) for row in _rows(course, held)],
        "documents": [
            {
                "id": key,
                "name": book.document(key),
                "digest": data["digest"],
                "size": data["size"],
                "at": at,
                "step": step,
            }
            for key, (step, at, data) in held.documents.items()
        ],
        "drafts": [{"target": key, "digest": digest, "step": step} for key, (step, digest) in held.drafts.items()],
    }


def tasks(book: Book, held: Holdings) -> list[dict[str, Any]]:
    """The tasks that waited, in the order in which they were opened: for whom, and who had taken them."""
    return [
        {
            "id": key,
            "name": book.element(it["instance"], it["activity"]),
            "process": book.process(it["instance"]),
            "role": book.role(it.get("role") or it.get("drawn_role")),
            "for": book.person(it.get("candidate", "")) or book.organisation(it.get("candidate")),
            "taken_by": book.person(held.takers[key]) if key in held.takers else None,
            "taken": key in held.takers,
            "due_at": it.get("due_at"),
        }
        for key, it in book.stage.tasks.items()
    ]


def _rows(course: Course, held: Holdings) -> list[Ballot]:
    """The ballots that had been opened, the newest first."""
    rows = ballots.of_case(course.session, course.actor.workspace_id, course.case.id)
    return [row for row in reversed(rows) if row.id in held.opened]


def _ballot(book: Book, held: Holdings, row: Ballot) -> dict[str, Any]:
    """One ballot as it stood: who was entitled, who had voted, and what they voted where that may be shown."""
    cast = held.voted.get(row.id, set())
    votes = {organisation: vote for (ballot, organisation), vote in book.stage.votes.items() if ballot == row.id}
    choices = votes if book.open_vote(row.id) else {}
    closed = held.closed.get(row.id)
    return counted(row, votes) | {
        "id": row.id,
        "question": row.question,
        "step": held.opened[row.id],
        "item": row.item_digest,
        "secret": row.secret,
        "closed": closed is not None,
        "outcome": closed["outcome"] if closed else None,
        "quorum": row.rules["sg.quorum"]["value"],
        "voters": [
            {
                "name": voter["name"],
                "voted": voter["organisation"] in cast,
                "choice": choices.get(voter["organisation"]),
            }
            for voter in row.voters
        ],
    }
