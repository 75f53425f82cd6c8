"""A called process may come from another bundle: a note, since it must be in force when a token arrives."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView, label


def find(view: ProcessView) -> Iterator[Found]:
    """Call activities that name no process, and those whose process is neither here nor known to be in force."""
    for element in view.process.elements:
        if element.kind != "callActivity":
            continue
        if not element.called:
            yield Found(element.id, say("'%(node)s' says no process to call. Choose one.", node=label(element)))
        elif element.called not in view.whole.processes and element.called not in view.whole.in_force:
            message = say(
                "The process '%(name)s' is not in this bundle. Deploy it before a case comes here.", name=element.called
            )
            yield Found(element.id, message, "warning")
        elif (target := view.whole.processes.get(element.called)) and not target.executable:
            yield Found(
                element.id,
                say("The process '%(name)s' is not marked executable. Mark it, or call another.", name=element.called),
            )
