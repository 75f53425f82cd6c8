"""Across the files of a bundle, a process id names one process."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import BundleView, Found


def find(view: BundleView) -> Iterator[Found]:
    """Processes with the id of one in an earlier file."""
    files: dict[str, str] = {}
    for diagram in view.diagrams:
        for process in diagram.processes:
            if process.id in files:
                message = say(
                    "'%(file)s' has a process with the id '%(name)s' too. Give one another id.",
                    file=files[process.id],
                    name=process.id,
                )
                yield Found(process.id, message, file=diagram.file)
            files.setdefault(process.id, diagram.file)
