"""A gateway at which no condition holds stops the case, unless it has a default flow."""

from collections.abc import Iterator

from service.engine.checks.view import Fault, ProcessView, named


def find(view: ProcessView) -> Iterator[Fault]:
    """Exclusive and inclusive gateways with conditions on all their flows."""
    for element in view.process.elements:
        if element.kind not in ("exclusiveGateway", "inclusiveGateway") or element.default:
            continue
        if element.outgoing and all(view.flows[flow].condition is not None for flow in element.outgoing):
            message = f"A case stops at {named(element)} when no condition holds. Make one of its flows the default."
            yield Fault(element.id, message, "warning")
