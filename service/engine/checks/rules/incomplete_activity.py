"""An activity says what it does."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView, label


def find(view: ProcessView) -> Iterator[Found]:
    """Service tasks without operation, rules without decision, scripts without script, messages without name."""
    for element in view.process.elements:
        if element.kind == "serviceTask":
            if element.operation is None or not element.operation.name:
                yield Found(
                    element.id,
                    say("'%(node)s' says no operation to call (serviceTaskOperator). Choose one.", node=label(element)),
                )
            elif view.whole.operations is not None and element.operation.name not in view.whole.operations:
                message = say(
                    "There is no operation '%(name)s'. Choose one that there is.", name=element.operation.name
                )
                yield Found(element.id, message)
        elif element.kind == "businessRuleTask" and not element.decision:
            yield Found(
                element.id,
                say("'%(node)s' says no decision to evaluate (calledDecisionId). Choose one.", node=label(element)),
            )
        elif element.kind == "scriptTask" and not (element.script or "").strip():
            yield Found(
                element.id,
                say(
                    "'%(node)s' has no script, so that it does nothing. Write one, or remove the task.",
                    node=label(element),
                ),
            )
        elif element.kind in ("sendTask", "receiveTask") and not element.events:
            yield Found(element.id, say("'%(node)s' names no message. Choose one.", node=label(element)))
