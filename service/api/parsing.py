"""How requests are read: nothing unknown passes, and no body can hurt the reader."""

import json
import math
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from flask import Request
from flask_smorest import Blueprint
from marshmallow import RAISE
from webargs.core import missing
from webargs.flaskparser import FlaskParser, is_json_request

from service.domain.errors import Refused

View = TypeVar("View", bound=Callable[..., Any])


class NamedTwice(Refused):
    """'{name}' stands twice in one object. Say it once: readers differ in which of the two they take (RFC 8259, 4)."""


class NumberBeyond(Refused):
    """The number {text} is larger than any that can be kept."""


class StrictParser(FlaskParser):
    """Refuses what a schema does not name, in the query as well as in the body."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"json": RAISE, "query": RAISE}  # noqa: RUF012 - the library's own declaration

    def _raw_load_json(self, req: Request) -> Any:
        if not is_json_request(req):
            return missing
        try:
            body = req.get_data(cache=True).decode()
            return json.loads(body, object_pairs_hook=_each_once, parse_float=_kept_number, parse_constant=_no_number)
        except (RecursionError, ValueError) as error:  # also nested too deep, or a number of thousands of digits
            return self._handle_invalid_json_error(json.JSONDecodeError(str(error), "", 0), req)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise NamedTwice(name=next(name for name in found if names.count(name) > 1))
    return found


def _kept_number(text: str) -> float:
    number = float(text)
    if math.isinf(number):  # Python reads it so, and nothing behind would know what was sent
        raise NumberBeyond(text=text[:40])
    return number


def _no_number(name: str) -> Any:
    raise ValueError(name)  # NaN and Infinity: Python reads them, and JSON has none


class Decorates(Protocol):
    """What the library's decorators do to a view: nothing that its type would show."""

    def __call__(self, view: View, /) -> View:
        """The view, decorated."""


class StrictBlueprint(Blueprint):
    """A part of the API whose requests are read strictly."""

    route: Callable[..., Decorates]
    arguments: Callable[..., Decorates]
    response: Callable[..., Decorates]
    alt_response: Callable[..., Decorates]
    doc: Callable[..., Decorates]

    ARGUMENTS_PARSER = StrictParser()
