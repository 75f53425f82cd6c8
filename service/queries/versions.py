"""Which of the cases under way would fit another version of their process: what would change, and what stands in the way.

Nothing is written. Each migration is made for real, by the same step, on a copy that is then thrown away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.cases import Sight, may_read, readable
from service.domain.errors import DefinitionNotFound, InstanceNotFound, MandatError
from service.domain.misfits import MigrationRefused, Misfit
from service.engine import LiveCache, advance
from service.engine.migrating import Carried, Migrate
from service.engine.model import Process
from service.engine.shapes import CaseState, Definition, OpenedTask, Ports
from service.queries import bundled
from service.queries.matters import title_of
from service.queries.texts import Text, Texts, title
from service.runtime import calendars, definitions, versions
from service.runtime.advance import state_of
from service.runtime.views import when
from service.store import cases, deployments, matters, tasks
from service.store import definitions as files
from service.store.db import reading
from service.store.matters import Matter
from service.store.tables import Case, Instance, Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST = 200
"""Instances that are looked at in one request."""


@dataclass(frozen=True, slots=True)
class Over:
    """The way over: to the version of that digest or number (without one, the newest), and what is called otherwise there."""

    to: str | int | None
    renamed: Mapping[str, str] = field(default_factory=dict)


def prospect(actor: Actor, instance_id: str, over: Over, now: datetime) -> dict[str, Any]:
    """Whether a running instance would fit, and why not. Raises `InstanceNotFound`, `DefinitionNotFound`,
    `AlreadyOnVersion`, `ProcessOwnerNeeded`."""
    with reading() as session:
        found = cases.instance_and_case(session, actor.workspace_id, instance_id)
        if found is None or found[0].status != cases.ACTIVE or not may_read(actor, found[1].id):
            raise InstanceNotFound
        actor.must_own_processes()
        definition = versions.another(session, found[0], over.to or "")
        misfits, _ = _tried(session, *found, definition, over.renamed, now)
        return {"instance": instance_id, "case_id": found[1].id, "fits": not misfits, "misfits": _plain(misfits)}


def plan(
    actor: Actor,
    key: str,
    over: Over,
    language: str,
    now: datetime,
    since: int | None = None,
    case_id: str | None = None,
) -> dict[str, Any]:
    """What would become of the instances that run by version `since` of a bundle (the oldest that any runs by, unless it
    is named; of one case, where that is named) if they went over: each with what waits in it, what would be asked
    otherwise, and what stands in the way.

    At most `MOST` are looked at, the oldest first; `more` says whether there are others. Raises `DefinitionNotFound`,
    `ProcessOwnerNeeded`.
    """
    with reading() as session:
        here = actor.workspace_id
        rows = deployments.of_key(session, here, key)
        if not rows or not actor.takes_part:
            raise DefinitionNotFound(key=key)
        actor.must_own_processes()
        numbers = {row.number: row.bundle_digest for row in rows}
        to = next(iter(numbers), 0) if over.to is None else over.to
        since = _oldest(numbers, deployments.running(session, here)) if since is None else since
        if since not in numbers or to not in numbers or not isinstance(to, int):
            raise DefinitionNotFound(key=key)
        before, after = numbers[since], numbers[to]
        sight = readable(actor)
        if case_id is not None:
            sight = Sight(frozenset([case_id] if may_read(actor, case_id) else []))
        running = cases.running(session, here, before, sight, MOST + 1) if before != after else []
        teller = _Teller(session, here, language, (before, after), over.renamed)
        about = matters.some(session, here, {case.id for _, case in running})
        told = [teller.told(instance, case, about[case.id], now) for instance, case in running[:MOST]]
        return {
            "key": key,
            "title": title(teller.texts(after), teller.first(after), key, language),
            "versions": [{"number": row.number, "note": row.note} for row in rows],
            "since": since,
            "to": to,
            "more": len(running) > MOST,
            "runs": told,
            "gone": teller.gone(told),
        }


def ways(actor: Actor, case_id: str, language: str) -> list[dict[str, Any]]:
    """The bundles that run in a case by a version that is not the newest: `key`, `title`, the version `since` and the
    newest, `to`. None for who may not move a case."""
    if not actor.owns_processes or not may_read(actor, case_id):
        return []
    found = {}
    with reading() as session:
        for digest in {it.bundle_digest for it in cases.active(session, actor.workspace_id, case_id)}:
            key = deployments.bundle_key(session, actor.workspace_id, digest)
            rows = deployments.of_key(session, actor.workspace_id, key or "")
            if key is not None and rows and rows[0].bundle_digest != digest:
                teller = _Teller(session, actor.workspace_id, language, (digest, digest), {})
                since = next((row.number for row in rows if row.bundle_digest == digest), 0)
                said = title(teller.texts(digest), teller.first(digest), key, language)
                found[key, since] = {"key": key, "title": said, "since": since, "to": rows[0].number}
    return [found[it] for it in sorted(found)]


def _oldest(numbers: Mapping[int, str], running: Mapping[str, int]) -> int | None:
    """The number of the oldest version that anything runs by, else of the newest."""
    return min((number for number, digest in numbers.items() if running.get(digest)), default=next(iter(numbers), None))


def _tried(
    session: "Session",
    instance: Instance,
    case: Case,
    definition: Definition,
    renamed: Mapping[str, str],
    now: datetime,
) -> tuple[tuple[Misfit, ...], Carried]:
    """What stands in the way of a migration; where nothing does, what it would carry over."""
    here = instance.workspace_id
    state = CaseState(case.id, tuple(state_of(it) for it in cases.active(session, here, case.id)))

    def known(digest: str, process_key: str) -> Definition:
        return definitions.by_digest(session, here, digest, process_key)

    ports = Ports(now, calendars.of(session, here), known, _nothing, _nothing, _nothing)
    try:
        move = Migrate(instance.id, instance.bundle_digest, definition, renamed)
        return (), advance(state, move, ports, cache=LiveCache()).carried
    except MigrationRefused as refused:
        return refused.misfits, Carried()


def _nothing(*_asked: object) -> Any:
    raise AssertionError("no token moves in a migration, so nothing is asked of the outside")


def _plain(misfits: Iterable[Misfit]) -> list[dict[str, str]]:
    return [{"element": it.element, "name": it.name, "reason": it.reason} for it in misfits]


class _Teller:
    """Tells of the runs of one version, in one reader's language, what another version would be to them."""

    def __init__(
        self, session: "Session", here: str, language: str, way: tuple[str, str], renamed: Mapping[str, str]
    ) -> None:
        self.session, self.here, self.language, self.renamed = session, here, language, renamed
        self.before, self.after = way

    def told(self, instance: Instance, case: Case, matter: Matter, now: datetime) -> dict[str, Any]:
        """One run."""
        called, _ = title_of(self.session, matter, self.here, self.language)
        waiting = tasks.of_instance(self.session, self.here, instance.id)
        misfits, carried = self._looked_at(instance, case, now)
        rows = {row.id: row for row in waiting}
        return {
            "id": instance.id,
            "case_id": case.id,
            "case": called,
            "process_key": instance.process_key,
            "process": bundled.process_name(
                self.session, self.here, instance.bundle_digest, instance.process_key, self.language
            ),
            "started_at": when(instance.started_at),
            "stopped": case.incidents > 0,
            "waits": [self._name(self.before, row.activity_id, row.name) for row in waiting],
            "renamed": self._own(instance.process_key),
            "fits": not misfits,
            "misfits": [{"element": it.element, "name": self._misfit(it), "reason": it.reason} for it in misfits],
            "changes": [self._change(rows[task.id], task) for task in carried.tasks],
            "idle": [self._element(self.after, instance.process_key, event) for event in carried.idle],
        }

    def gone(self, told: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """What has no counterpart, or was given one by the reader, and what it may be called now: the elements of its kind
        that are new."""
        wanted = {(run["process_key"], it["element"]) for run in told for it in run["misfits"]}
        found = []
        for key in sorted({run["process_key"] for run in told}):
            old, new = self._drawn(self.before, key), self._drawn(self.after, key)
            if old is None or new is None:
                continue
            for element in old.elements:
                missing = (key, element.id) in wanted and new.element(element.id) is None
                if missing or element.id in self.renamed:
                    choices = [it for it in new.elements if it.kind == element.kind and old.element(it.id) is None]
                    found.append(
                        {
                            "id": element.id,
                            "name": self._name(self.before, element.id, element.name),
                            "chosen": self.renamed.get(element.id),
                            "choices": [(it.id, self._name(self.after, it.id, it.name)) for it in choices],
                        }
                    )
        return [it for it in found if it["choices"]]

    def _looked_at(self, instance: Instance, case: Case, now: datetime) -> tuple[tuple[Misfit, ...], Carried]:
        try:
            definition = definitions.by_digest(self.session, self.here, self.after, instance.process_key)
        except DefinitionNotFound as missing:
            return (Misfit("", instance.process_key, str(missing)),), Carried()
        return _tried(self.session, instance, case, definition, self._own(instance.process_key), now)

    def _own(self, process_key: str) -> dict[str, str]:
        """What is called otherwise in one of the processes."""
        old = self._drawn(self.before, process_key)
        here = {it.id for it in old.elements} | {it.id for it in old.flows} if old else set()
        return {was: name for was, name in self.renamed.items() if was in here}

    def texts(self, digest: str) -> Texts:
        """The texts of a version."""
        return bundled.texts(self.session, self.here, digest, self.language)

    def first(self, digest: str) -> Process | None:
        """The first process of a version."""
        key = next(iter(deployments.process_keys(self.session, self.here, digest)), None)
        return None if key is None else self._drawn(digest, key)

    def _drawn(self, digest: str, process_key: str) -> Process | None:
        try:
            return bundled.process(self.session, self.here, digest, process_key)
        except MandatError:
            return None

    def _name(self, digest: str, element: str, name: str | None) -> Text:
        return self.texts(digest).of(element, name)

    def _element(self, digest: str, process_key: str, element_id: str) -> Text:
        drawn = self._drawn(digest, process_key)
        element = None if drawn is None else drawn.element(element_id)
        return self._name(digest, element_id, element.name if element else None)

    def _misfit(self, misfit: Misfit) -> Text:
        return self._name(self.before, misfit.element, misfit.name)

    def _change(self, row: Task, task: OpenedTask) -> dict[str, Any]:
        """What would be asked otherwise in a task that waits."""
        was, name = (
            self._name(self.before, row.activity_id, row.name),
            self._name(self.after, task.activity_id, task.name),
        )
        return {
            "was": was,
            "name": name if name.text != was.text else None,
            "role": task.role if task.role != row.role_label else None,
            "form": self._form(self.before, row.form) != self._form(self.after, task.form),
        }

    def _form(self, digest: str, name: str | None) -> bytes | None:
        return None if name is None else files.file(self.session, self.here, digest, name)
