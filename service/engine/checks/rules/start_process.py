"""A bundle with diagrams has a process that a start begins with."""

from collections.abc import Iterator

from service.domain.findings import Level
from service.engine.checks.view import BundleView, Fault


def find(view: BundleView) -> Iterator[Fault]:
    """A manifest that names no process, one that is not there, or one that is not executable."""
    wanted = view.bundle.manifest.process
    if not view.diagrams:
        return
    process = view.processes.get(wanted or "")
    if process is None:
        message = (
            f"There is no process '{wanted}' in the bundle." if wanted else "The bundle names no process to start."
        )
        yield Fault(None, f"{message} Name one under 'process' in bundle.json.", file="bundle.json")
    elif not process.executable:
        level: Level = "warning" if view.bundle.derived else "error"
        message = f"'{process.name or process.id}' is not marked executable, so that no case can be started. Mark it."
        yield Fault(process.id, message, level, file=view.diagram_of(process).file)
