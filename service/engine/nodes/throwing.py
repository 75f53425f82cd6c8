"""Events that are thrown. The case brings messages and signals to who waits for them (`stepping.routing`)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from SpiffWorkflow.bpmn.specs.mixins import IntermediateThrowEventMixin

from service.engine.fences.error_scope import throw
from service.engine.live.thrown import Thrown
from service.engine.model import EventDefinition
from service.engine.nodes.base import Node

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask


def throw_events(node: Node, my_task: "LiveTask") -> None:
    """Throw the messages and signals of the task's element."""
    for event in node.drawn.events:
        if event.kind in ("message", "signal"):
            _throw(node, my_task, event)


def _throw(node: Node, my_task: "LiveTask", event: EventDefinition) -> None:
    """Throw one message or signal, with its payload and, for a message, its correlation values."""
    live = node.live(my_task)
    engine = live.script_engine
    payload = None if event.text is None else engine.value(my_task, event.text, place="payload")
    keys: dict[str, Any] = {}
    if event.kind == "message":
        # A key is read from the payload, or from the variables where nothing is sent along.
        scope = payload if isinstance(payload, dict) else my_task.data
        for key, text in sorted(live.spec.correlations.get(event.name, {}).items()):
            keys[key] = engine.value(my_task, text, place="correlation", variables=scope)
        live.keys.update(keys)
    live.bring(
        Thrown(
            "message" if event.kind == "message" else "signal",
            node.drawn.id,
            event.name,
            payload=payload,
            keys=tuple(keys.items()),
        )
    )


class IntermediateThrow(Node, IntermediateThrowEventMixin):
    """An intermediate throw event, or a send task."""

    library: ClassVar[Mapping[str, Any]] = {"event_definition": None}

    def act(self, my_task: "LiveTask") -> None:
        """Throw, and go on."""
        throw_events(self, my_task)
        for event in self.drawn.events:
            if event.kind == "escalation":
                throw(my_task, event)
