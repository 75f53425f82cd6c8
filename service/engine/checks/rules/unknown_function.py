"""A text calls only what FEEL offers: variables hold values, never functions."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine import feel
from service.engine.checks.texts import with_feel
from service.engine.checks.trees import nodes
from service.engine.checks.view import Found, ProcessView
from service.engine.feel.syntax.nodes import Call, Name, Postfix


def find(view: ProcessView) -> Iterator[Found]:
    """Calls of names that are no function, and of what is read from a variable."""
    for text in view.texts:
        called = next((call for it in text.expressions for call in _unknown(it)), None)
        if called is not None:
            message = say(
                "The %(place)s calls `%(name)s`, which is no function of FEEL. Use one that is.",
                place=text.at.place,
                name=called,
            )
            yield Found(text.at.element, with_feel(message, text.at, view.whole.types))


def _unknown(expression: feel.Expression) -> Iterator[str]:
    for node in nodes(expression.node):
        if isinstance(node, Postfix) and isinstance(node.base, Name) and node.base.name in expression.names:
            call = next((step for step in node.steps if isinstance(step, Call)), None)
            if call is not None:
                yield expression.text[node.base.start : call.start].strip()
