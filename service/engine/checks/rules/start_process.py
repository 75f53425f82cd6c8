"""A bundle with diagrams has a process that a start begins with."""

from collections.abc import Iterator

from service.domain.findings import Level
from service.domain.sentences import say
from service.engine.checks.view import BundleView, Found


def find(view: BundleView) -> Iterator[Found]:
    """A manifest that names no process, one that is not there, or one that is not executable."""
    wanted = view.bundle.manifest.process
    if not view.diagrams:
        return
    process = view.processes.get(wanted or "")
    if process is None:
        message = say("The bundle names no process to start. Name one under 'process' in bundle.json.")
        if wanted:
            message = say(
                "There is no process '%(name)s' in the bundle. Name one under 'process' in bundle.json.", name=wanted
            )
        yield Found(None, message, file="bundle.json")
    elif not process.executable:
        level: Level = "warning" if view.bundle.derived else "error"
        message = say(
            "'%(name)s' is not marked executable, so that no case can be started. Mark it.",
            name=process.name or process.id,
        )
        yield Found(process.id, message, level, file=view.diagram_of(process).file)
