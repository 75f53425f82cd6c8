"""Settings, as a diagram reads them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from marshmallow import fields, validate

from service.domain.settings import nested
from service.operations.fields import KEY
from service.operations.registry import Place, operation
from service.store import settings as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@operation(
    "settings.read",
    keys=fields.List(fields.String(validate=KEY), required=True, validate=validate.Length(min=1, max=100)),
)
def read(session: "Session", place: Place, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The values of settings as they are now: `sg.quorum` is read as `rules.sg.quorum`. Raises `SettingUnknown`."""
    found = store.values(session, place.workspace_id, asked["keys"], place.now)
    return nested({key: setting.value for key, setting in found.items()})
