"""Flows are tried in file order: of two with the same condition the second is never taken."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView, label


def find(view: ProcessView) -> Iterator[Found]:
    """Flows out of an exclusive gateway behind one with the same condition, or behind one that always holds."""
    for element in view.process.elements:
        if element.kind != "exclusiveGateway":
            continue
        seen: dict[str, str] = {}
        for flow in (view.flows[identifier] for identifier in element.outgoing):
            if flow.condition is None or flow.id == element.default:
                continue
            text = " ".join(flow.condition.split())
            earlier = seen.get(text) or seen.get("true")
            if earlier:
                message = say(
                    "Another flow out of '%(node)s' is tried first and takes every such case. Change one.",
                    node=label(element),
                )
                yield Found(flow.id, message, "warning", trace=(earlier, flow.id))
            seen.setdefault(text, flow.id)
