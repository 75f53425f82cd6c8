"""A conditional event looks at the variables that its own token brought, which never change while it waits: it fires at
once or never. Ours looks at what the scope knows now: the changes that its open branches have made, the latest last.
"""

from typing import TYPE_CHECKING, Any

from service.engine.fences.merging import blend

if TYPE_CHECKING:
    from service.engine.live.workflow import Scope


def present(scope: "Scope") -> dict[str, Any]:
    """The variables of a scope now, over all its open branches and the sub-processes in them."""
    inner = scope.top_workflow.subprocesses
    tasks = sorted((task for task in scope.tasks.values() if task.is_open()), key=lambda task: task.number)
    return blend((task, present(inner[task.id]) if task.id in inner else task.data) for task in tasks)
