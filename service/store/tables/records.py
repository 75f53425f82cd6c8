"""What rows of the records share: their origin, and JSON of any kind."""

from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from service.domain.origins import Origin
from service.store.tables.base import Key

Json = JSON(none_as_null=True)
"""A JSON value of any kind; None is the database's own NULL."""

Rows = list[dict[str, Any]]
"""A list of objects."""


class WithOrigin:
    """A row that demonstration data may have made: where it is from, and where to look that up."""

    origin: Mapped[Origin | None] = mapped_column(Key)
    origin_ref: Mapped[str | None]
