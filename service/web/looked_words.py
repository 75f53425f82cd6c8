"""What somebody looked at, in words: the pages and answers by which a closed case was read, and other looks at a person."""

from collections.abc import Mapping
from typing import Any

from service.web import formats, roles, telling
from service.web.i18n import gettext


def at_case(it: Mapping[str, Any]) -> dict[str, Any]:
    """A look at a case, or a change of who may look, as `queries.timeline.looks` gives it: when, who, and what."""
    said = looked(it["kind"], it["what"])
    if it["kind"] == "case.closed_off":
        who = formats.listing(roles.text(role) for role in it["roles"])
        said = gettext("Closed the case to all but %(roles)s: %(ground)s", roles=who, ground=it["ground"])
    return {"at": it["at"], "who": telling.who(it), "what": said}


def looked(kind: str, what: str | None) -> str:
    """A look by the kind of its entry; `what` is the page or answer where the entry names one."""
    match kind:
        case "case.read":
            return page(what or "")
        case "case.exported":
            return gettext("Took the dossier of the case home")
        case "case.opened_up":
            return gettext("Opened the case to everybody here")
        case "held.searched":
            return gettext("Looked for what she wrote")
        case "person.exported":
            return gettext("Had put together what is held on her")
    return kind


def page(what: str) -> str:
    """A page or answer by the name that the journal keeps of it; one of an older version, which is there no more, by that
    name itself."""
    return {
        "cases.one": gettext("The case"),
        "cases.document": gettext("A document"),
        "closing.page": gettext("Who may read the case"),
        "decided.one": gettext("The record of a decision"),
        "incidents.one": gettext("Why the case has stopped"),
        "tasks.page": gettext("A task"),
        "tasks.back": gettext("A task"),
        "timeline.timeline": gettext("The case step by step"),
        "timeline.compare": gettext("Two steps of the case compared"),
        "api-cases.case": gettext("The case, by a program"),
        "api-instances.instance": gettext("A part of the case, by a program"),
        "api-instances.journal": gettext("The journal of the case, by a program"),
        "api-tasks.task": gettext("A task, by a program"),
    }.get(what, what)
