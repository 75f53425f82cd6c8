"""Where a process is too tangled to be gone through, that is said: silence would sound like praise."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView
from service.engine.soundness import LIMIT


def find(view: ProcessView) -> Iterator[Found]:
    """The process, where more states would have to be looked at than are, and no fault was found until then."""
    if view.verdict is not None and view.verdict.state == "undecided":
        message = say(
            "It cannot be said whether every case of '%(process)s' comes to an end: a case can stand in more than "
            "%(most)s ways. Move a part with many ways side by side into a called process.",
            process=view.process.name or view.process.id,
            most=LIMIT,
        )
        yield Found(view.process.id, message, "warning")
