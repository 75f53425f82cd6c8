"""`scenarios.yaml` → `Scenario`s. The file is YAML 1.2's core: dates are text, and only true and false are booleans.

always:                     # for every scenario of the file; a scenario's own entries come on top
  start: {target: E1}       # variables that the case begins with
  operations:               # what operations answer: each time the same, or in turn
    settings.read: {returns: {hearing: {trade: 20}}}
    targets.status: {evaluates: status}                      # FEEL over the call's parameters
    ballots.open: [{returns: {…}}, {returns: {…}}]
  calls:                    # called processes that are not played; all others are
    hearing: {returns: {outcome: closed}}
    publication: {error: substantive-error, payload: […]}
    drafting: {escalation: milestone-missed, returns: {…}}
scenarios:
  - name: Adopted with 7–1–1
    now: 2026-03-02T08:00:00Z
    calendar: DK
    steps:
      - complete: Task_agenda
        answers: {meeting_on: 2026-04-21}
        open: [Task_agree_agenda]          # what is open then, no more and no less
      - complete: Task_vote
        each: [{vote: for}, {vote: against}]   # the open items in order; `item: 2` with `answers` is one of them
      - complete: Task_tie
        answers: {outcome: referred back}
        refused: [/remarks]                # the form does not take these answers, for these fields
      - due: Timer_meeting                 # the clock moves to when the timer is due
      - deliver: a.message
        payload: {}
    expect: {ended: End_adopted, variables: {outcome: adopted}}     # or open: [Task_x]
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import yaml  # type: ignore[import-untyped]  # PyYAML carries no types

from service.domain.bundles import Bundle
from service.domain.errors import Refused

FILE = "scenarios.yaml"
MOST_BYTES, MOST_STEPS = 1_048_576, 2_000
_MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
_ALWAYS = {"now", "calendar", "start", "operations", "calls"}
_STEP = {
    "complete": {"answers", "each", "item", "reads", "refused"},
    "due": set[str](),
    "deliver": {"payload", "keys"},
}
_ANSWERS = {"operations": {"returns", "evaluates"}, "calls": {"returns", "error", "escalation", "payload"}}


class ScenariosUnreadable(Refused):
    """The scenarios of "{bundle}" cannot be read: {reason}."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One course of events. `process` is the id of the process that it starts."""

    bundle: str
    name: str
    process: str
    now: datetime
    calendar: str
    start: Mapping[str, Any]
    operations: Mapping[str, Any]
    calls: Mapping[str, Any]
    steps: tuple[Mapping[str, Any], ...]
    expect: Mapping[str, Any]


class Wrong(Exception):
    """A scenario says something that has no meaning."""


def read(bundle: Bundle) -> tuple[Scenario, ...]:
    """The scenarios of a bundle, in the order of its file; none without one. Raises `ScenariosUnreadable`."""
    if FILE not in bundle.files:
        return ()
    try:
        return tuple(_scenarios(bundle, bundle.files[FILE]))
    except (Wrong, ValueError, RecursionError, yaml.YAMLError) as error:
        raise ScenariosUnreadable(bundle=bundle.manifest.key, reason=" ".join(str(error).split())) from None


def _scenarios(bundle: Bundle, data: bytes) -> Iterator[Scenario]:
    if len(data) > MOST_BYTES:
        raise Wrong(f"the file is larger than {MOST_BYTES:,} bytes")
    document = _object(yaml.load(data, _Loader), "the file", {"always", "scenarios"})
    if bundle.manifest.process is None:
        raise Wrong("the bundle has no process to start")
    always = _object(document.get("always", {}), "always", _ALWAYS)
    for said in _list(document.get("scenarios"), "scenarios"):
        yield _scenario(bundle, bundle.manifest.process, always, said)


def _scenario(bundle: Bundle, process: str, always: Mapping[str, Any], said: Any) -> Scenario:
    said = _object(said, "a scenario", _ALWAYS | {"name", "steps", "expect"})
    name = str(said.get("name", "a scenario without a name"))
    return Scenario(
        bundle=bundle.manifest.key,
        name=name,
        process=process,
        now=_moment(said.get("now", always.get("now"))),
        calendar=str(said.get("calendar", always.get("calendar", "DK"))),
        start=_both("start", always, said),
        operations=_answers("operations", always, said),
        calls=_answers("calls", always, said),
        steps=_steps(name, _list(said.get("steps", []), f"the steps of {name}")),
        expect=_object(said.get("expect", {}), f"expect of {name}", {"ended", "variables", "open"}),
    )


def _both(part: str, always: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    return _object(always.get(part, {}), f"{part} of always") | _object(said.get(part, {}), part)


def _answers(part: str, always: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    answers = {name: given for name, given in _both(part, always, said).items() if given is not None}
    for name, given in answers.items():
        for answer in given if isinstance(given, list) else [given]:
            _object(answer, f"{part}, {name}", _ANSWERS[part])
    return answers


def _steps(name: str, said: list[Any]) -> tuple[Mapping[str, Any], ...]:
    # Aliases of lists multiply: what is too much is found before it is there.
    steps = tuple(islice(_flat(said), MOST_STEPS + 1))
    if len(steps) > MOST_STEPS:
        raise Wrong(f"{name} has more than {MOST_STEPS:,} steps")
    return tuple(_step(name, step) for step in steps)


def _flat(steps: list[Any]) -> Iterator[Any]:
    for step in steps:
        if isinstance(step, list):
            yield from _flat(step)
        else:
            yield step


def _step(name: str, step: Any) -> Mapping[str, Any]:
    said = _object(step, f"a step of {name}")
    verbs = [verb for verb in _STEP if verb in said]
    if len(verbs) != 1:
        raise Wrong(f"a step of {name} says not one of {', '.join(_STEP)}")
    return _object(said, f"{name}, {said[verbs[0]]}", {verbs[0], "open"} | _STEP[verbs[0]])


def _object(value: Any, place: str, known: Collection[str] | None = None) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Wrong(f"{place} is no object")
    strange = [] if known is None else sorted(str(key) for key in value if key not in known)
    if strange:
        raise Wrong(f"{place} says “{strange[0]}”, which means nothing there")
    return value


def _list(value: Any, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise Wrong(f"{place} is no list")
    return value


def _moment(text: Any) -> datetime:
    moment = _MORNING if text is None else datetime.fromisoformat(str(text))
    if moment.tzinfo is None:
        raise Wrong(f"the time {text} needs a zone")
    return moment


class _Loader(yaml.SafeLoader):  # type: ignore[misc]  # its base is untyped
    """Safe, and without YAML 1.1's guesses."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, test) for tag, test in found if not tag.endswith((":timestamp", ":bool"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
