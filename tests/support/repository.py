"""The files of this repository, told apart from what commands leave behind, without asking git."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def files(*suffixes: str) -> list[Path]:
    """Every file that .gitignore does not name, below the root, sorted; only those with a suffix of `suffixes` if any."""
    return sorted(path for path in _walk(ROOT) if not suffixes or path.suffix in suffixes)


def _walk(folder: Path) -> Iterator[Path]:
    for entry in os.scandir(folder):
        path = Path(entry.path)
        if entry.name == ".git" or _ignored(path, folder=entry.is_dir(follow_symlinks=False)):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path)
        elif entry.is_file():
            yield path


def _ignored(path: Path, *, folder: bool) -> bool:
    """Whether a line of .gitignore matches; it uses only `name`, `*.suffix`, a leading and a closing slash."""
    inside = path.relative_to(ROOT).as_posix()
    for line in (ROOT / ".gitignore").read_text().splitlines():
        if not line or line.startswith("#") or (line.endswith("/") and not folder):
            continue
        pattern = line.strip("/")
        if fnmatch(inside if line.startswith("/") else path.name, pattern):
            return True
    return False
