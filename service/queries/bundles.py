"""Files → bundles, and what a check says about one. Nothing here needs a database."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from service import operations
from service.domain.bundles import Bundle
from service.domain.findings import Finding
from service.engine import check as engine_check
from service.engine import diagrams_of, elsewhere, from_files, from_path, from_zip, unread
from service.runtime import checking


def at(path: Path, *, forms: Path | None = None) -> Bundle:
    """The bundle at a path: a folder, a zip archive or one file. `forms` holds a folder of forms for each key.

    Raises `BundleUnreadable`.
    """
    return from_path(path, forms=forms)


def unopened(path: Path, *, forms: Path) -> Bundle:
    """As `at`, for its digest and key alone: whoever deploys it takes its files and has them `sent`."""
    return unread(path, forms=forms)


def sent(files: Mapping[str, bytes]) -> Bundle:
    """The bundle that was sent: its files, or one zip archive of them. Raises `BundleUnreadable`."""
    if len(files) == 1:
        name, content = next(iter(files.items()))
        if name.lower().endswith(".zip"):
            return from_zip(content)
    return from_files(files)


def roles(bundle: Bundle) -> dict[str, str]:
    """The roles that a bundle's tasks name, each with what its lane is called: that is the body's own word for it."""
    found: dict[str, str] = {}
    for diagram in diagrams_of(bundle):
        for process in diagram.processes:
            for element in process.elements:
                key = element.properties.get("candidateRole")
                if key:
                    found.setdefault(key, element.lane or key)
    return found


def check(bundle: Bundle, others: Iterable[Bundle] = ()) -> list[Finding]:
    """What is wrong with a bundle that is deployed beside `others`, file by file.

    Raises `BundleUnreadable` for a diagram that cannot be read.
    """
    known = elsewhere(others)
    found = engine_check(
        bundle,
        operations=operations.offered(),
        in_force=known.processes,
        decisions=known.decisions,
        signatures=known.signatures,
        tables=known.tables,
        written=known.written,
    )
    return [*found, *checking.unusable_forms(bundle)]
