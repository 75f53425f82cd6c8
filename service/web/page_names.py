"""What a page or an answer is called that somebody was given, for people: the journal names it by its route."""

from collections.abc import Callable, Mapping

from service.web.i18n import gettext

NAMES: Mapping[str, Callable[[], str]] = {
    "api-cases.case": lambda: gettext("The case, for a program"),
    "api-instances.instance": lambda: gettext("A part of the case, for a program"),
    "api-instances.journal": lambda: gettext("The records of the case, for a program"),
    "api-tasks.task": lambda: gettext("A task, for a program"),
    "cases.document": lambda: gettext("A document of the case"),
    "cases.one": lambda: gettext("The case"),
    "closing.page": lambda: gettext("Who may read the case"),
    "decided.one": lambda: gettext("The record of a decision"),
    "incidents.one": lambda: gettext("What stopped the case"),
    "tasks.back": lambda: gettext("A task"),
    "tasks.page": lambda: gettext("A task"),
    "timeline.compare": lambda: gettext("Two moments of the case"),
    "timeline.timeline": lambda: gettext("The case step by step"),
}


def page_name(route: str) -> str:
    """The page of that route (`timeline.compare`) in the reader's language; of one that is no more, the route itself."""
    return NAMES[route]() if route in NAMES else route
