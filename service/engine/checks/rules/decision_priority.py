"""Where the best of several outputs counts, the table says which is better: its output values, the best first."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.decision_files import tables
from service.engine.checks.view import BundleView, Found

_RANKED = ("PRIORITY", "OUTPUT ORDER")


def find(view: BundleView) -> Iterator[Found]:
    """Tables with PRIORITY or OUTPUT ORDER none of whose outputs lists its values."""
    for file, key, name, table in tables(view):
        if table.policy in _RANKED and not any(output.allowed for output in table.outputs):
            message = say(
                "'%(table)s' goes by %(policy)s, and does not say what comes first. "
                "List the output values, the best first, or choose another hit policy.",
                table=name,
                policy=table.policy,
            )
            yield Found(table.id or key, message, file=file)
