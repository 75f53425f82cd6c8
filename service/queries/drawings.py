"""Diagrams drawn anew, and how well a drawing can be read. Nothing here needs a database."""

from service.engine.layout import layout, report

__all__ = ["layout", "report"]
