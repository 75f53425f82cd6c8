"""A case needs one place to begin, in the process and in every sub-process."""

from collections.abc import Iterator

from service.engine.checks.view import SUBPROCESSES, Fault, ProcessView, named


def find(view: ProcessView) -> Iterator[Fault]:
    """Scopes without a start event or with several, and start events that something leads to."""
    if view.process.elements:
        yield from _scope(view, view.process.id, f"The process '{view.process.name or view.process.id}'")
    else:
        yield Fault(view.process.id, "The process is empty, so that a case would have nothing to do. Draw it.")
    for element in view.process.elements:
        if element.kind in SUBPROCESSES:
            yield from _scope(view, element.id, f"The sub-process {named(element)}")
        elif element.kind == "startEvent" and element.incoming:
            yield Fault(element.id, f"A flow leads back to the start event {named(element)}. Lead it to what follows.")


def _scope(view: ProcessView, scope: str, name: str) -> Iterator[Fault]:
    starts = [it for it in view.inside(scope) if it.kind == "startEvent"]
    if not starts:
        yield Fault(scope, f"{name} has no start event, so that a case cannot begin it. Draw one.")
    elif len(starts) > 1:
        message = f"{name} has {len(starts)} start events, and only one would be taken. Leave one, and fork after it."
        yield Fault(starts[1].id, message, trace=tuple(it.id for it in starts))
