"""What reading a bundle's decision files found, for the rules that tell it."""

from collections.abc import Iterator

from service.engine import decisions
from service.engine.checks.view import BundleView, Found
from service.engine.xml import XMLRefused


def told(view: BundleView, *rules: str) -> Iterator[Found]:
    """The faults of these kinds in the bundle's decision files; `refused` is one that cannot be read at all."""
    files = tuple(view.bundle.named(".dmn").items())
    for name, data in files:
        try:
            findings = decisions.load(data, files).findings
        except XMLRefused as refusal:
            if "refused" in rules:
                yield Found(refusal.element, refusal.reason, file=name)
            continue
        for found in findings:
            if found.rule in rules:
                yield Found(found.element, found.message, found.level, found.trace, name)
