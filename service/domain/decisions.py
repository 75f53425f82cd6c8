"""What counts as a decision: the entries of a case's journal that decided something, each told by what it is found by.

A register of them is kept beside the journal, so that they can be searched. It says nothing of its own: every line is made
of entries, and can be made of them again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from service.domain.errors import NotFound

Kind = Literal["ballot", "rule", "person", "publication"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LONGEST = 200
"""Signs of an outcome that the register keeps."""

Entry = Mapping[str, Any]


class DecisionsNotFound(NotFound):
    """There is no register of decisions here, or none that you may see."""


class DecisionRecordNotFound(NotFound):
    """There is no such decision, or none that you may see."""


class RuleVersionNotFound(NotFound):
    """The decision “{key}” was never deployed in that version."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision by the number of its entry, and its moment.

    `subject` is what it was about: a ballot, a task, a version of a target by id, a decision table's decision by key.
    `at` is when, for a person's that an incident held up when she gave it. `person` made it, in the `role`; a ballot is its body's, and a rule nobody's. `outcome` is a ballot's; of a person's
    decision, the ways that were taken then (ids of flows, blanks between). `table` is the digest of a rule's file.
    """

    seq: int
    at: str
    kind: Kind
    subject: str
    person: str | None = None
    role: str | None = None
    outcome: str | None = None
    table: str | None = None


def decided(entries: Iterable[Entry]) -> Iterator[Decided]:
    """The decisions that entries tell of. They come stream by stream, each stream's in order, a step's never cut in two.

    A person decides where she completes a task and a gateway of the same step goes by one of her answers.
    """
    task: Entry | None = None
    ways: list[str] = []
    for entry in entries:
        kind, data = entry["kind"], entry["data"]
        if task is not None and not _of_step(task, entry):
            yield from _by_person(task, ways)
            task = None
        if kind == "task.completed":
            task, ways = entry, []
        elif kind == "evaluation.made" and data["of"] == "gateway":
            if task is not None and _goes_by(data["record"], task["data"].get("answers", {})):
                ways += data["record"]["taken"]
        elif kind == "evaluation.made":
            record = data["record"]
            yield Decided(entry["seq"], entry["at"], "rule", record["decision"], table=record["digest"])
        elif kind == "ballot.closed":
            yield Decided(entry["seq"], entry["at"], "ballot", data["ballot"], outcome=data["outcome"])
        elif kind == "target.published":
            by, role = entry["actor"], entry.get("role")
            yield Decided(entry["seq"], entry["at"], "publication", data["version"], by, role)
    if task is not None:
        yield from _by_person(task, ways)


def _of_step(task: Entry, entry: Entry) -> bool:
    """Whether an entry came of the completion of a task: it is of the same moment and by the same hand."""
    if entry["kind"] == "task.completed":
        return False
    return all(task[name] == entry[name] for name in ("stream", "at", "actor"))


def _by_person(task: Entry, ways: list[str]) -> Iterator[Decided]:
    if ways:
        told, data = " ".join(dict.fromkeys(ways))[:LONGEST], task["data"]
        at = data.get("answered_at", task["at"])
        yield Decided(task["seq"], at, "person", data["task"], task["actor"], task.get("role"), told)


def _goes_by(record: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    """Whether one of the conditions that a gateway asked names one of the answers."""
    asked = " ".join(it["condition"] or "" for it in record["conditions"])
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", asked) for name in answers)
