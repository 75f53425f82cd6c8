"""A decision table as its owner tries it: what it asks for, what it answers, and which of its rules fired."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.errors import DecisionNotFound
from service.domain.sentences import Sentence, core
from service.engine import ShownTable, shown_tables
from service.engine.decisions import Evaluation, asking
from service.queries import decisions, tables
from service.queries.texts import Text, Texts, texts, title
from service.runtime import calendars
from service.store import definitions as store
from service.store import deployments
from service.store.db import reading

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


_WHY = {asking.OUTSIDE: "outside", asking.MISSING: "missing", asking.UNCLEAR: "unclear"}
"""Why what was written will not do, by the template of what is said of it."""


def tried(
    actor: Actor,
    bundle_key: str,
    key: str,
    language: str,
    now: datetime,
    *,
    written: Mapping[str, str] | None = None,
    number: int | None = None,
) -> dict[str, Any]:
    """A decision of a bundle, its form as `written` fills it in, and its answer where nothing written is wrong.

    `number` is the version of the bundle, the one in force unless told; `written` is None where nothing is asked yet.
    Raises `DecisionNotFound`, `DecisionUnanswerable`.
    """
    if not actor.takes_part:
        raise DecisionNotFound(key=key)
    with reading() as session:
        here = actor.workspace_id
        digest, name, version = _place(session, here, bundle_key, key, number)
        definition = decisions.definition_of(session, here, digest, name, key)
        context = decisions.context(now, calendars.of(session, here))
        fields = asking.fields(definition, key)
        inputs, wrong = asking.inputs(fields, written or {}, context)
        answer = None
        if written is not None and not wrong:
            answer = decisions.asked(session, here, digest, name, key, inputs, now)
        said = texts(session, here, digest, language)
        shown = shown_tables(store.file(session, here, digest, name) or b"")
        return {
            "key": key,
            "bundle": {"key": bundle_key, "title": title(said, None, bundle_key, language)},
            "name": _name(shown, key, definition.find(key).name, said),
            "version": version,
            "fields": [_field(field, shown, said, written or {}, wrong) for field in fields],
            "tables": _tables(shown, definition.keys(), key, answer, said),
            "answer": answer and _answer(answer, shown, key, said),
        }


def _place(session: "Session", here: str, bundle_key: str, key: str, number: int | None) -> tuple[str, str, int]:
    """The bundle's digest, the decision's file in it, and the number of the version."""
    rows = deployments.of_key(session, here, bundle_key)
    row = next((it for it in rows if number is None or it.number == number), None)
    found = row and store.decision(session, here, key, digest=row.bundle_digest)
    if row is None or not found:
        raise DecisionNotFound(key=key)
    return row.bundle_digest, found[1], row.number


def _name(shown: Iterable[ShownTable], key: str, named: str, said: Texts) -> Text:
    return said.of(key, next((table.name for table in shown if table.decision == key), named))


def _field(
    field: asking.Field,
    shown: Iterable[ShownTable],
    said: Texts,
    written: Mapping[str, str],
    wrong: Mapping[str, Sentence],
) -> dict[str, Any]:
    """A field of the form: called as the column that looks at it, else by the label of its input or by its name."""
    columns = (it for table in shown for it in (*table.inputs, *table.called))
    column = next((it for it in columns if it.expression == field.name), None)
    return {
        "name": field.name,
        "label": said.of(column.id, column.label) if column else None,
        "kind": field.kind,
        "options": field.options,
        "value": written.get(field.name, ""),
        "limits": field.limits,
        "rule": field.rule,
        "wrong": wrong.get(field.name),
        "why": _WHY.get(core(wrong[field.name]).template, "unreadable") if field.name in wrong else None,
    }


def _tables(
    shown: Iterable[ShownTable], keys: Iterable[str], key: str, answer: Evaluation | None, said: Texts
) -> list[dict[str, Any]]:
    """The tables that are asked, the one of the decision itself first; with an answer, what fired is marked."""
    made = {one.id: one for one in answer.decisions} if answer else {}
    fired = {
        (one.id, firing.table): [rule.id for rule in firing.rules] for one in made.values() for firing in one.firings
    }
    wanted = made.keys() | {key} if answer else set(keys)
    asked = sorted((it for it in shown if it.decision in wanted), key=lambda it: it.decision != key)
    return [tables.shown(table, said, fired.get((table.decision, table.id), ())) for table in asked]


def _answer(answer: Evaluation, shown: Iterable[ShownTable], key: str, said: Texts) -> dict[str, Any]:
    """What came out, column by column, with the words for it; the numbers of the rules that fired; and why nulls are in
    it."""
    table = next((it for it in shown if it.decision == key), None)
    value = answer.value
    named = tables.outputs(table, said) if table else []
    labels = [it["label"] for it in named]
    words = [it["words"] for it in named]
    names = answer.names
    split = isinstance(value, dict) and len(names) > 1 and len(names) == len(labels)
    outputs = (
        [(label, asking.shown(value.get(name))) for label, name in zip(labels, names, strict=True)]
        if split and isinstance(value, dict)
        else [(labels[0] if len(labels) == 1 else None, asking.shown(value))]
    )
    return {
        "outputs": [
            {"label": label, "value": text, "words": known.get(text)}
            for (label, text), known in zip(
                outputs, words if len(words) == len(outputs) else [{}] * len(outputs), strict=True
            )
        ],
        "fired": [rule.index for firing in answer.decisions[-1].firings for rule in firing.rules],
        "of_table": table is not None,
        "digest": answer.digest,
        "reasons": [{"message": reason.message, "expression": reason.sub_expression} for reason in answer.reasons],
    }
