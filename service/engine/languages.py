"""What the files of a bundle say in other languages than that of its diagrams: `texts.<language>.json`."""

import json
import re
from collections.abc import Mapping
from typing import Any

Translations = Mapping[str, Mapping[str, Any] | None]
"""What `texts.<lang>.json` says, by language; None for a file that is none."""

_TRANSLATED = re.compile(r"texts\.([A-Za-z-]{2,35})\.json")


def translations_of(files: Mapping[str, bytes]) -> Translations:
    """The texts among these files in other languages, in the order of the files' names."""
    found: dict[str, Mapping[str, Any] | None] = {}
    for name in sorted(files):
        if named := _TRANSLATED.fullmatch(name):
            try:
                said = json.loads(files[name])
            except (ValueError, RecursionError):
                said = None
            found[named[1]] = said if isinstance(said, dict) else None
    return found
