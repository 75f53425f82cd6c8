"""Where a bundle has titles in several languages, its labels have texts in them too."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import HUMAN, BundleView, Found

_SHOWN = HUMAN | {"callActivity", "subProcess"}


def find(view: BundleView) -> Iterator[Found]:
    """Labels without a text in one of the bundle's other languages, and `texts.<lang>.json` that cannot be read."""
    manifest = view.bundle.manifest
    for language in sorted(set(manifest.titles) - {manifest.source_language}):
        name = f"texts.{language}.json"
        texts = view.translations.get(language, {})
        if texts is None:
            yield Found(
                None, say("The file must be a JSON object: element id or JSON pointer → text. Check it."), file=name
            )
            continue
        for diagram in view.diagrams:
            for process in diagram.processes:
                for element in process.elements:
                    if element.kind in _SHOWN and element.name and element.id not in texts:
                        message = say(
                            "'%(name)s' has no text in '%(language)s', so that readers see the original. The texts stand in "
                            "the file %(file)s of the bundle, and are not written in the editor.",
                            name=element.name,
                            language=language,
                            file=name,
                        )
                        yield Found(element.id, message, "warning", file=name)
