"""The pages of a dossier: a summary to read, the steps with their drawings, and what to do with the rest. All in one piece
each, so that they open from a disk, and none asks anything of a network."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app
from markupsafe import Markup

from service.queries.dossiers import Gathered
from service.web import answers, assets, fields, roles, telling, words
from service.web.findings import message
from service.web.i18n import gettext, speaking
from service.web.said import spoken
from service.web.said import words as said_words

Told = Mapping[str, Any]


def pages(gathered: Gathered) -> dict[str, bytes]:
    """The pages of a gathered case, by the names of their files."""
    facts, story = gathered.facts, gathered.story
    with current_app.test_request_context(), speaking(facts["language"], facts["zone"]):
        roles.at_home(gathered.about["workspace"], facts["language"])
        steps = [_step(number, it, story.drawings) for number, it in enumerate(spoken(story.steps), 1)]
        told = {
            "facts": facts,
            "title": facts["business_key"] or said_words(story.title).text or gettext("Case"),
            "process": said_words(story.title),
            "status": words.status(facts["status"]) if facts["status"] else "",
            "steps": steps,
            "people": _people(steps),
            "differing": [(it.table, it.row, it.column) for it in story.differing],
            "message": message,
            "way": telling.way,
        }
        replay = {
            "data": _data(steps, spoken(story.drawings)),
            "script": _inline("dossier.js"),
            "look": _inline("diagram.css"),
        }
        return {
            "README.txt": _readme(told),
            "index.html": _drawn("dossier/summary.html", told),
            "replay.html": _drawn("dossier/replay.html", told | replay),
            "licences.txt": (assets.BUILT / "licences.txt").read_bytes(),
        }


def _readme(told: Told) -> bytes:
    """What each file is for."""
    files = {
        "index.html": gettext("a summary to read"),
        "replay.html": gettext("the case step by step, with its diagram"),
        "verify.py": gettext("the program that verifies all of this: python3 verify.py --key KEY --checkpoint FILE"),
        "records.jsonl": gettext("the records of the case, one on each line"),
        "workspace.jsonl": gettext("records of the workspace that they rest on"),
        "proofs.json": gettext("that they stand in the log"),
        "checkpoints.txt": gettext("the signed checkpoint under which they do"),
        "keys.txt": gettext("the keys of the log, as the service tells them"),
        "turns.txt": gettext("that each key was followed by the next, as both have signed"),
        "disclosures.jsonl": gettext("what opens sealed values"),
        "definitions/": gettext("the diagrams, tables and forms that the case ran on"),
        "documents.json": gettext("the documents of the case with their hashes; the files are in documents/"),
        "dossier.json": gettext("all files with their hashes"),
        "receipt.json": gettext("the record which says who was handed this, and when"),
        "seal.json": gettext("that this record stands in the log itself; not there where nothing was signed in time"),
        "licences.txt": gettext("the licences of what draws the diagrams; its mark, bpmn.io, must stay in them"),
    }
    head = [gettext("Dossier: %(title)s", title=told["title"]), told["facts"]["workspace"], ""]
    return "\n".join([*head, *(f"{name:20}{said}" for name, said in files.items()), ""]).encode()


def _drawn(template: str, told: Told) -> bytes:
    return current_app.jinja_env.get_template(template).render(**told).encode()


def _inline(name: str) -> Markup:
    """A bundle as it stands in a page: nothing in it may look as if it ended there."""
    text = (assets.BUILT / assets.manifest()[name]).read_text(encoding="utf-8")
    return Markup(re.sub(r"</(?=script|style)", r"<\\/", text, flags=re.IGNORECASE))


def _step(number: int, step: Told, drawings: Sequence[Told]) -> dict[str, Any]:
    shot, form = step["shot"], step["form"]
    elements = drawings[shot["drawing"]] if shot else {}
    return {
        **step,
        "number": number,
        "who": telling.who(step),
        "role": roles.said(step["role"]),
        "what": telling.what(step),
        "results": telling.results(step),
        "answers": _answers(form) if form else [],
        "stands": _standing(shot, elements) if shot else [],
    }


def _standing(shot: Told, drawing: Told) -> list[tuple[Any, int]]:
    """Where tokens stand after a step, and how many."""
    ids, names = drawing["ids"], drawing["elements"]
    return [(said_words(names[ids[it]]) if ids[it] in names else ids[it], count) for it, count in shot["now"]]


def _answers(form: Told) -> list[answers.Answer]:
    """What was answered, on the form of that day; nothing where it is withheld."""
    sheet = None
    if form["schema"] is not None:
        sheet = fields.Sheet(
            form["schema"], form["ui"], form["schema_file"], form["ui_file"], form["texts"], form["source"]
        )
    return answers.Teller(sheet, form["names"]).told(form["answers"])


def _people(steps: Sequence[Told]) -> list[tuple[str, list[str], int]]:
    """Who acted, in which roles, and in how many steps; in the order in which they came."""
    found: dict[str, tuple[dict[str, None], int]] = {}
    for step in steps:
        held, count = found.get(step["who"], ({}, 0))
        found[step["who"]] = held | ({str(step["role"]): None} if step["role"] else {}), count + 1
    return [(who, list(held), count) for who, (held, count) in found.items()]


def _data(steps: Sequence[Told], drawings: Sequence[Told]) -> Markup:
    """What the drawing goes by. `<` is written so that no text of a diagram ends the script."""
    found = {
        "drawings": [
            {"xml": it["xml"], "labels": it["labels"], "ids": it["ids"], "name": _caption(it)} for it in drawings
        ],
        "shots": [_shot(it, drawings) for it in steps],
        "none": gettext("There is no drawing of this step."),
        "failed": gettext("The diagram cannot be drawn. It stands beside it as text."),
    }
    return Markup(json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))


def _caption(drawing: Told) -> str:
    if drawing["version"] is None:
        return str(drawing["name"])
    return gettext("%(name)s, version %(version)s", name=drawing["name"], version=drawing["version"])


def _shot(step: Told, drawings: Sequence[Told]) -> dict[str, Any] | None:
    shot = step["shot"]
    if shot is None:
        return None
    ids = drawings[shot["drawing"]]["ids"]
    return {**shot, "chosen": [ids.index(step["activity"])] if step["activity"] in ids else []}
