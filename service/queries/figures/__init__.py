"""How a process has gone: how often each of its parts was passed, how long it was waited for, which ways were taken, which
deadlines were missed. For process owners, auditors and administrators."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.errors import CaseNotFound, DefinitionNotFound
from service.engine import read
from service.engine.model import Element, Process
from service.queries import bundled
from service.queries.figures.spans import span
from service.queries.figures.tally import Activity, Tally, Way
from service.queries.figures.variants import Variant, variants
from service.queries.outlines import in_flow
from service.queries.texts import Text, Texts, title
from service.queries.withheld import Veil
from service.runtime.views import when
from service.store import cases, deployments
from service.store import figures as store
from service.store import history as votes
from service.store.db import reading
from service.store.figures import Ran
from service.store.tables import Deployment

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["MOST", "Asked", "figures", "may_see"]

MOST = 20_000
"""Entries that are read for one page, about a second's work: of the newest cases as many as are told by so many."""

BORING = frozenset({"startEvent", "endEvent"})


def may_see(actor: Actor) -> bool:
    """Whether she may see how processes have gone."""
    return actor.owns_processes or actor.audits


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which version (the one in force unless it is named), of which of its processes (the first that is drawn), begun from
    `since` on and before `until`."""

    number: int | None = None
    process_key: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def figures(
    actor: Actor,
    key: str,
    language: str,
    now: datetime,
    asked: Asked,
) -> dict[str, Any]:
    """How a version of a bundle has gone, by the instances of one of its processes that began in a period.

    Of more than `MOST` entries only the newest cases are counted; `counted_since` then says from when. Nobody is named:
    cases that the actor may not read are counted with the others. Where one voter has an instance to herself in a ballot
    that is open or secret, it is not counted. Raises `DefinitionNotFound`, also for who may not see it.
    """
    if not may_see(actor):
        raise DefinitionNotFound(key=key)
    with reading() as session:
        here = actor.workspace_id
        rows = deployments.of_key(session, here, key)
        shown = next((row for row in rows if asked.number in (None, row.number)), None)
        processes = () if shown is None else deployments.process_keys(session, here, shown.bundle_digest)
        if shown is None or not processes or (asked.process_key or processes[0]) not in processes:
            raise DefinitionNotFound(key=key)
        chosen = asked.process_key or _first(session, shown, processes)
        drawn = bundled.process(session, here, shown.bundle_digest, chosen)
        texts = bundled.texts(session, here, shown.bundle_digest, language)
        counting = _Counting(session, actor, drawn, now)
        counting.of((here, shown.bundle_digest, chosen), asked)
        return {
            "key": key,
            "title": title(texts, drawn, key, language),
            "versions": [row.number for row in rows],
            "number": shown.number,
            "processes": [{"key": it, "name": _name(session, shown, it, texts)} for it in processes],
            "process_key": chosen,
            "digest": shown.bundle_digest,
            "file": _file(session, shown, chosen),
            "labels": texts.labels(),
            "cases": counting.told(),
            "counted_since": counting.counted_since,
            "rows": _rows(drawn, texts, counting.tally.activities),
            "variants": [_variant(it, drawn, texts) for it in variants(counting.ways)],
        }


class _Counting:
    """Counts instance after instance, the newest first, until enough was read."""

    def __init__(self, session: "Session", actor: Actor, drawn: Process, now: datetime) -> None:
        self._session, self._actor, self._now = session, actor, now
        self.tally = Tally(drawn)
        self.ways: list[tuple[Ran, Way]] = []
        self.begun = 0
        self.counted_since: str | None = None
        self._veiled = votes.with_votes_withheld(session.connection(), actor.workspace_id)

    def of(self, version: tuple[str, str, str], asked: Asked) -> None:
        for case_id, runs in self._newest(version, asked).items():
            hidden = self._hidden(case_id, runs) if case_id in self._veiled else set()
            kept = {key: it for key, it in runs.items() if key not in hidden}
            ways = self.tally.case(store.entries(self._session, version[0], case_id), kept.keys(), self._now)
            self.begun += len(kept)
            self.ways += [(kept[key], way) for key, way in ways.items()]

    def _newest(self, version: tuple[str, str, str], asked: Asked) -> dict[str, dict[str, Ran]]:
        """The newest instances by their cases, as many as have no more entries than one page may cost; one always."""
        found: dict[str, dict[str, Ran]] = {}
        entries = 0
        with closing(store.ran(self._session, version, asked.since, asked.until)) as runs:
            for it in runs:
                if it.case_id not in found:
                    entries += it.entries
                    if found and entries > MOST:
                        self.counted_since = when(min(run.started_at for its in found.values() for run in its.values()))
                        break
                found.setdefault(it.case_id, {})[it.id] = it
        return found

    def _hidden(self, case_id: str, found: Iterable[str]) -> set[str]:
        case = cases.case(self._session, self._actor.workspace_id, case_id)
        if case is None:
            raise CaseNotFound
        veil = Veil(self._session, self._actor, case)
        return {key for key in found if veil.hides(key)}

    def told(self) -> dict[str, Any]:
        ended = [run for run, _ in self.ways if run.ended_at is not None]
        lasted = [(run.ended_at - run.started_at).total_seconds() for run in ended if run.ended_at is not None]
        return {"begun": self.begun, "ended": len(ended), "lasted": span(lasted)}


def _rows(drawn: Process, texts: Texts, counted: dict[str, Activity]) -> list[dict[str, Any]]:
    """A row for each element that can be waited for or chosen, in the order of the flow."""
    return [
        {
            "id": it.id,
            "name": _named(it, texts),
            "kind": it.kind,
            "event": it.events[0].kind if it.events else None,
            "passed": counted[it.id].passed if it.id in counted else 0,
            "waiting": counted[it.id].waiting if it.id in counted else 0,
            "late": counted[it.id].late if it.id in counted else 0,
            "overdue": counted[it.id].overdue if it.id in counted else 0,
            "taken": span(counted[it.id].taken if it.id in counted else []),
            "done": span(counted[it.id].done if it.id in counted else []),
        }
        for it in in_flow(drawn)
        if it.kind not in BORING
    ]


def _variant(found: Variant, drawn: Process, texts: Texts) -> dict[str, Any]:
    drawn_as = {it.id: it for it in drawn.elements}
    told = [(drawn_as[key], count) for key, count in found.elements.items() if key in drawn_as]
    return {
        "key": found.key,
        "count": found.count,
        "lasted": span(found.lasted),
        "path": [
            {"name": _named(it, texts), "kind": it.kind, "times": times} for it, times in told if _is_told(it.kind)
        ],
        "done": [*found.elements, *found.flows],
        "times": {key: times for key, times in found.elements.items() if times > 1},
    }


def _named(it: Element, texts: Texts) -> Text | None:
    return texts.of(it.id, it.name) if it.name or it.id in texts.said else None


def _is_told(kind: str) -> bool:
    """Whether a way is told by elements of that kind: by what is done and how it ended, not by where it parts."""
    return not kind.endswith("Gateway") and kind != "startEvent"


def _first(session: "Session", shown: Deployment, processes: Iterable[str]) -> str:
    """The process that a page begins with: the one with most instances cannot be told cheaply, so the first drawn."""
    files = deployments.files(session, shown.workspace_id, shown.bundle_digest)
    drawn = [it.id for name, data in files.items() if name.endswith(".bpmn") for it in read(data, name).processes]
    known = set(processes)
    return next(it for it in drawn if it in known)


def _file(session: "Session", shown: Deployment, process_key: str) -> str | None:
    files = deployments.files(session, shown.workspace_id, shown.bundle_digest)
    diagrams = ((name, read(data, name)) for name, data in files.items() if name.endswith(".bpmn"))
    return next((name for name, it in diagrams if any(one.id == process_key for one in it.processes)), None)


def _name(session: "Session", shown: Deployment, process_key: str, texts: Texts) -> Text:
    drawn = bundled.process(session, shown.workspace_id, shown.bundle_digest, process_key)
    return texts.of(drawn.id, drawn.name)
