"""Other cases, named on a page."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from service.queries import papers as queries
from service.web import case_page, papers
from service.web.i18n import language
from service.web.said import words
from service.web.visits import visitor

Told = Mapping[str, Any]


def link(case: Told | None, workspace: str) -> dict[str, Any] | None:
    """A case by its name, and the address of its page; None where there is none."""
    return None if case is None else _link(case, workspace)


def others(found: Told, workspace: str) -> dict[str, Any]:
    """The cases about the same target: those that were settled in this one with what was written in them last, the one in
    which this one was settled, and the rest with how they stand."""
    return {
        "settled_in": link(found["settled_in"], workspace),
        "here": [
            _link(it, workspace) | {"written": _written(it["id"], workspace)} for it in found["cases"] if it["here"]
        ],
        "rest": [_link(it, workspace) | {"state": case_page.status(it)[0]} for it in found["cases"] if not it["here"]],
    }


def _link(case: Told, workspace: str) -> dict[str, Any]:
    return {"title": words(case["title"]), "href": url_for("cases.one", workspace=workspace, case_id=case["id"])}


def _written(case_id: str, workspace: str) -> tuple[papers.Page, ...]:
    """What was answered in a case, the newest first."""
    return papers.written(queries.of_case(visitor(workspace), case_id, language()), workspace).newest
