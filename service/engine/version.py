"""Which engine this is, so that a record can say which one made a step."""

ENGINE = 1
"""Raised by one whenever the same move could lead to another state, pass other elements or ask something else than it did
before. `tests/engine/test_version.py` notices when that was forgotten."""

FIRST = 1
"""The version whose steps do not name it."""
