"""What no person could read is refused before anything else is asked: other rules compare every node with every other,
and read every expression."""

from collections.abc import Iterator

from service.domain.findings import Level
from service.engine.checks.texts import texts_of
from service.engine.checks.view import BundleView, Fault

NODES = 500
FLOWS = 1_000
ALL_NODES = 5_000
"""Nodes of all processes of the bundle."""
CHARACTERS = 200_000
"""Characters of all expressions of the bundle."""


def find(view: BundleView) -> Iterator[Fault]:
    """Processes that are too large, and bundles that hold too much. Then no other rule is asked."""
    for diagram in view.diagrams:
        for process in diagram.processes:
            for count, limit, what in ((len(process.elements), NODES, "nodes"), (len(process.flows), FLOWS, "flows")):
                if count > limit:
                    message = (
                        f"The process has {count:,} {what}; at most {limit:,} are run. Call others for parts of it."
                    )
                    level: Level = "error" if process.executable else "warning"
                    yield Fault(process.id, message, level, file=diagram.file)
    nodes = sum(len(process.elements) + 1 for process in view.all_processes)
    if nodes > ALL_NODES:
        yield Fault(None, f"The bundle has {nodes:,} nodes; at most {ALL_NODES:,} are read. Make several of it.")
    texts = [text for process in view.all_processes for text in texts_of(process)]
    characters = sum(len(text.text) for text in texts)
    if characters > CHARACTERS:
        longest = max(texts, key=lambda text: len(text.text))
        message = (
            f"The expressions have {characters:,} characters; at most {CHARACTERS:,} are read. Use decision tables."
        )
        yield Fault(longest.element, message)
