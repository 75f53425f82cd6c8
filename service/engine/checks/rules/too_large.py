"""What no person could read is refused before anything else is asked: other rules compare every node with every other,
and read every expression."""

from collections.abc import Iterator

from service.domain.findings import Level
from service.domain.sentences import say
from service.engine.checks.texts import texts_of
from service.engine.checks.view import BundleView, Found

NODES = 500
FLOWS = 1_000
ALL_NODES = 5_000
"""Nodes of all processes of the bundle."""
CHARACTERS = 200_000
"""Characters of all expressions of the bundle."""


def find(view: BundleView) -> Iterator[Found]:
    """Processes that are too large, and bundles that hold too much. Then no other rule is asked."""
    for diagram in view.diagrams:
        for process in diagram.processes:
            level: Level = "error" if process.executable else "warning"
            if len(process.elements) > NODES:
                message = say(
                    "The process has %(count)s nodes; at most %(most)s are run. Call others for parts of it.",
                    count=len(process.elements),
                    most=NODES,
                )
                yield Found(process.id, message, level, file=diagram.file)
            if len(process.flows) > FLOWS:
                message = say(
                    "The process has %(count)s flows; at most %(most)s are run. Call others for parts of it.",
                    count=len(process.flows),
                    most=FLOWS,
                )
                yield Found(process.id, message, level, file=diagram.file)
    nodes = sum(len(process.elements) + 1 for process in view.all_processes)
    if nodes > ALL_NODES:
        yield Found(
            None,
            say(
                "The bundle has %(nodes)s nodes; at most %(most)s are read. Make several of it.",
                nodes=nodes,
                most=ALL_NODES,
            ),
        )
    texts = [text for process in view.all_processes for text in texts_of(process, view.translations)]
    characters = sum(len(text.text) for text in texts)
    if characters > CHARACTERS:
        longest = max(texts, key=lambda text: len(text.text))
        message = say(
            "The expressions have %(characters)s characters; at most %(most)s are read. Use decision tables.",
            characters=characters,
            most=CHARACTERS,
        )
        yield Found(longest.element, message)
