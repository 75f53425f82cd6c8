"""An event on an edge belongs to an activity of its own scope, and something follows it."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import ACTIVITIES, Found, ProcessView, label


def find(view: ProcessView) -> Iterator[Found]:
    """Boundary events that hang on nothing, on a gateway or an event, or in another scope, and flows into them."""
    for element in view.process.elements:
        if element.kind != "boundaryEvent":
            continue
        host = view.nodes.get(element.attached_to or "")
        if host is None:
            yield Found(
                element.id, say("'%(node)s' hangs on no activity of the process. Put it on one.", node=label(element))
            )
        elif host.kind not in ACTIVITIES:
            yield Found(
                element.id,
                say(
                    "'%(node)s' hangs on '%(host)s', which is no activity. Put it on one.",
                    node=label(element),
                    host=label(host),
                ),
            )
        elif host.scope != element.scope:
            yield Found(
                element.id,
                say(
                    "'%(node)s' and '%(host)s' stand in different scopes. Draw it again.",
                    node=label(element),
                    host=label(host),
                ),
            )
        if element.incoming:
            yield Found(
                element.id,
                say("A flow leads to '%(node)s', which only its activity can reach. Remove it.", node=label(element)),
            )
