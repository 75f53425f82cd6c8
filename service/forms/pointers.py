"""JSON pointers (RFC 6901)."""

from collections.abc import Iterable
from typing import Any


def escape(name: str) -> str:
    """A key as one step of a pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def pointer(path: Iterable[str | int]) -> str:
    """The pointer to the value that a path of keys and places leads to."""
    return "".join(f"/{escape(str(step))}" for step in path)


def put(whole: Any, at: str, value: Any) -> Any:
    """A copy of answers with another value where a pointer leads; as they are where it leads nowhere."""
    if not at:
        return value
    step, more, rest = at[1:].partition("/")
    rest = more + rest
    name = step.replace("~1", "/").replace("~0", "~")
    if isinstance(whole, dict) and name in whole:
        return whole | {name: put(whole[name], rest, value)}
    if isinstance(whole, list) and name.isdigit() and int(name) < len(whole):
        return [put(inner, rest, value) if place == int(name) else inner for place, inner in enumerate(whole)]
    return whole
