"""What an entry about a record tells a reader: the same facts, with names in the place of ids."""

from collections.abc import Mapping
from typing import Any

from service.queries.timeline.book import Book

SAID = frozenset(
    {
        *("setting.changed", "organisation.registered", "membership.begun", "representative.named"),
        *("membership.ended", "seat.ended", "representative.ended"),
        *("body.established", "seat.taken", "disclosures.erased", "document.added", "case.status_changed"),
        *("target.registered", "target.proposed", "target.status_changed", "target.drafted", "target.adopted"),
        *("target.published", "notice.given", "ballot.opened", "vote.cast", "ballot.closed"),
        *("hearing.opened", "hearing.extended", "hearing.answered", "hearing.closed"),
        *("mail.queued", "strategy.registered", "measure.added", "measure.changed", "measure.reported"),
        *("message.received", "message.refused", "reply.invited", "reply.given", "case.handed_over"),
    }
)
"""The kinds of facts about records."""


def record(book: Book, kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of one entry of a kind in `SAID`, by their names in the journal.

    An organisation, a person, a body and a document are told by name, a measure by its number, a ballot by its
    question, a hearing by its kind. A vote comes with its `choice` only where that may be shown: see `Book.vote`.
    """
    told = dict(data)
    for key, name in (("organisation", book.organisation), ("person", book.person), ("document", book.document)):
        if data.get(key):
            told[key] = name(data[key])
    match kind:
        case "body.established":
            told |= {"seats": len(data.get("seats", ())), "lead": book.organisation(data.get("lead"))}
        case "seat.taken" | "seat.ended" if "body" in data:
            told["body"] = book.body(data["body"])
        case "vote.cast":
            told |= {
                "question": book.question(data["ballot"]),
                "choice": book.vote(data["ballot"], data["organisation"]),
            }
        case "ballot.closed":
            told["question"] = book.question(data["ballot"])
        case "hearing.extended" | "hearing.answered" | "hearing.closed":
            told["of"] = book.hearing(data["hearing"])
        case "measure.changed" | "measure.reported":
            told["number"] = book.measure(data["measure"])
    return told
