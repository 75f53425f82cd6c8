"""A called process may come from another bundle: a note, since it must be in force when a token arrives."""

from collections.abc import Iterator

from service.engine.checks.view import Fault, ProcessView, named


def find(view: ProcessView) -> Iterator[Fault]:
    """Call activities that name no process, and those whose process is neither here nor known to be in force."""
    for element in view.process.elements:
        if element.kind != "callActivity":
            continue
        if not element.called:
            yield Fault(element.id, f"{named(element)} says no process to call. Choose one.")
        elif element.called not in view.whole.processes and element.called not in view.whole.in_force:
            message = f"The process '{element.called}' is not in this bundle. Deploy it before a case comes here."
            yield Fault(element.id, message, "warning")
        elif (target := view.whole.processes.get(element.called)) and not target.executable:
            yield Fault(
                element.id, f"The process '{element.called}' is not marked executable. Mark it, or call another."
            )
