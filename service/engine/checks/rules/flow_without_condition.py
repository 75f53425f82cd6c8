"""At a gateway that chooses, every flow but the default says when it is taken; elsewhere a condition is not read."""

from collections.abc import Iterator

from service.engine.checks.view import Fault, ProcessView, named

_CHOOSING = ("exclusiveGateway", "inclusiveGateway")


def find(view: ProcessView) -> Iterator[Fault]:
    """Flows that need a condition and have none, and conditions that nobody reads."""
    for flow in view.process.flows:
        source = view.nodes.get(flow.source)
        if source is None:
            continue
        default = source.default == flow.id
        if source.kind not in _CHOOSING:
            if flow.condition is not None:
                message = f"The condition of a flow out of {named(source)} is not read. Put an exclusive gateway there."
                yield Fault(flow.id, message)
        elif flow.condition is None and not default and len(source.outgoing) > 1:
            message = f"One of the flows out of {named(source)} has no condition. Give it one, or make it the default."
            yield Fault(flow.id, message)
        elif flow.condition is not None and default:
            message = f"This is the default flow of {named(source)}, so that its condition is not read. Remove it."
            yield Fault(flow.id, message, "warning")
