"""One step in full: the answers on the form as it was shown, the rules that fired, the conditions that were asked."""

import json
from collections.abc import Mapping
from typing import Any

from service.domain.actors import Actor
from service.domain.disclosures import Broken, Opened, is_sealed
from service.engine import decisions
from service.forms import resting
from service.queries import tables
from service.queries.revealing import Openings, names_in
from service.queries.timeline.book import Book
from service.queries.timeline.steps import Step
from service.queries.withheld import ANSWERS, WITHHELD


def details(book: Book, step: Step, actor: Actor) -> dict[str, Any]:
    """What the panel beside the diagram shows the actor of a step, over its summary."""
    book = book.at(step.number)
    made = [it for it in step.entries("evaluation.made") if it["record"] != WITHHELD]
    return {
        "form": _form(book, step, actor),
        "tables": [table for it in made if it["of"] == "decision" for table in _tables(book, it)],
        "gateways": [_gateway(book, it) for it in made if it["of"] == "gateway"],
        "operations": [_operation(book, it) for it in step.entries("operation.called")],
        "incident": step.cause["data"] if "fault" in step.cause["data"] else None,
        "help": _help(book, step),
    }


def _help(book: Book, step: Step) -> dict[str, Any] | None:
    """Why somebody helped, held or called off the case, opened; and the values that were put right."""
    data = step.cause["data"]
    if "reason" not in data or not is_sealed(data["reason"]):
        return None
    opened = Openings(book.session, book.here, [data["reason"]]).of(data["reason"])
    before, after = ({} if it == WITHHELD else it for it in (data.get("before", {}), data.get("after", {})))
    return {
        "reason": opened.value if isinstance(opened, Opened) else None,
        "broken": isinstance(opened, Broken),
        "values": [(name, before.get(name), value) for name, value in sorted(after.items())],
    }


def _form(book: Book, step: Step, actor: Actor) -> dict[str, Any] | None:
    """The answers to a task, completed or stopped (or of a start) with the form of that deployment: schema, `ui:` keys, texts.

    What was sealed in them is opened; `names` are those of what they hold the ids of. `withheld`: they are a vote in a
    ballot that is open or secret, or kept for the people of one organisation, and none of the actor's.
    """
    data = step.cause["data"]
    answers = data.get("answers") if step.kind in ANSWERS else data.get("variables")
    instance = book.stage.instances.get(data.get("instance", ""))
    if instance is None or step.kind not in {*ANSWERS, "instance.started"}:
        return None
    if step.kind in ANSWERS:
        activity = book.stage.told[data["task"]]["activity"]
        element = instance.trace.process.element(activity)
    else:
        process = instance.trace.process
        element = next((it for it in process.elements if it.kind == "startEvent" and it.scope == process.id), None)
    properties = element.properties if element else {}
    schema_file = properties.get("formJsonSchemaFilename", "")
    ui_file = properties.get("formUiSchemaFilename", "")
    files = book.files(instance.digest)
    texts = book.texts(instance.digest)
    schema = json.loads(files[schema_file]) if schema_file in files else None
    kept = any(not book.open_vote(vote["ballot"]) for vote in step.entries("vote.cast")) or resting.own(schema or {})
    withheld = answers == WITHHELD or (kept and not _hers(book, step, actor))
    openings = Openings(book.session, book.here, [answers])
    shown = {} if withheld else openings.of(answers or {})
    return {
        "answers": shown,
        "names": names_in(book.session, book.here, [shown]),
        "withheld": withheld,
        "schema": schema,
        "schema_file": schema_file,
        "ui": json.loads(files[ui_file]) if ui_file in files else {},
        "ui_file": ui_file,
        "texts": texts.said,
        "source": texts.source,
    }


def _hers(book: Book, step: Step, actor: Actor) -> bool:
    """Whether the actor made the step, or acts for the organisation that its task was for."""
    task = book.stage.told.get(step.cause["data"].get("task", "")) or {}
    return step.cause["actor"] == actor.person_id or task.get("candidate") in actor.organisations


def _tables(book: Book, made: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every table that an evaluation used, with its fired rows; all that was read, and what came out.

    `reads` are the values that cells and columns look at besides what a column shows: the record has them, for it holds
    every input of the decision. `asked` is what forms call variables, `names` those of what ids in values stand for.
    """
    record, instance = made["record"], book.stage.instances[made["instance"]]
    found, asked = [], book.asked(made["instance"])
    for decision in record["decisions"]:
        for firing in decision["fired"]:
            kept = book.table(instance.digest, record["digest"], record["decision"], firing["table"])
            fired = [rule["id"] for rule in firing["rules"]]
            reads = decisions.reads(kept.logic, record, decision["id"], firing["table"], _closed) if kept else []
            given = [it["value"] for it in firing["inputs"]]
            found.append(
                {
                    "table": tables.shown(kept.table, kept.texts, fired, kept.beside) if kept else None,
                    "name": decision["name"],
                    "inputs": firing["inputs"],
                    "reads": [{"name": it.name, "value": it.value} for it in reads],
                    "asked": asked,
                    "names": names_in(book.session, book.here, [*given, *(it.value for it in reads)]),
                    "numbers": [rule["index"] for rule in firing["rules"]],
                    "rules": firing["rules"],
                    "value": decision["value"],
                }
            )
    return found


def _closed(value: Any) -> bool:
    """Whether a reader of the record is not told what is in a value."""
    return is_sealed(value) or value == WITHHELD


def _gateway(book: Book, made: Mapping[str, Any]) -> dict[str, Any]:
    instance, record = made["instance"], made["record"]
    return {
        "name": book.element(instance, made["activity"]),
        "asked": [
            {
                "condition": it["condition"],
                "value": it["value"],
                "taken": it["flow"] in record["taken"],
                **book.way(instance, it["flow"]),
            }
            for it in record["conditions"]
        ],
        "taken": [book.way(instance, flow) for flow in record["taken"]],
    }


def _operation(book: Book, called: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": book.element(called["instance"], called["activity"]),
        "operation": called["operation"],
        "parameters": called.get("parameters", {}),
        "result": called.get("result"),
    }
