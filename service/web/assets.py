"""Which file under static/built/ a bundle has: names carry a hash of the content, so that a browser may keep them."""

from __future__ import annotations

import functools
import json
from pathlib import Path

BUILT = Path(__file__).parent / "static" / "built"


class AssetsNotBuilt(Exception):
    """The browser code is not bundled yet; `python3 dev.py run` does it."""

    def __str__(self) -> str:
        return str(self.__doc__)


def asset(name: str) -> str:
    """The path under static/ of the bundle `name` (`index.js`, `mandat.css`, `diagram.css`).

    AssetsNotBuilt when nothing is built; KeyError for a bundle that there is none of.
    """
    return f"built/{manifest()[name]}"


@functools.cache
def manifest() -> dict[str, str]:
    """Bundle name → file name, as build.mjs wrote it."""
    try:
        names: dict[str, str] = json.loads((BUILT / "manifest.json").read_text())
    except FileNotFoundError:
        raise AssetsNotBuilt from None
    return names
