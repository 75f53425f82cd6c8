"""A case needs one place to begin, in the process and in every sub-process."""

from collections.abc import Iterator

from service.domain.sentences import Sentence, say
from service.engine.checks.view import SUBPROCESSES, Found, ProcessView, label


def find(view: ProcessView) -> Iterator[Found]:
    """Scopes without a start event or with several, and start events that something leads to."""
    if view.process.elements:
        named = say("The process '%(name)s'", name=view.process.name or view.process.id)
        yield from _scope(view, view.process.id, named)
    else:
        yield Found(view.process.id, say("The process is empty, so that a case would have nothing to do. Draw it."))
    for element in view.process.elements:
        if element.kind in SUBPROCESSES:
            yield from _scope(view, element.id, say("The sub-process '%(name)s'", name=label(element)))
        elif element.kind == "startEvent" and element.incoming:
            message = say(
                "A flow leads back to the start event '%(node)s'. Lead it to what follows.", node=label(element)
            )
            yield Found(element.id, message)


def _scope(view: ProcessView, scope: str, name: Sentence) -> Iterator[Found]:
    starts = [it for it in view.inside(scope) if it.kind == "startEvent"]
    if not starts:
        yield Found(scope, say("%(scope)s has no start event, so that a case cannot begin it. Draw one.", scope=name))
    elif len(starts) > 1:
        message = say(
            "%(scope)s has %(count)s start events, and only one would be taken. Leave one, and fork after it.",
            scope=name,
            count=len(starts),
        )
        yield Found(starts[1].id, message, trace=tuple(it.id for it in starts))
