"""A lane's name is matched to a role: without one, nobody is shown its tasks."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import HUMAN, Found, ProcessView


def find(view: ProcessView) -> Iterator[Found]:
    """Lanes without a name: an error where a person's task stands in them."""
    for lane in view.process.lanes:
        if not lane.name:
            inner = {member for it in view.process.lanes if it.parent == lane.id for member in it.members}
            human = any(view.nodes[it].kind in HUMAN for it in lane.members if it in view.nodes and it not in inner)
            message = say("The lane has no name, so that no role can be shown its tasks. Name it as the role.")
            yield Found(lane.id, message, "error" if human else "warning")
