"""Across the files of a bundle, a process id names one process."""

from collections.abc import Iterator

from service.engine.checks.view import BundleView, Fault


def find(view: BundleView) -> Iterator[Fault]:
    """Processes with the id of one in an earlier file."""
    files: dict[str, str] = {}
    for diagram in view.diagrams:
        for process in diagram.processes:
            if process.id in files:
                message = f"'{files[process.id]}' has a process with the id '{process.id}' too. Give one another id."
                yield Fault(process.id, message, file=diagram.file)
            files.setdefault(process.id, diagram.file)
