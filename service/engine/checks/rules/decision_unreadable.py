"""A decision table of the bundle can be read; what it says is the evaluator's to judge."""

from collections.abc import Iterator

from service.engine.checks.view import BundleView, Fault
from service.engine.xml import XMLRefused, parse_xml


def find(view: BundleView) -> Iterator[Fault]:
    """Decision files that are refused as XML."""
    for name, data in view.bundle.named(".dmn").items():
        try:
            parse_xml(data)
        except XMLRefused as refusal:
            yield Fault(refusal.element, refusal.reason, file=name)
