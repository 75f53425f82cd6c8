"""dev.py meets whoever lacks something with a sentence."""

import ast
import runpy
import shutil
import subprocess
import sys

import pytest

from tests.support.repository import ROOT

DEV = ROOT / "dev.py"


def call(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("arguments", [[], ["start"], ["check", "--fast"]], ids=" ".join)
def test_a_call_that_it_does_not_understand_shows_the_seven_commands(arguments):
    called = call(str(DEV), *arguments)
    assert called.returncode == 1
    for command in ("run", "test", "check", "bench", "faults", "interop", "lock"):
        assert f"python3 dev.py {command} " in called.stderr


def test_an_older_python_reads_the_file_far_enough_to_say_what_is_needed(monkeypatch):
    ast.parse(DEV.read_text(), feature_version=(3, 8))
    monkeypatch.setattr(sys, "version_info", (3, 9, 18, "final", 0))
    with pytest.raises(SystemExit, match=r"Mandat needs Python 3\.11 or newer"):
        runpy.run_path(str(DEV))


def test_a_python_without_pip_says_so(tmp_path):
    shutil.copy(DEV, tmp_path)
    called = call("-S", str(tmp_path / "dev.py"), "run")  # -S: without any installed package
    assert "lacks pip" in called.stderr
    assert "Traceback" not in called.stderr
