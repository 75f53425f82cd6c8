"""Votes that nobody but the voter may see: while their ballot is open, and for ever where it is secret.

A vote stands in an answer, and what a process makes of the answers carries it on: into its variables, what it asks a
table, what it hands to an operation. So from the opening of such a ballot on, of all that the process itself holds in
that case only plain values are told: numbers, yes and no, texts; no list, no context, and no word that is a vote. Of
the part of a case in which one voter alone votes, nothing is.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.ballots import CHOICES
from service.runtime import definitions, views
from service.runtime.views import when
from service.store import ballots, cases, tasks
from service.store.tables import Ballot, Case, Instance, Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

WITHHELD = {"withheld": True}
"""What stands in the place of what is not the reader's to see."""

Entry = dict[str, Any]

ANSWERS = frozenset({"task.answered", "task.completed"})
"""The kinds that hold what somebody answered to a task."""


class Veil:
    """What of a case is withheld for the sake of its ballots: nothing, where none is open or secret."""

    def __init__(self, session: "Session", actor: Actor, case: Case) -> None:
        self.session, self.actor, self.case = session, actor, case
        of_case = ballots.of_case(session, actor.workspace_id, case.id)
        self.ballots = [it for it in of_case if it.secret or it.closed_at is None]
        self.since = min((it.opened_at for it in self.ballots), default=None)
        self._alone = self._of_one_voter() if self.ballots else frozenset()

    def instance(self, row: Instance) -> dict[str, Any]:
        """An instance as it is shown, with its variables where it has ended."""
        shown = views.instance(row, self.case)
        if shown["variables"] is None or self.since is None or row.ended_at is None or row.ended_at < self.since:
            return shown
        if self.hides(row.id):
            return shown | {"end_event": None, "variables": dict.fromkeys(shown["variables"], WITHHELD)}
        return shown | {"variables": _by_name(shown["variables"])}

    def entries(self, entries: Sequence[Entry]) -> list[Entry]:
        """Entries of the case's stream.

        Such an entry no longer has the bytes that were chained; whoever administers the installation can check those.
        """
        if self.since is None:
            return list(entries)
        votes = self._votes([it for it in entries if it["kind"] in ANSWERS])
        return [entry | {"data": self._told(entry, votes)} for entry in entries]

    def hides(self, instance_id: str) -> bool:
        """Whether nothing of an instance is told, not even the ways that were taken there: one voter has it to herself."""
        return instance_id in self._alone

    def _told(self, entry: Entry, votes: set[int]) -> Mapping[str, Any]:
        kind: str = entry["kind"]
        data: dict[str, Any] = entry["data"]
        if kind == "instance.ended" and self.hides(data["instance"]):
            return {name: it for name, it in data.items() if name != "end_event"}
        if "passed" in data:
            data = data | {"passed": {key: it for key, it in data["passed"].items() if key not in self._alone}}
        if entry["seq"] in votes:
            return {**data, "answers": WITHHELD}
        told = _TOLD.get(kind)
        if told is None or entry["at"] < str(when(self.since)):
            return data
        if self.hides(data.get("instance", "")):
            return data | dict.fromkeys(told & data.keys(), WITHHELD)
        cover = _record if kind == "evaluation.made" else _by_name
        return data | {name: cover(data[name]) for name in told & data.keys()}

    def _votes(self, answered: Sequence[Entry]) -> set[int]:
        """The numbers of those of these entries that hold the vote of others than the actor in such a ballot."""
        here = self.actor.workspace_id
        rows = {row.id: row for row in tasks.some(self.session, here, {it["data"]["task"] for it in answered})}
        if not rows:
            return set()
        instances = {row.id: row for row in cases.instances(self.session, here, self.case.id)}
        return {
            it["seq"]
            for it in answered
            if (row := rows.get(it["data"]["task"]))
            and definitions.properties(self.session, instances[row.instance_id], "ballot").get(row.activity_id)
            and any(_in(ballot, it) for ballot in self.ballots)
            and not _hers(self.actor, row, it)
        }

    def _of_one_voter(self) -> frozenset[str]:
        """The instances in which one voter alone has voted: how they went on tells her vote."""
        here = self.actor.workspace_id
        cast = {
            vote.task_id for it in self.ballots for vote in ballots.votes(self.session, here, it.id) if vote.task_id
        }
        voters = Counter(it.instance_id for it in tasks.some(self.session, here, cast))
        return frozenset(instance for instance, count in voters.items() if count == 1)


def _in(ballot: Ballot, entry: Entry) -> bool:
    """Whether an answer was given, or went into the case, while that ballot was open."""
    begun, over = str(when(ballot.opened_at)), when(ballot.closed_at)
    moments = (entry["at"], entry["data"].get("answered_at", entry["at"]))
    return any(begun <= at and (over is None or at <= over) for at in moments)


def _hers(actor: Actor, task: Task, entry: Entry) -> bool:
    return actor.person_id is not None and (
        entry["actor"] == actor.person_id or task.candidate_organisation_id in actor.organisations
    )


def covered(value: Any) -> Any:
    """A value without what may tell who voted what."""
    return WITHHELD if isinstance(value, list | Mapping) or value in CHOICES else value


def _by_name(values: Any) -> Any:
    """Values by their names, each covered; what is no such values, as one value."""
    return {name: covered(value) for name, value in values.items()} if isinstance(values, Mapping) else covered(values)


def _record(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was asked and answered in an evaluation: which conditions and rules, with plain values alone."""
    if "decisions" not in record:
        return record
    made = [
        one | {"value": _by_name(one["value"]), "fired": [_firing(firing) for firing in one["fired"]]}
        for one in record["decisions"]
    ]
    return {**record, "inputs": _by_name(record["inputs"]), "outputs": _by_name(record["outputs"]), "decisions": made}


def _firing(firing: Mapping[str, Any]) -> Mapping[str, Any]:
    inputs = [{**it, "value": covered(it["value"])} for it in firing["inputs"]]
    return {**firing, "inputs": inputs, "rules": [{**it, "outputs": _by_name(it["outputs"])} for it in firing["rules"]]}


_TOLD = {
    "evaluation.made": {"record"},
    "operation.called": {"parameters", "result"},
    "message.sent": {"payload", "keys"},
    "message.delivered": {"payload", "keys"},
    "signal.delivered": {"payload"},
    "variables.corrected": {"before", "after"},
}
"""What entries tell of a process's own values, by their kind."""
