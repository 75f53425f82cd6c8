"""Every text that is an expression can be read as FEEL; one in Python is shown in FEEL."""

from collections.abc import Iterator

from service.domain.sentences import Sentence, say
from service.engine.checks.texts import ReadText, Text, read, with_feel
from service.engine.checks.view import Found, ProcessView


def find(view: ProcessView) -> Iterator[Found]:
    """Empty texts and texts that are no FEEL, with the part that cannot be read."""
    correlations = (
        read(Text(message.id, say("correlation '%(name)s'", name=name), expression, "expression"))
        for message in view.diagram.messages
        for name, expression in message.correlations.items()
    )
    for text in (*view.texts, *correlations):
        message = _fault(text)
        if message:
            yield Found(text.at.element, with_feel(message, text.at, view.whole.types))


def _fault(text: ReadText) -> Sentence | None:
    place = text.at.place
    if not text.at.text.strip():
        empty = say("The %(place)s is empty. Write it in FEEL, or remove it.", place=place)
        return None if text.at.kind == "template" else empty
    if text.error is not None:
        part = " ".join(text.error.sub_expression.split())
        if part and part != text.at.text.strip():
            return say(
                "The %(place)s is not FEEL (at `%(part)s`): %(why)s",
                place=place,
                part=part[:60],
                why=text.error.message,
            )
        return say("The %(place)s is not FEEL: %(why)s", place=place, why=text.error.message)
    # Names may hold signs in FEEL, so that `n += 1` sets a variable called `n +`: nobody means that.
    for name in text.assigned:
        if not (name[-1].isalnum() or name[-1] == "_"):
            return say(
                "The %(place)s would set a variable called `%(name)s`. Write `name = expression`.",
                place=place,
                name=name,
            )
    return None
