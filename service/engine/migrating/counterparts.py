"""What an element, a flow and a node of one version are in another."""

from collections.abc import Mapping
from functools import cached_property

from service.engine.model import Element, Flow, Process


class Counterparts:
    """Two versions of one process: `before` and `after`. What is not in `renamed` is called the same in both."""

    def __init__(self, before: Process, after: Process, renamed: Mapping[str, str]) -> None:
        self.before, self.after, self.renamed = before, after, renamed

    def id(self, key: str) -> str:
        """What an element, a flow or a scope is called in the other version, if it is there."""
        return self.renamed.get(key, key)

    def element(self, element_id: str) -> Element | None:
        """The counterpart of an element; None: there is none."""
        return self.elements.get(self.id(element_id))

    def same_flow(self, flow_id: str) -> str | None:
        """The flow of that name, where it still leads to the same."""
        old, new = self._flows_before.get(flow_id), self._flows.get(self.id(flow_id))
        return new.id if old and new and new.target == self.id(old.target) else None

    def flow(self, flow_id: str) -> str | None:
        """The flow by which a token that came by that one has come: the same, else the first that leads where it stands.

        None: no flow leads there.
        """
        old = self._flows_before.get(flow_id)
        target = None if old is None else self.element(old.target)
        others = () if target is None else target.incoming
        return self.same_flow(flow_id) or next(iter(others), None)

    def node(self, name: str) -> str:
        """The name of a node: an element's id, maybe with what it is of the element, or one of a scope's own."""
        key, mark, part = name.partition("#")
        return f"{self.id(key)}{mark}{part}"

    @cached_property
    def elements(self) -> Mapping[str, Element]:
        """The elements of the other version, by id."""
        return {element.id: element for element in self.after.elements}

    @cached_property
    def _flows_before(self) -> Mapping[str, Flow]:
        return {flow.id: flow for flow in self.before.flows}

    @cached_property
    def _flows(self) -> Mapping[str, Flow]:
        return {flow.id: flow for flow in self.after.flows}
