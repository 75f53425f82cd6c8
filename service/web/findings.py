"""What a check found, for readers: a headline, and what goes wrong and what to do, in their language."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from service.domain.findings import Finding
from service.domain.measures import STATUSES
from service.domain.sentences import Sentence
from service.web import formats, kinds, words
from service.web.fields import Words
from service.web.i18n import SOURCE, gettext, language

UNREADABLE = (
    *("unreadable", "not-xml", "not-bpmn", "not-dmn", "encoding", "bad-reference", "duplicate-id", "no-id"),
    *("doctype", "too-deep", "too-many-elements"),
)
"""What a file that is no diagram is refused for."""


def told(findings: Iterable[Finding], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Findings as the page lists them; `names` are what elements are called, by id."""
    titles = headlines()
    return [
        {
            "level": finding.level,
            "title": titles.get(finding.rule) or gettext("Something is wrong here"),
            "message": message(finding.message),
            "element": finding.element,
            "name": names.get(finding.element or ""),
            "file": finding.file,
            "trace": [names.get(key, key) for key in finding.trace],
        }
        for finding in findings
    ]


def message(said: str) -> Words:
    """A check's sentence in the reader's language; what is no sentence of ours stays English, and is marked so."""
    if not isinstance(said, Sentence):
        return Words(said, None if language() == SOURCE else SOURCE)
    return Words(formats.first_upper(_said(said)))


def _said(sentence: Sentence) -> str:
    return gettext(sentence.template, **{name: _value(name, value) for name, value in sentence.values.items()})


def _value(name: str, value: Any) -> str:
    if isinstance(value, Sentence):
        return _said(value)
    if isinstance(value, int):
        return formats.number(value)
    return _NAMED.get(name, str)(value)


def _state(key: str) -> str:
    """The status of a measure or of a target, in words."""
    return words.measure(key) if key in STATUSES else words.status(key)


_NAMED: Mapping[str, Callable[[str], str]] = {
    "kind": lambda key: kinds.events().get(key, key),
    "outcome": words.outcome,
    "result": words.outcome,
    **dict.fromkeys(("before", "after", "status"), _state),
}
"""Values of sentences that have words of their own, by the name that the sentence has for them."""


def headlines() -> dict[str, str]:
    """What each rule finds, by its key, in a few words."""
    return {**_flow(), **_activities(), **_texts(), **_files()}


def _flow() -> dict[str, str]:
    return {
        "boundary-attachment": gettext("An event on the edge hangs in the air"),
        "call-cycle": gettext("Processes call one another in a circle"),
        "condition-is-no-truth": gettext("The condition is neither true nor false"),
        "constant-condition": gettext("The condition is always the same"),
        "event-gateway": gettext("Only events can be waited for here"),
        "event-without-key": gettext("A message never finds this event by its key"),
        "flow-across-scopes": gettext("A flow crosses the edge of a sub-process"),
        "flow-without-condition": gettext("A way has no condition"),
        "gateway-without-default": gettext("A case could find no way out"),
        "implicit-fork": gettext("Several ways leave without saying how"),
        "long-chain": gettext("Too many steps in a row"),
        "loop-without-wait": gettext("The case would go round for ever"),
        "never-due": gettext("The time would never come"),
        "no-end": gettext("There is no end"),
        "no-start": gettext("There is no start"),
        "overlapping-conditions": gettext("Two conditions hold at once"),
        "parallel-join-of-loop": gettext("A case would get stuck where ways meet"),
        "deadlock": gettext("A case can stand still for ever"),
        "left-behind": gettext("Something is left when the case has come to its end"),
        "livelock": gettext("The case would go round without an end"),
        "dead-activity": gettext("No case ever comes here"),
        "unbounded-tokens": gettext("Work heaps up without end"),
        "lack-of-synchronisation": gettext("Something may be done twice"),
        "soundness-undecided": gettext("The process is too tangled to be gone through"),
        "parallel-writes": gettext("Two branches change the same value"),
        "predicted-tasks": gettext("The process is too large to be run"),
        "start-process": gettext("It is unclear which process begins"),
        "two-timers": gettext("Two times are waited for at once"),
        "unreachable": gettext("Nothing leads here"),
    }


def _activities() -> dict[str, str]:
    return {
        "called-process-missing": gettext("The other process is not in force"),
        "decision-gap": gettext("A decision table has no answer to something"),
        "decision-masked": gettext("A rule never decides"),
        "decision-overlap": gettext("Two rules answer the same"),
        "decision-named-twice": gettext("Two decisions have the same name"),
        "decision-output": gettext("A table says what it may not say"),
        "decision-priority": gettext("A table does not say what comes first"),
        "decision-type-cycle": gettext("Types name one another in a circle"),
        "decision-missing": gettext("The decision table is not here"),
        "decision-cycle": gettext("Decisions need one another in a circle"),
        "decision-requirement": gettext("A decision names what it does not require"),
        "decision-empty": gettext("A decision has no logic"),
        "decision-import": gettext("A file that is imported is not here"),
        "decision-unreadable": gettext("The decision table cannot be read"),
        "ignored-attribute": gettext("Something is asked for that is not done"),
        "incomplete-activity": gettext("It is not said what is done here"),
        "lane-without-name": gettext("The lane has no name"),
        "lane-without-role": gettext("No role has this name"),
        "multi-instance": gettext("It is unclear how often this is done"),
        "renamed-data": gettext("A value would have two names"),
        "said-twice": gettext("Something is said twice"),
        "task-without-role": gettext("Nobody would have this task"),
        "unknown-parameter": gettext("The operation is not called like this"),
        "unknown-property": gettext("A setting means nothing here"),
        "unsupported-definition": gettext("This kind of definition cannot be run"),
        "unsupported-element": gettext("This kind of element cannot be run"),
        "unsupported-event": gettext("This event cannot be run here"),
    }


def _texts() -> dict[str, str]:
    return {
        "expression": gettext("The expression cannot be read"),
        "missing-text": gettext("A text is not translated"),
        "name-from-outside": gettext("A value comes from outside"),
        "name-known-later": gettext("A value is known only later"),
        "output-never-set": gettext("A result is never set"),
        "sealed-value": gettext("Nobody here may know what this field holds"),
        "short-cycle": gettext("The time comes round too soon"),
        "unknown-entry": gettext("There is no such entry"),
        "unknown-input": gettext("What is asked for is not known here"),
        "maybe-empty": gettext("A field that may be empty is asked as if it were not"),
        "unknown-name": gettext("Nothing has this name"),
        "unknown-value": gettext("A value that never comes"),
        "unlike-comparison": gettext("Two kinds of values are compared"),
        "unknown-function": gettext("There is no such function"),
        "wrong-call": gettext("The function is not called like this"),
    }


def _files() -> dict[str, str]:
    return {
        "dangling-reference": gettext("Something refers to what is not there"),
        "duplicate-process": gettext("Two processes have the same id"),
        "form-missing": gettext("The form is not here"),
        "form-rests-on-nothing": gettext("The form rests on what nothing writes"),
        "form-unreadable": gettext("The form cannot be read"),
        "form-unusable": gettext("The form cannot be used"),
        "not-drawn": gettext("Something is not in the drawing"),
        "reserved-id": gettext("The id means something else elsewhere"),
        "too-large": gettext("The file is too large"),
        **dict.fromkeys(UNREADABLE, gettext("The file cannot be read")),
    }
