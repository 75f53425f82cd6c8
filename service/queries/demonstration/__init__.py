"""The demonstration's data, in three layers that are never mixed, and the courses of events that it can play.

`source` says what a founding document says, `public` what a public address says, `sample` is invented and marked so.
"""

from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml  # type: ignore[import-untyped]  # PyYAML carries no types

Layer = Literal["source", "public", "sample"]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C, ten times as fast, is not built everywhere


@cache
def layer(name: Layer) -> dict[str, Any]:
    """One layer, as its file has it."""
    return _read(f"{name}.yaml")


@cache
def course(name: str) -> dict[str, Any]:
    """A course of events: what is started, and every step by whom."""
    return _read(f"courses/{name}.yaml")


def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.load((Path(__file__).parent / name).read_bytes(), _LOADER)
    return read
