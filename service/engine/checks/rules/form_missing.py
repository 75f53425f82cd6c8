"""A form that a task names is in the bundle."""

from collections.abc import Iterator

from service.domain.bundles import MANIFEST
from service.domain.sentences import say
from service.engine.bundles import FORM_PROPERTIES
from service.engine.checks.view import BundleView, Found, label


def find(view: BundleView) -> Iterator[Found]:
    """Form files that a task, a start event or the manifest names, and that are not there."""
    files = view.bundle.files
    for diagram in view.diagrams:
        for process in diagram.processes:
            for element in process.elements:
                for name in (element.properties.get(it) for it in FORM_PROPERTIES):
                    if name and name not in files:
                        message = say(
                            "The form '%(name)s' of '%(node)s' is not in the bundle. Add it beside the diagram.",
                            name=name,
                            node=label(element),
                        )
                        yield Found(
                            element.id, message, "error" if process.executable else "warning", file=diagram.file
                        )
    for name in view.bundle.manifest.forms:
        if name not in files:
            yield Found(
                None,
                say("The form '%(name)s' is not in the bundle. Add it, or take it off the list.", name=name),
                file=MANIFEST,
            )
