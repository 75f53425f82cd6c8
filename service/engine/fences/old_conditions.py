"""A conditional event looks at the variables that its own token brought, which never change while it waits: it fires at
once or never. Ours looks at what is known now where it stands: the changes that the open branches have made, the latest
last, in its own scope and in those around it.
"""

from typing import TYPE_CHECKING, Any

from service.engine.fences.merging import blend, overlay

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask
    from service.engine.live.workflow import Scope


def present(scope: "Scope", within: "LiveTask | None" = None) -> dict[str, Any]:
    """The variables of a scope now, over all its open branches and what goes on inside them. Of `within`, the activity
    that one looks out of, only what it began with."""
    tasks = sorted((task for task in scope.tasks.values() if task.is_open()), key=lambda task: task.number)
    branches = [task for task in tasks if task.task_spec.item_of is None]
    return blend((it, it.data if it is within else it.task_spec.so_far(it)) for it in branches)


def visible(scope: "Scope", within: "LiveTask | None" = None) -> dict[str, Any]:
    """The variables that can be seen in a scope now: its own, which stand, and those of the scopes around it."""
    own = present(scope, within)
    if scope is scope.top_workflow:
        return own
    activity = scope.activity
    if activity.task_spec.item_of is not None:
        activity = activity.parent
    return overlay(visible(activity.workflow, activity), activity.data, own)
