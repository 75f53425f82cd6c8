"""What stands in `@"…"`: a date, a time, a moment or a duration (DMN 1.5, 10.3.1.2, rule 62)."""

from service.domain.sentences import say
from service.engine.feel.errors import Unanswerable
from service.engine.feel.kinds.dates import date_of_text
from service.engine.feel.kinds.durations import duration_of_text
from service.engine.feel.kinds.times import moment_of_text, time_of_text


def value_of_at_literal(text: str) -> object:
    """The value of the text in an `@` literal. Raises Unanswerable."""
    if text.lstrip("-").startswith("P"):
        return duration_of_text(text)
    if "T" in text.partition("@")[0]:
        return moment_of_text(text)
    if ":" in text:
        return time_of_text(text)
    if "-" in text:
        return date_of_text(text)
    raise Unanswerable(say("`%(text)s` is no date, time, date and time, or duration", text=text[:40]))
