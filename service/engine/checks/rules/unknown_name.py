"""A text names only variables that something sets: another would stop the case where the text is read."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView


def find(view: ProcessView) -> Iterator[Found]:
    """Variables that nothing sets, with the known one that is spelled most like it."""
    for unknown in view.unknown:
        if unknown.asks == "text" and unknown.why == "nowhere":
            message = (
                say(
                    "In the %(place)s stands `%(name)s`, which nothing sets. Did you mean “%(near)s”?",
                    place=unknown.place,
                    name=unknown.name,
                    near=unknown.near,
                )
                if unknown.near
                else say(
                    "In the %(place)s stands `%(name)s`, which nothing sets. Ask for it in a form, set it in a script, or "
                    "declare it as an input of the process.",
                    place=unknown.place,
                    name=unknown.name,
                )
            )
            if unknown.level == "warning":
                message = say(
                    "%(fault)s This warns and does not refuse: what is known here comes in part from another bundle, "
                    "which may come to set it.",
                    fault=message,
                )
            yield Found(unknown.element, message, unknown.level)
