"""A case as its dossier tells it to people: each step in words' making, and the drawing as it stood after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.disclosures import commitments
from service.engine.model import Process
from service.queries import copies
from service.queries.copies import Difference
from service.queries.timeline.book import Book
from service.queries.timeline.details import details
from service.queries.timeline.stages import Running, Stage
from service.queries.timeline.steps import Step, steps_of
from service.queries.timeline.summaries import summary
from service.queries.withheld import Veil
from service.runtime import definitions

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Entry = Mapping[str, Any]


@dataclass(slots=True)
class Story:
    """`steps` are those of the timeline with their details and `shot`; `drawings` what the shots are drawn on.

    A shot has the number of its drawing and, by number in that one's `ids`, what is `done`, `gone` and `now`: there with
    how many tokens. It is None where nothing is drawn, or nothing is told. `hidden` are the commitments of answers that
    the reader may not see. `differing` are the rows that were not what the entries say: what is told here is the entries'.
    """

    title: Any
    steps: list[dict[str, Any]]
    drawings: list[dict[str, Any]]
    hidden: set[str]
    differing: list[Difference]


def story(
    session: "Session", actor: Actor, language: str, entries: Sequence[Entry], told: Sequence[Entry], veil: Veil
) -> Story:
    """Tell a case by its entries, and by the same as they are `told` to the actor."""
    here = actor.workspace_id

    def drawn(digest: str, process_key: str) -> Process:
        return definitions.drawn(definitions.by_digest(session, here, digest, process_key))

    steps, seen = steps_of(entries), steps_of(told)
    book = Book(session, here, language, Stage(drawn).after(steps))
    stage, album, hidden, made = Stage(drawn), _Album(book), set[str](), []
    for step, one in zip(steps, seen, strict=True):
        stage.after([step])
        more = details(book, one, actor)
        if more["form"] is not None and more["form"]["withheld"]:
            hidden |= set(commitments(step.cause["data"]))
        place = _place(stage, step)
        shot = None if place is None or veil.hides(place.id) else album.shot(stage, place)
        made.append(
            summary(book, one)
            | {"form": more["form"], "gateways": more["gateways"], "tables": more["tables"]}
            | {"help": more["help"], "shot": shot}
        )
    differing = copies.of_case(session, here, entries[0]["stream"], entries).differences
    return Story(book.root(), made, album.drawings, hidden, differing)


def _place(stage: Stage, step: Step) -> Running | None:
    """The instance in which a step happened; the root where it happened in none."""
    data = step.cause["data"]
    task = stage.told.get(data.get("task", "")) or {}
    timer = stage.timed.get(data.get("timer", "")) or {}
    wanted = data.get("instance") or task.get("instance") or timer.get("instance") or ""
    return stage.instances.get(wanted) or next(iter(stage.instances.values()), None)


@dataclass(slots=True)
class _Album:
    """The drawings of a case, each once."""

    book: Book
    drawings: list[dict[str, Any]] = field(default_factory=list)
    _numbers: dict[tuple[str, str], int | None] = field(default_factory=dict)
    _ids: list[dict[str, int]] = field(default_factory=list)

    def shot(self, stage: Stage, instance: Running) -> dict[str, Any] | None:
        """What is marked on the drawing of an instance now."""
        key = instance.digest, instance.process_key
        if key not in self._numbers:
            self._numbers[key] = self._draw(instance)
        number = self._numbers[key]
        if number is None:
            return None
        ids, trace, waiting = self._ids[number], instance.trace, stage.waiting(instance.id)

        def numbered(element: str) -> int:
            if element not in ids:
                self.drawings[number]["ids"].append(element)
            return ids.setdefault(element, len(ids))

        return {
            "drawing": number,
            "done": [numbered(it) for it, count in trace.passed.items() if count and it not in waiting],
            "gone": [numbered(it) for it in trace.cancelled if not trace.passed[it] and it not in waiting],
            "now": [[numbered(it), count] for it, count in waiting.items()],
        }

    def _draw(self, instance: Running) -> int | None:
        name = self.book.file(instance.digest, instance.process_key)
        if name is None:
            return None
        texts = self.book.texts(instance.digest)
        process = instance.trace.process
        self.drawings.append(
            {
                "name": texts.of(process.id, process.name),
                "version": self.book.version(instance.digest),
                "xml": self.book.files(instance.digest)[name].decode(),
                "labels": texts.labels(),
                "elements": {it.id: texts.part(it) for it in process.elements},
                "ids": [],
            }
        )
        self._ids.append({})
        return len(self.drawings) - 1
