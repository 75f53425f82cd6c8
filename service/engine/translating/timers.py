"""Timers: a Python string that is a duration or a moment becomes one."""

import ast
import re
from collections.abc import Mapping

from service.engine.translating.expressions import parse, to_feel
from service.engine.translating.feel_text import string

_DURATION = re.compile(r"-?P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")
_WEEKS = re.compile(r"(-?P)(\d+)W")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def timer_to_feel(text: str, types: Mapping[str, str] | None = None) -> str:
    """The FEEL of a timer. A repetition (`R3/PT10H`) stays text. Raises Untranslatable."""
    tree = parse(text.strip(), "eval")
    value = tree.body.value if isinstance(tree, ast.Expression) and isinstance(tree.body, ast.Constant) else None
    if not isinstance(value, str) or value.startswith("R"):
        return to_feel(text, types)
    weeks = _WEEKS.fullmatch(value)
    if weeks:
        value = f"{weeks.group(1)}{int(weeks.group(2)) * 7}D"
    if _DURATION.fullmatch(value):
        return f"duration({string(value)})"
    if _DATE.match(value):
        return f"{'date' if _DATE.fullmatch(value) else 'date and time'}({string(value)})"
    return to_feel(text, types)
