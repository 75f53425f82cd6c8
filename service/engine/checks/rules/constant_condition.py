"""A condition asks something about the case. One that names nothing is evaluated here, within FEEL's budget: what has
no value, is neither true nor false, or never changes is refused before a case meets it. So is one whose text shows
that it gives a number, a text, a list … whatever it names: the case would stop there."""

from collections.abc import Iterator

from service.domain.sentences import Sentence, core, say
from service.engine import feel
from service.engine.checks.moment import any_moment
from service.engine.checks.texts import ReadText
from service.engine.checks.view import Found, ProcessView

# What asks for the time is left alone.
_CLOCK = ("now(", "today(")
_PLAIN = ("true", "false")
# Of more than these the answer is not worked out: each may cost the whole budget of an evaluation.
_EVALUATED = 20


def find(view: ProcessView) -> Iterator[Found]:
    """Conditions that can be neither true nor false, and those without names: errors, but for a plain `true` or
    `false`, of which to warn."""
    for text in view.texts:
        if text.at.kind in {"condition", "until"} and text.expressions and text.expressions[0].never_true:
            if text.at.kind == "condition" and _names_nothing(text):
                continue  # evaluated below
            message = say(
                "The %(place)s can be neither true nor false, whatever the case holds: it gives something else. "
                "Compare that with something.",
                place=text.at.place,
            )
            yield Found(text.at.element, message)
    constant = [text for text in view.texts if text.at.kind == "condition" and _names_nothing(text)]
    for text in constant:
        if text.at.text.strip() in _PLAIN:
            message = say(
                "The condition is always %(answer)s. Name what of the case it depends on.", answer=text.at.text.strip()
            )
            yield Found(text.at.element, message, "warning")
    for number, text in enumerate(text for text in constant if text.at.text.strip() not in _PLAIN):
        told = _answer(text.expressions[0]) if number < _EVALUATED else say("The condition never changes.")
        message = say("%(fault)s It names nothing of the case: name what it depends on.", fault=told)
        yield Found(text.at.element, message)


def _names_nothing(text: ReadText) -> bool:
    """Whether a text that can be read asks neither for a variable nor for the time."""
    plain = "".join(text.at.text.split())
    return all(not it.names for it in text.expressions) and text.error is None and not any(it in plain for it in _CLOCK)


def _answer(expression: feel.Expression) -> Sentence:
    try:
        answer = "true" if expression.evaluate_condition({}, any_moment()) else "false"
        return say("The condition is always %(answer)s.", answer=answer)
    except feel.FeelFault as fault:
        part = fault.sub_expression[:60]
        return say("The condition has no answer (at `%(part)s`: %(why)s).", part=part, why=core(fault.message))
