"""What made a step fail, in words: a headline, and what to do about it, for each kind of incident."""

from collections.abc import Mapping
from typing import Any

from service.web import formats
from service.web.i18n import gettext, pgettext


def title(kind: str) -> str:
    """What went wrong, in a few words."""
    return _titles().get(kind) or gettext("A part of the process failed")


def advice(kind: str) -> str:
    """What usually helps."""
    if kind in _TOO_MUCH:
        onward = gettext(
            "Put that version into force, and move the case to it. Or let it go on past this part, or call it off."
        )
        return f"{_less(kind)} {onward}"
    said = {
        ("expression", "value", "items", "not-usable", "input-missing", "output-missing"): gettext(
            "Put the value right that it reads, or pass over this part. Then mend the diagram for the next cases."
        ),
        ("not-in-force", "no-decision", "decision"): gettext("Put what is missing into force, and try again."),
        ("operation",): gettext("Mend what the service says is in the way, and try again."),
        ("no-flow", "uncaught-error", "join-conflict", "items-conflict", "unsupported"): gettext(
            "Choose how the case goes on from here. Then mend the diagram for the next cases."
        ),
        ("too-long", "internal"): gettext("Try again. If it fails once more, tell whoever runs the service."),
    }
    return next((words for kinds, words in said.items() if kind in kinds), "") or gettext(
        "Mend the diagram for the next cases. This case can go on past this part, or be called off."
    )


_TOO_MUCH = ("endless", "too-much-work", "too-much-at-once", "too-many-items", "too-much-data")


def _less(kind: str) -> str:
    """How a diagram that asks for too much is drawn so that it asks for less."""
    said = {
        "endless": gettext("Draw a task or a wait into the loop."),
        "too-much-work": gettext(
            "Another value helps only where this one is too large. Else let the text do less at once, such as in a loop "
            "of the diagram that waits."
        ),
        "too-much-data": gettext("Let the case keep less."),
    }
    return said.get(kind) or gettext("Let less happen at once: fewer items, or a task or a wait in between.")


def place(name: str | None) -> str:
    """What the text at fault is for; nothing where that says no more than the text."""
    said = {
        "condition": gettext("The condition of a way"),
        "script": gettext("The calculation"),
        "preScript": gettext("The calculation before it begins"),
        "postScript": gettext("The calculation when it is done"),
        "timer": gettext("The time"),
        "dueDate": gettext("The deadline"),
        "followUpDate": gettext("The reminder"),
        "priority": gettext("The priority"),
        "candidateFrom": gettext("Whom it is for"),
        "instructions": gettext("The instructions"),
        "decision": gettext("The decision table"),
        "operation": gettext("The operation"),
        "completionCondition": gettext("When the repetition ends"),
        "loopCondition": gettext("When the repetition ends"),
        "multiInstance": gettext("What it is repeated for"),
        "loopDataInputRef": gettext("What it is repeated for"),
        "payload": gettext("What is sent along"),
        "call": gettext("The other process"),
    }
    return said.get(name or "", "")


def waiting(kind: str) -> str:
    """What waits to be done: a few words by the kind of the move."""
    said = {
        "complete": pgettext("waits", "An answer"),
        "start": pgettext("waits", "The beginning of the case"),
        "due": pgettext("waits", "A time that has come"),
        "deliver": pgettext("waits", "A message"),
    }
    return said.get(kind, pgettext("waits", "The end of the case"))


def mended(found: Mapping[str, Any] | None, at: str | None) -> str:
    """How it was mended, by whom and when; as much of it as is known."""
    if at is None or found is None or found["how"] == "overtaken":
        return gettext("This is mended, or nobody waits for it any more.")
    who, moment = found["who"] or gettext("Somebody"), formats.moment(at)
    if found["how"] == "correct":
        names = formats.listing(found["names"])
        return gettext("%(who)s put values right %(moment)s (%(names)s).", who=who, moment=moment, names=names)
    if found["how"] == "skip":
        return gettext("%(who)s passed over this part %(moment)s.", who=who, moment=moment)
    if found["how"] == "retry":
        return gettext("%(who)s tried again %(moment)s, and the step was made.", who=who, moment=moment)
    return gettext("%(who)s answered anew %(moment)s, and the step was made.", who=who, moment=moment)


def _titles() -> dict[str, str]:
    return {
        "expression": gettext("A text of the diagram gave no value"),
        "value": gettext("A value cannot be kept"),
        "not-usable": gettext("A value cannot be used here"),
        "items": gettext("It is unclear how often this is done"),
        "items-conflict": gettext("Two rounds changed the same value"),
        "join-conflict": gettext("Two branches changed the same value"),
        "no-flow": gettext("No way leads on"),
        "operation": gettext("The service could not do its part"),
        "decision": gettext("The decision table gave no answer"),
        "no-decision": gettext("The decision table is not in force"),
        "not-in-force": gettext("The other process is not in force"),
        "input-missing": gettext("The other process lacks a value"),
        "output-missing": gettext("The other process left a value out"),
        "uncaught-error": gettext("An error ends the process, and nothing catches it"),
        "stuck": gettext("Nothing could ever move the case on"),
        "endless": gettext("The case would go round for ever"),
        "too-much-at-once": gettext("Too much would happen at once"),
        "too-many-items": gettext("Too many items would begin at once"),
        "too-much-work": gettext("A text of the diagram asks for too much"),
        "too-much-data": gettext("The case would hold too much"),
        "too-long": gettext("It took too long"),
        "too-deep": gettext("Too many processes call one another"),
        "unsupported": gettext("The diagram asks for what cannot be run"),
        "internal": gettext("The service itself failed"),
    }
