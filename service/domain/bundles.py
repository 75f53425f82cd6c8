"""A bundle: the files that are deployed together, and what they say about themselves.

Known by its digest: SHA-256 of the RFC 8785 list of [name, SHA-256 of the content] sorted by name.
`engine.bundles` makes these from a folder, a zip archive or files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

MANIFEST = "bundle.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `bundle.json` says, or what was derived where there is none.

    `key` names the bundle over all its versions. `titles` are by language. `process` is the id of the process that a
    start begins with, None in a bundle of decision tables. `forms` are file names, `retention` is the key of a
    retention class of the workspace.
    """

    key: str
    titles: Mapping[str, str]
    source_language: str
    process: str | None = None
    forms: tuple[str, ...] = ()
    retention: str | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """Named files (no folders), their digest as hex, and the manifest. `derived`: there was no `bundle.json`."""

    manifest: Manifest
    files: Mapping[str, bytes]
    digest: str
    derived: bool = field(default=False)

    def named(self, suffix: str) -> dict[str, bytes]:
        """The files whose name ends so, by name in order."""
        return {name: self.files[name] for name in sorted(self.files) if name.endswith(suffix)}
