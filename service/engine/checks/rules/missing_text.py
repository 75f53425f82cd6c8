"""Where a bundle has titles in several languages, its labels have texts in them too."""

import json
from collections.abc import Iterator

from service.engine.checks.view import HUMAN, BundleView, Fault

_SHOWN = HUMAN | {"callActivity", "subProcess"}


def find(view: BundleView) -> Iterator[Fault]:
    """Labels without a text in one of the bundle's other languages, and `texts.<lang>.json` that cannot be read."""
    manifest = view.bundle.manifest
    for language in sorted(set(manifest.titles) - {manifest.source_language}):
        name = f"texts.{language}.json"
        try:
            texts = json.loads(view.bundle.files.get(name, b"{}"))
        except (ValueError, RecursionError):
            texts = None
        if not isinstance(texts, dict):
            yield Fault(None, "The file must be a JSON object: element id or JSON pointer → text. Check it.", file=name)
            continue
        for diagram in view.diagrams:
            for process in diagram.processes:
                for element in process.elements:
                    if element.kind in _SHOWN and element.name and element.id not in texts:
                        message = (
                            f"'{element.name}' has no text in '{language}', so that readers see the original. Add it."
                        )
                        yield Fault(element.id, message, "warning", file=name)
