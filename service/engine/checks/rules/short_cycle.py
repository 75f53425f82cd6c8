"""A repeated timer leaves time between its rounds: each is a step of the case, kept for ever."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine import due, feel
from service.engine.checks.moment import any_moment
from service.engine.checks.texts import ReadText
from service.engine.checks.view import Found, ProcessView

LEAST = 60
"""Seconds between two rounds of a timer."""

# Of more than these the length is not worked out: each may cost the whole budget of an evaluation.
_EVALUATED = 20


def find(view: ProcessView) -> Iterator[Found]:
    """Timers whose rounds come closer than that, as far as the text alone says."""
    cycles = {it.id for it in view.process.elements for event in it.events if event.form == "timeCycle"}
    timers = [text for text in view.texts if text.at.element in cycles and text.at.where[1] == "begun"]
    plain = [text for text in timers if text.error is None and not text.expressions[0].names]
    for text in plain[:_EVALUATED]:
        seconds = _between(text)
        if seconds is not None and seconds < LEAST:
            message = say(
                "The timer comes every %(seconds)s seconds; between two rounds lie at least %(least)s. Give it more time.",
                seconds=seconds,
                least=LEAST,
            )
            yield Found(text.at.element, message)


def _between(text: ReadText) -> int | None:
    """The whole seconds from one round to the next; None where the text is no repetition."""
    try:
        cycle = due.cycle(text.expressions[0].evaluate({}, any_moment()), any_moment())
        _, second = due.round_after(cycle.first, cycle.every, 1, any_moment())
    except (feel.FeelFault, due.NotUsable):
        return None
    return int((second - cycle.first).total_seconds())
