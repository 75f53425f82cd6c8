"""Diagrams drawn anew, and how well a drawing can be read. Nothing here needs a database."""

from collections.abc import Mapping

from service.engine import layout as drawing
from service.engine import translations_of
from service.engine.layout import Report, Spellings

__all__ = ["Report", "layout", "reports"]


def layout(data: bytes, file: str, beside: Mapping[str, bytes]) -> bytes:
    """The BPMN file `data` with a new drawing, which has room for its names in every language that the files `beside`
    it speak, by name as in a bundle. Raises XMLRefused; `file` is the name that it says."""
    return drawing.layout(data, file, _spellings(beside))


def reports(data: bytes, beside: Mapping[str, bytes]) -> dict[str | None, Report]:
    """What is wrong with the drawings in `data`: in its own words (None), then in each other language."""
    found: dict[str | None, Report] = {None: drawing.report(data)}
    return found | {language: drawing.report(data, names) for language, names in _spellings(beside).items()}


def _spellings(files: Mapping[str, bytes]) -> Spellings:
    """What parts of a diagram are called, without the texts about them and those of forms, whose keys have a `#`."""
    return {
        language: {key: name for key, name in (said or {}).items() if isinstance(name, str) and "#" not in key}
        for language, said in translations_of(files).items()
    }
