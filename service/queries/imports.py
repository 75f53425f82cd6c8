"""Foreign diagrams → bundles that we can run, with everything that was done to them."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from service.domain.actors import Actor
from service.domain.bundles import Bundle
from service.domain.errors import BundleRefused
from service.domain.findings import Finding
from service.engine import from_files, read_path, translate
from service.store import people
from service.store.db import reading


@dataclass(frozen=True, slots=True)
class Imported:
    """The files that we can run, the report as JSON, and whether they can be deployed and started."""

    files: dict[str, bytes]
    report: dict[str, Any]
    runs: bool


def of_path(path: Path, roles: Iterable[str] = ()) -> Imported:
    """Translate the diagram, folder or zip archive at a path; `roles` are the names that lanes may have.

    Raises `BundleUnreadable`.
    """
    return of_files(read_path(path), roles)


def of_files(files: Mapping[str, bytes], roles: Iterable[str] = ()) -> Imported:
    """Translate a bundle's files; otherwise as `of_path`."""
    translated = translate(files, roles)
    return Imported(dict(translated.files), asdict(translated.report), translated.report.runs)


def for_workspace(actor: Actor, bundle: Bundle) -> tuple[Bundle, dict[str, Any]]:
    """A foreign bundle as one that the actor's workspace can run, and the report on it as JSON.

    Raises `BundleRefused` with all that is left when it still could not run.
    """
    with reading() as session:
        roles = people.role_names(session, actor.workspace_id)
    translated = translate(bundle.files, roles)
    report = translated.report
    if not report.runs:
        left = (
            Finding("untranslated", "error", f"“{it.text}”: {it.reason}", it.element, it.file) for it in report.left
        )
        raise BundleRefused([*left, *report.findings])
    return from_files(translated.files), asdict(report)
