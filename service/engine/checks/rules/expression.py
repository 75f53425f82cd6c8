"""Every text that is an expression can be read as FEEL; one in Python is shown in FEEL."""

from collections.abc import Iterator

from service.engine.checks.texts import ReadText, Text, in_feel, read
from service.engine.checks.view import Fault, ProcessView


def find(view: ProcessView) -> Iterator[Fault]:
    """Empty texts and texts that are no FEEL, with the part that cannot be read."""
    correlations = (
        read(Text(message.id, f"correlation '{name}'", expression, "expression"))
        for message in view.diagram.messages
        for name, expression in message.correlations.items()
    )
    for text in (*view.texts, *correlations):
        message = _fault(text)
        if message:
            yield Fault(text.at.element, message + in_feel(text.at, view.whole.types))


def _fault(text: ReadText) -> str | None:
    place = text.at.place
    if not text.at.text.strip():
        return None if text.at.kind == "template" else f"The {place} is empty. Write it in FEEL, or remove it."
    if text.error is not None:
        part = " ".join(text.error.sub_expression.split())
        where = f" (at `{part[:60]}`)" if part and part != text.at.text.strip() else ""
        return f"The {place} is not FEEL{where}: {text.error.message}"
    # Names may hold signs in FEEL, so that `n += 1` sets a variable called `n +`: nobody means that.
    for name in text.assigned:
        if not (name[-1].isalnum() or name[-1] == "_"):
            return f"The {place} would set a variable called `{name}`. Write `name = expression`."
    return None
