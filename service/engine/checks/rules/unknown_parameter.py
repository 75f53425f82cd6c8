"""A service task gives its operation what that takes: another parameter, or one that is missing, would stop the case."""

from collections.abc import Iterator

from service.domain.sentences import Sentence, say
from service.engine.checks.naming import nearest
from service.engine.checks.view import Found, ProcessView, label
from service.engine.model import Operation


def find(view: ProcessView) -> Iterator[Found]:
    """Parameters that the operation does not take, and those that it needs and is not given."""
    for element in view.process.elements:
        called = element.operation
        offered = (view.whole.operations or {}).get(called.name) if called is not None else None
        takes = None if offered is None else offered.takes
        if called is not None and takes is not None:
            for fault in _faults(called, set(takes), {name for name, needed in takes.items() if needed}):
                known = ", ".join(f"`{name}`" for name in takes) or "–"
                message = say(
                    "'%(node)s' calls '%(operation)s', %(fault)s. It takes: %(known)s.",
                    node=label(element),
                    operation=called.name,
                    fault=fault,
                    known=known,
                )
                yield Found(element.id, message)


def _faults(called: Operation, takes: set[str], needs: set[str]) -> Iterator[Sentence]:
    for name in called.parameters:
        if name not in takes:
            near = nearest(name, takes - called.parameters.keys())
            yield (
                say("which takes no `%(name)s` (did you mean “%(near)s”?)", name=name, near=near)
                if near
                else say("which takes no `%(name)s`", name=name)
            )
    for name in sorted(needs - called.parameters.keys()):
        yield say("which needs `%(name)s`", name=name)
