"""Timers: a text that is a duration or a moment becomes one."""

import ast
import re
from collections.abc import Mapping

from service.engine.translating.expressions import parse, to_feel
from service.engine.translating.feel_text import NotPython, string
from service.engine.translating.juel import is_juel

_DURATION = re.compile(r"-?P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")
_WEEKS = re.compile(r"(-?P)(\d+)W")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_CYCLE = re.compile(r"R\d*/\S+")


def timer_to_feel(text: str, types: Mapping[str, str] | None = None) -> str:
    """The FEEL of a timer: a Python expression, JUEL, or ISO 8601 as it stands. Raises Untranslatable.

    A repetition (`R3/PT10H`) stays text.
    """
    text = text.strip()
    if is_juel(text):
        return to_feel(text, types)
    try:
        tree = parse(text, "eval")
    except NotPython:
        value: object = text
        if not _written(text):
            raise
    else:
        value = tree.body.value if isinstance(tree, ast.Expression) and isinstance(tree.body, ast.Constant) else None
        value = text if _written(text) else value
    return _written(value) if isinstance(value, str) and _written(value) else to_feel(text, types)


def _written(value: str) -> str:
    """The FEEL of a duration, a moment or a repetition; nothing for any other text."""
    if _CYCLE.fullmatch(value):
        return string(value)
    weeks = _WEEKS.fullmatch(value)
    if weeks:
        value = f"{weeks.group(1)}{int(weeks.group(2)) * 7}D"
    if _DURATION.fullmatch(value):
        return f"duration({string(value)})"
    if _DATE.match(value):
        return f"{'date' if _DATE.fullmatch(value) else 'date and time'}({string(value)})"
    return ""
