"""JSON pointers (RFC 6901)."""

from collections.abc import Iterable


def escape(name: str) -> str:
    """A key as one step of a pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def pointer(path: Iterable[str | int]) -> str:
    """The pointer to the value that a path of keys and places leads to."""
    return "".join(f"/{escape(str(step))}" for step in path)
