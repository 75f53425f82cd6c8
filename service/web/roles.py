"""Roles on pages: in the reader's language, where the body's own word for one is in another."""

from collections.abc import Mapping
from typing import Any

from flask import request

from service.queries.role_names import role_names
from service.web.fields import Words
from service.web.i18n import gettext, language

HOME, NAMES = "mandat.home", "mandat.roles"


def at_home(workspace: str, tongue: str) -> None:
    """This page belongs to that workspace, which speaks that language: its own words for roles are the reader's there."""
    request.environ[HOME] = workspace
    if tongue == language():
        request.environ.setdefault(NAMES, {})[workspace] = {}


def said(label: Any, workspace: str | None = None) -> Any:
    """What the reader calls the role that the workspace at hand calls so; anything else as it is."""
    place = workspace or request.environ.get(HOME)
    return label if place is None or not isinstance(label, str) else _names(place).get(label, label)


def text(label: str, workspace: str | None = None) -> str:
    """The same without markup, for a sentence or a choice."""
    return str(said(label, workspace))


def _names(workspace: str) -> Mapping[str, Words]:
    kept: dict[str, Mapping[str, Words]] = request.environ.setdefault(NAMES, {})
    if workspace not in kept:
        ours = {
            "admin": gettext("Administrator"),
            "process.owner": gettext("Process owner"),
            "auditor": gettext("Auditor"),
        }
        kept[workspace] = {
            label: Words(ours[key]) if key in ours and name.language else Words(name.text, name.language)
            for label, (key, name) in role_names(workspace, language()).items()
        }
    return kept[workspace]
