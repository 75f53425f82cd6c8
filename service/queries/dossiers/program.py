"""The program that goes with every dossier: it shares no code with the service, and needs nothing but Python."""

from pathlib import Path

_PROGRAM = Path(__file__).with_name("verify.py")


def program() -> bytes:
    """Its text."""
    return _PROGRAM.read_bytes()
