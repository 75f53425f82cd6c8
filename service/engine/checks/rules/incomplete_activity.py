"""An activity says what it does."""

from collections.abc import Iterator

from service.engine.checks.view import Fault, ProcessView, named


def find(view: ProcessView) -> Iterator[Fault]:
    """Service tasks without operation, rules without decision, scripts without script, messages without name."""
    for element in view.process.elements:
        name = named(element)
        if element.kind == "serviceTask":
            if element.operation is None or not element.operation.name:
                yield Fault(element.id, f"{name} says no operation to call (serviceTaskOperator). Choose one.")
            elif view.whole.operations is not None and element.operation.name not in view.whole.operations:
                message = f"There is no operation '{element.operation.name}'. Choose one that there is."
                yield Fault(element.id, message)
        elif element.kind == "businessRuleTask" and not element.decision:
            yield Fault(element.id, f"{name} says no decision to evaluate (calledDecisionId). Choose one.")
        elif element.kind == "scriptTask" and not (element.script or "").strip():
            yield Fault(element.id, f"{name} has no script, so that it does nothing. Write one, or remove the task.")
        elif element.kind in ("sendTask", "receiveTask") and not element.events:
            yield Fault(element.id, f"{name} names no message. Choose one.")
