"""A diagram is a drawing: what has no shape cannot be seen in the editor or on a case's page."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import BundleView, Found


def find(view: BundleView) -> Iterator[Found]:
    """Files without a drawing, and nodes and flows that the drawing leaves out."""
    for diagram in view.diagrams:
        nodes = [element.id for process in diagram.processes for element in process.elements]
        ids = [*nodes, *(flow.id for process in diagram.processes for flow in process.flows)]
        missing = [identifier for identifier in ids if identifier not in diagram.drawn]
        if missing and len(missing) == len(ids):
            message = say("The file holds no drawing, so that nobody can look at it. Run `mandat layout`, or draw it.")
            yield Found(None, message, "warning", file=diagram.file)
        else:
            for identifier in missing:
                message = say(
                    "'%(identifier)s' has no place in the drawing. Run `mandat layout`, or draw it.",
                    identifier=identifier,
                )
                yield Found(identifier, message, "warning", file=diagram.file)
