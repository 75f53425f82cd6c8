"""Decisions as the register tells them: what, when, in which case, by whom, and what came out."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.engine.model import Process
from service.queries import bundled
from service.queries.decided.tables import called, outputs
from service.queries.inbox import CLOSED
from service.queries.matters import title_of
from service.queries.texts import Text
from service.queries.withheld import WITHHELD, Veil
from service.runtime.views import when
from service.store import cases, matters, organisations, people, tasks
from service.store import decided as store
from service.store.tables import Ballot, DecisionMade, Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Told = dict[str, Any]


class Rows:
    """What the decisions at hand refer to, read by one statement for each kind of thing."""

    def __init__(self, session: "Session", actor: Actor, language: str, shown: Sequence[DecisionMade]) -> None:
        self._session, self._actor, self._language = session, actor, language
        here = actor.workspace_id
        of = {it.kind: {row.subject for row in shown if row.kind == it.kind} for it in shown}
        self._cases = matters.some(session, here, {it.case_id for it in shown})
        self._entries = store.entries(session, here, {(it.case_id, it.seq) for it in shown if it.kind != "person"})
        self._ballots = store.ballots(session, here, of.get("ballot", set()))
        self._tasks = {it.id: (it, key) for it, key in tasks.with_process(session, here, of.get("person", set()))}
        self._rules = {key: called(session, here, key, language) for key in of.get("rule", ())}
        asked = {(it.subject, it.table_digest) for it in shown if it.kind == "rule"}
        self._columns = {it: outputs(session, here, *it, language) for it in asked}
        self._people = people.names(session, here, {it.person_id for it in shown if it.person_id})
        self._roles = people.roles(session, here)
        bodies = organisations.bodies(session, here) if "ballot" in of else ()
        self._bodies = {(it.kind, it.case_id): it.name for it in bodies}
        self._veils = {key: self._veil(key) for key in store.veiled(session, here, {it.case_id for it in shown})}

    def told(self, row: DecisionMade) -> Told:
        """One line of the register."""
        matter = self._cases.get(row.case_id)
        known = matter and title_of(self._session, matter, self._actor.workspace_id, self._language)[0]
        common = {
            "case_id": row.case_id,
            "seq": row.seq,
            "at": when(row.decided_at),
            "kind": row.kind,
            "case": known or CLOSED,
            "who": self._people.get(row.person_id or ""),
            "role": self._roles.get(row.role_key or "", row.role_key),
            "table": row.table_digest,
            "withheld": False,
        }
        say = {"ballot": self._ballot, "rule": self._rule, "person": self._person, "publication": self._published}
        return common | say[row.kind](row)

    def _veil(self, case_id: str) -> Veil | None:
        case = cases.case(self._session, self._actor.workspace_id, case_id)
        return None if case is None else Veil(self._session, self._actor, case)

    def _data(self, row: DecisionMade) -> Mapping[str, Any]:
        """What the entry of a decision tells the reader."""
        entry, veil = self._entries[row.case_id, row.seq], self._veils.get(row.case_id)
        if veil is not None:
            (entry,) = veil.entries([entry])
        data: Mapping[str, Any] = entry["data"]
        return data

    def _ballot(self, row: DecisionMade) -> Told:
        data, ballot = self._data(row), self._ballots.get(row.subject)
        return {
            "question": ballot.question if ballot else None,
            "body": self._body(ballot) if ballot else None,
            "outcome": data["outcome"],
            "tally": [data["in_favour"], data["against"], data["abstained"], data["recused"]],
        }

    def _body(self, ballot: Ballot) -> str:
        own = self._bodies.get((ballot.kind, ballot.case_id))
        return own or self._bodies.get((ballot.kind, None), ballot.kind)

    def _rule(self, row: DecisionMade) -> Told:
        data = self._data(row)
        name = {"name": self._rules[row.subject]}
        if data["record"] == WITHHELD:
            return name | {"withheld": True}
        fired = [rule["index"] for it in data["record"]["decisions"][-1]["fired"] for rule in it["rules"]]
        columns = self._columns[row.subject, row.table_digest]
        return name | {"outputs": data["record"]["outputs"], "columns": columns, "fired": fired}

    def _person(self, row: DecisionMade) -> Told:
        found = self._tasks.get(row.subject)
        if found is None:
            return {"name": Text(row.subject), "ways": []}
        task, process_key = found
        here = self._actor.workspace_id
        texts = bundled.texts(self._session, here, task.bundle_digest, self._language)
        veil = self._veils.get(row.case_id)
        hidden = veil is not None and veil.hides(task.instance_id)
        process = bundled.process(self._session, here, task.bundle_digest, process_key)
        return {
            "name": texts.of(task.activity_id, task.name),
            "ways": [] if hidden else self._ways(row.outcome or "", process, task),
            "withheld": hidden,
        }

    def _ways(self, told: str, process: Process, task: Task) -> list[Text]:
        """The ways that were taken, by their names or by where they lead, each with what is asked where it begins."""
        texts = bundled.texts(self._session, self._actor.workspace_id, task.bundle_digest, self._language)
        elements = {it.id: it for it in process.elements}
        found = []
        for flow in (it for it in process.flows if it.id in told.split()):
            asks = elements.get(flow.source)
            question = texts.of(asks.id, asks.name).text if asks is not None and "ateway" in asks.kind else ""
            if flow.name or flow.id in texts.said:
                answer = texts.of(flow.id, flow.name)
                found.append(Text(f"{question} {answer.text}".strip(), answer.language))
            elif flow.target in elements:
                found.append(texts.of(flow.target, elements[flow.target].name))
        return found

    def _published(self, row: DecisionMade) -> Told:
        data = self._data(row)
        return {"target": data["target"], "number": data["number"]}


def told(session: "Session", actor: Actor, language: str, shown: Sequence[DecisionMade]) -> list[Told]:
    """The decisions as the register tells them to this reader, in their order."""
    rows = Rows(session, actor, language, shown)
    return [rows.told(it) for it in shown]
