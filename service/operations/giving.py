"""What an operation gives, as a JSON Schema: read from the type of its result, so that the types prove it."""

from collections.abc import Callable
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

_PLAIN: dict[Any, str] = {str: "string", bool: "boolean", int: "number", float: "number", NoneType: "null"}


def given(run: Callable[..., Any]) -> dict[str, Any]:
    """The JSON Schema of what a function says that it gives; `{}` for what may be anything."""
    return schema(run.__annotations__.get("return", Any))


def schema(of: Any) -> dict[str, Any]:
    """The JSON Schema of a type that JSON can hold: texts, numbers, truths, lists, and TypedDicts whole."""
    origin, inside = get_origin(of), get_args(of)
    if of in _PLAIN:
        return {"type": _PLAIN[of]}
    if origin is Literal:
        return {"enum": list(inside)}
    if origin is list:
        return {"type": "array", "items": schema(inside[0])}
    if origin in (Union, UnionType) and NoneType in inside and len(inside) == 2:
        return _or_null(schema(next(it for it in inside if it is not NoneType)))
    if is_typeddict(of):
        fields = get_type_hints(of)
        properties = {name: schema(field) for name, field in fields.items()}
        return {"type": "object", "properties": properties, "required": list(fields), "additionalProperties": False}
    return {}


def _or_null(found: dict[str, Any]) -> dict[str, Any]:
    return found | {"type": [found["type"], "null"]} if "type" in found else {}
