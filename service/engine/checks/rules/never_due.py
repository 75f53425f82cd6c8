"""A timer gives a date, a moment, a duration or, where it repeats, a cycle: anything else would stop the case. One that
names nothing of the case is evaluated here, within FEEL's budget; of another, what is known of the value is asked."""

from collections.abc import Iterator
from functools import partial

from service.domain.sentences import Sentence, core, say
from service.engine import due, feel
from service.engine.checks import content
from service.engine.checks.moment import any_moment
from service.engine.checks.texts import ReadText
from service.engine.checks.trees import nodes
from service.engine.checks.view import Found, ProcessView
from service.engine.feel.syntax.nodes import Call, Literal, Name, Postfix

_DATES = frozenset({"dueDate", "followUpDate"})
# Of more than these the value is not worked out: each may cost the whole budget of an evaluation.
_EVALUATED = 20


def find(view: ProcessView) -> Iterator[Found]:
    """Timers, due dates and follow-up dates at which no time comes."""
    left = _EVALUATED
    for text, form in _times(view):
        expression = text.expressions[0]
        plain = not expression.names and not expression.possible
        left -= plain
        why = _constant(expression, form) if plain and left >= 0 else None if plain else _held(view, text, form)
        if why is not None:
            message = say(
                "The %(place)s `%(text)s` gives no time: %(why)s.",
                place=text.at.place,
                text=" ".join(text.at.text.split())[:60],
                why=why,
            )
            yield Found(text.at.element, message)


def _times(view: ProcessView) -> Iterator[tuple[ReadText, str]]:
    """The texts that give a time, each with the form of the timer (of a property: its name)."""
    forms = {(it.id, event.text): event.form for it in view.process.elements for event in it.events if event.form}
    dates = {
        (it.id, it.properties[name]): name for it in view.process.elements for name in _DATES & it.properties.keys()
    }
    for text in view.texts:
        asked = (text.at.element, text.at.text)
        form = forms.get(asked) if text.at.where[1] == "begun" else dates.get(asked)
        if form is not None and text.at.kind == "expression" and text.expressions:
            yield text, form


def _constant(expression: feel.Expression, form: str) -> Sentence | None:
    try:
        return _unusable(expression.evaluate({}, any_moment()), form)
    except feel.FeelFault as fault:
        called = (it for it in nodes(expression.node) if isinstance(it, Postfix) and it.start == fault.start)
        told = any(
            isinstance(it.steps[0], Call) and all(isinstance(one, Literal) for one in it.steps[0].arguments)
            for it in called
        )
        return None if told else core(fault.message)  # a call of literals is `wrong_call`'s


def _held(view: ProcessView, text: ReadText, form: str) -> Sentence | None:
    """What is wrong with all that a variable may hold; None where some of it may do, or nothing is known."""
    state, node = view.knowing.at(*text.at.where), text.expressions[0].node
    if not state or (isinstance(node, Name) and view.knowing.far(state, node.name)):
        return None
    held = content.of_node(node, partial(view.knowing.content, state))
    kinds = (held.kinds or frozenset()) - {"null"}
    if kinds and "string" not in kinds:
        return _unusable(False, form)
    faults = [_unusable(it, form) for it in sorted(held.texts or ())] if kinds == {"string"} else []
    return None if None in faults or not faults else faults[0]


def _unusable(value: object, form: str) -> Sentence | None:
    try:
        if form == "timeCycle":
            due.cycle(value, any_moment())
        else:
            due.moment(value, any_moment(), lasts=form != "timeDate")
    except due.NotUsable as unusable:
        return unusable.reason
    return None
