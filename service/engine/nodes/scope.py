"""The specification of one scope: a process, or an embedded sub-process."""

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec


class ScopeSpec(BpmnProcessSpec):
    """A scope with its nodes by name. The library's own start and end nodes are not made: `start`, `join` and `last`
    are ours, and their names cannot be an element's id. `before` names the nodes that lead to a node, `correlations`
    holds the correlation keys of each message: message name → key → expression."""

    start: TaskSpec
    join: TaskSpec
    last: TaskSpec

    def __init__(self, name: str) -> None:
        WorkflowSpec.__init__(self, name=name)
        self.description = name
        self.io_specification = None
        self.data_objects: dict[str, object] = {}
        self.data_stores: dict[str, object] = {}
        self.correlation_keys: dict[str, object] = {}
        self.bpmn_start_events: list[TaskSpec] = []
        self.before: dict[str, list[str]] = {}
        self.correlations: dict[str, dict[str, str]] = {}
