"""How requests are read: nothing unknown passes, and no body can hurt the reader."""

import json
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from flask import Request
from flask_smorest import Blueprint
from marshmallow import RAISE
from webargs.flaskparser import FlaskParser

View = TypeVar("View", bound=Callable[..., Any])


class StrictParser(FlaskParser):
    """Refuses what a schema does not name, in the query as well as in the body."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"json": RAISE, "query": RAISE}  # noqa: RUF012 - the library's own declaration

    def _raw_load_json(self, req: Request) -> Any:
        try:
            return super()._raw_load_json(req)
        except (RecursionError, ValueError) as error:  # nested too deep, or a number of thousands of digits
            shown = json.JSONDecodeError(str(error), "", 0)
            return self._handle_invalid_json_error(shown, req)


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
