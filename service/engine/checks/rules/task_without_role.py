"""A person's task belongs to a role: by its lane, or by the property `candidateRole` or `candidateFrom`."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import HUMAN, Found, ProcessView, label


def find(view: ProcessView) -> Iterator[Found]:
    """User and manual tasks that stand in no lane and name no role."""
    for element in view.process.elements:
        owned = element.lane or {"candidateRole", "candidateFrom"} & element.properties.keys()
        if element.kind in HUMAN and not owned:
            yield Found(
                element.id, say("'%(node)s' belongs to no role. Put it into a lane.", node=label(element)), "warning"
            )
