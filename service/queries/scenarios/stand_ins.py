"""What stands in for the world: answers of operations in turn, and processes that only give their outputs."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from service.engine import compile_process
from service.engine.model import Diagram, Element, EventDefinition, Flow, Process
from service.engine.shapes import Definition


class NotForeseen(Exception):
    """The scenario has no answer."""


class InTurn:
    """Answers by name: a single one is given each time, those of a list one after another."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self._answers = answers
        self._given: Counter[str] = Counter()

    def __contains__(self, name: str) -> bool:
        return name in self._answers

    def next(self, name: str) -> Mapping[str, Any]:
        """The next answer. Raises `NotForeseen`."""
        answers: Any = self._answers.get(name, [])
        if isinstance(answers, Mapping):
            return answers
        self._given[name] += 1
        if self._given[name] > len(answers):
            raise NotForeseen(f"“{name}” is asked more often than the scenario answers, {len(answers)} times.")
        answer: Mapping[str, Any] = answers[self._given[name] - 1]
        return answer


def stand_in(key: str, answer: Mapping[str, Any]) -> Definition:
    """A process with that id that escalates, fails or ends as the answer says, and gives what it returns."""
    nodes: list[tuple[str, tuple[EventDefinition, ...], str | None]] = [("startEvent", (), None)]
    if "escalation" in answer:
        code = answer["escalation"]
        nodes.append(("intermediateThrowEvent", (EventDefinition("escalation", code, code, code),), None))
    if "returns" in answer:
        # A FEEL literal of JSON is JSON; one name a line.
        lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in answer["returns"].items()]
        nodes.append(("scriptTask", (), "\n".join(lines)))
    code = answer.get("error")
    payload = json.dumps(answer.get("payload"), ensure_ascii=False)
    nodes.append(
        ("endEvent", () if code is None else (EventDefinition("error", code, code, code, text=payload),), None)
    )
    process = _in_a_row(key, nodes)
    compiled = compile_process(Diagram(f"{key}.bpmn", (process,)), process)
    return Definition(hashlib.sha256(compiled).hexdigest(), key, compiled)


def _in_a_row(key: str, nodes: list[tuple[str, tuple[EventDefinition, ...], str | None]]) -> Process:
    names = [f"Node_{number}" for number in range(len(nodes))]
    flows = tuple(Flow(f"Flow_{a}_{b}", a, b, key) for a, b in pairwise(names))
    elements = tuple(
        Element(
            name,
            kind,
            key,
            incoming=tuple(flow.id for flow in flows if flow.target == name),
            outgoing=tuple(flow.id for flow in flows if flow.source == name),
            events=events,
            script=script,
        )
        for name, (kind, events, script) in zip(names, nodes, strict=True)
    )
    return Process(key, None, True, elements, flows)
