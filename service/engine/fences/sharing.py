"""Tasks and branches share nested values, and merges change them in place: the data of completed tasks is rewritten,
and an instance kept in memory differs from the same one reloaded.

Values are made fresh where they enter (`fresh`), expressions give fresh values, and inheriting only copies the
mapping of names, so nothing inside the engine ever changes a value in place.
"""

from typing import Any

from SpiffWorkflow.task import Task

from service.engine.values import from_rest, to_rest


def fresh(value: Any) -> Any:
    """The same JSON value as it rests in variables (`1.0` is `1`), sharing nothing with the one that came in.

    Raises `FeelFault` where it is no JSON, or a number is beyond ±2^53.
    """
    return to_rest(from_rest(value))


class OwnData(Task):
    """A task whose mapping of variables is its own."""

    data: dict[str, Any]

    def _inherit_data(self) -> None:
        """Take over the parent's variables; names that the task was given before (an item) stay."""
        parent = self.parent
        if parent is not None:
            self.data = {**parent.data, **self.data}
