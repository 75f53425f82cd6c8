"""A condition asks something about the case. One that names nothing is evaluated here, within FEEL's budget: what has
no value, is neither true nor false, or never changes is refused before a case meets it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from service.engine import feel
from service.engine.calendars import calendar
from service.engine.checks.texts import ReadText
from service.engine.checks.view import Fault, ProcessView

# Any moment does: what asks for the time is left alone.
_CONTEXT = feel.Context(datetime(2026, 1, 5, 12, tzinfo=UTC), ZoneInfo("Europe/Copenhagen"), calendar("DK"))
_CLOCK = ("now(", "today(")


_PLAIN = ("true", "false")
# Of more than these the answer is not worked out: each may cost the whole budget of an evaluation.
_EVALUATED = 20


def find(view: ProcessView) -> Iterator[Fault]:
    """Conditions without names: errors, but for a plain `true` or `false`, of which to warn."""
    constant = [text for text in view.texts if text.at.kind == "condition" and _names_nothing(text)]
    for text in constant:
        if text.at.text.strip() in _PLAIN:
            message = f"The condition is always {text.at.text.strip()}. Name what of the case it depends on."
            yield Fault(text.at.element, message, "warning")
    for number, text in enumerate(text for text in constant if text.at.text.strip() not in _PLAIN):
        told = _answer(text.expressions[0]) if number < _EVALUATED else "never changes"
        yield Fault(text.at.element, f"The condition {told}. It names nothing of the case: name what it depends on.")


def _names_nothing(text: ReadText) -> bool:
    """Whether a text that can be read asks neither for a variable nor for the time."""
    plain = "".join(text.at.text.split())
    return all(not it.names for it in text.expressions) and text.error is None and not any(it in plain for it in _CLOCK)


def _answer(expression: feel.Expression) -> str:
    try:
        return f"is always {'true' if expression.evaluate_condition({}, _CONTEXT) else 'false'}"
    except feel.FeelFault as fault:
        return f"has no answer (at `{fault.sub_expression[:60]}`: {fault.message.rstrip('.')})"
