"""The library compares with `==` when it saves: `1 → true` and `1 → 1.0` are dropped, so an instance differs from
itself after reloading. Two values are the same when their types and their JSON are."""

from typing import Any


def same(left: Any, right: Any) -> bool:
    """Whether two JSON values are the same: `true` is not `1`, and `1.0` is not `1`."""
    if left is right:
        return True
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(value, right[key]) for key, value in left.items())
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    return bool(left == right)
