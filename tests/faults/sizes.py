"""How much a fault test does: little in the suite, all of it by `python3 dev.py faults --full`."""

import os

FULL = os.environ.get("MANDAT_TEST_FAULTS") == "full"


def size(small: int, full: int) -> int:
    """`small` in the suite, `full` when the whole fault programme is asked for."""
    return full if FULL else small
