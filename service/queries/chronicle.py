"""What happened, step by step, read back from the journal: for programs, and for whoever wants it in a few lines."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.errors import CaseNotFound
from service.domain.journal import joint_head
from service.engine.model import Element
from service.queries import bundled
from service.queries.timeline.steps import Step, steps_of
from service.store import cases, journal
from service.store.db import reading

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOVES = frozenset(
    {"instance.started", "task.completed", "timer.fired", "message.delivered", "signal.delivered", "instance.cancelled"}
    | {"instance.migrated"}
)


def head() -> str:
    """One hash over where every stream of the installation stands."""
    with reading() as session:
        return joint_head(journal.heads(session))


def chronicle(actor: Actor, case_id: str) -> list[dict[str, Any]]:
    """Every step that moved a case, the oldest first. Raises `CaseNotFound`.

    Ids and keys are the author's; `task` is the label in the diagram's language. `decision` tells what was chosen in the
    answers, and the outcome: of tables, of a ballot with its votes in favour, against and abstaining, of a publication,
    of a report. `status` is the case's from then on, where it changed.
    """
    with reading() as session:
        case = cases.case(session, actor.workspace_id, case_id)
        if case is None or not may_read(actor, case_id):
            raise CaseNotFound
        told = _Told(session, actor.workspace_id)
        return [told.step(it) for it in steps_of(journal.entries(session, *case.stream)) if it.kind in MOVES]


class _Told:
    """What the entries so far have told of a case: its instances, and where its tasks and timers stand."""

    def __init__(self, session: "Session", workspace_id: str) -> None:
        self.session, self.workspace_id = session, workspace_id
        self.instances: dict[str, tuple[str, str]] = {}
        self.places: dict[str, tuple[str, str]] = {}

    def step(self, step: Step) -> dict[str, Any]:
        """One step, once those before it were told."""
        data = step.cause["data"]
        if step.kind == "instance.started":
            self.instances[data["instance"]] = (data["bundle"], data["process"])
        for bound in step.entries("call.bound"):
            self.instances[bound["child"]] = (bound["bundle"], bound["process"])
        if step.kind == "instance.migrated":
            self._migrate(data)
        element = None if step.kind == "instance.migrated" else self._element(data)
        for opened in (*step.entries("task.opened"), *step.entries("timer.set")):
            self.places[opened.get("task") or opened["timer"]] = (opened["instance"], opened["activity"])
        choices = list(self._choices(data, element)) if element else []
        outcomes = list(_outcomes(step))
        status = [entry["status"] for entry in step.entries("case.status_changed")]
        return {
            "at": step.cause["at"],
            "case": step.cause["stream"],
            "process": self.instances[data["instance"]][1] if "instance" in data else None,
            "activity": element.id if element else data.get("message"),
            "role": step.cause.get("role"),
            "task": element.name if element else None,
            "decision": "; ".join([*choices, *outcomes]) or None,
            "outcome": "; ".join(outcomes) or None,
            "status": status[-1] if status else None,
        }

    def _migrate(self, data: Mapping[str, Any]) -> None:
        """An instance went over to another version, in which some things are called otherwise."""
        self.instances[data["instance"]] = (data["bundle"], data["process"])
        renamed = data.get("renamed", {})
        for key, (instance, place) in self.places.items():
            if instance == data["instance"]:
                self.places[key] = (instance, renamed.get(place, place))

    def _element(self, data: Mapping[str, Any]) -> Element | None:
        """What a step was about: the task or the timer, or where the instance starts."""
        if "instance" not in data:
            return None
        drawn = bundled.process(self.session, self.workspace_id, *self.instances[data["instance"]])
        place = self.places.get(data.get("task") or data.get("timer", ""))
        if place is not None:
            return drawn.element(place[1])
        return next((it for it in drawn.elements if it.kind == "startEvent" and it.scope == drawn.id), None)

    def _choices(self, data: Mapping[str, Any], element: Element) -> Iterator[str]:
        """The answers that were chosen from a list, or were yes or no."""
        form = element.properties.get("formJsonSchemaFilename")
        digest = self.instances[data["instance"]][0]
        found = form and bundled.form(self.session, self.workspace_id, digest, (form, None), "")
        schema = found.schema if found else {}
        for name, field in schema.get("properties", {}).items():
            value = data.get("answers", data.get("variables", {})).get(name)
            if isinstance(value, bool) or ("oneOf" in field and isinstance(value, str)):
                yield f"{name}: {_word(value)}"


def _outcomes(step: Step) -> Iterator[str]:
    """What came of a step: by a table, by a vote, in the register, in the plan."""
    ballots = step.entries("ballot.closed")
    for made in step.entries("evaluation.made"):
        for asked in made["record"].get("decisions", ()):
            value = asked["value"]
            if isinstance(value, bool | str) and value not in {it["result"] for it in ballots}:
                yield f"{asked['name']}: {_word(value)}"
    for it in ballots:
        result = "" if it["result"] == it["outcome"] else f"{it['result']}, "
        votes = f"{it['in_favour']}–{it['against']}–{it['abstained']} of {it['eligible']}"
        yield f"{result}{it['outcome']} ({votes})"
    for it in step.entries("target.published"):
        yield f"{it['target']} version {it['number']} published"
    for it in step.entries("measure.reported"):
        yield f"measure {it.get('before') or 'blank'} → {it['after']}"


def _word(value: bool | str) -> str:
    return str(value).lower() if isinstance(value, bool) else value
