"""Settings, as a diagram reads them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from marshmallow import fields, validate

from service.domain.settings import Definition, known, nested
from service.operations.fields import KEY
from service.operations.registry import Place, operation
from service.store import settings as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


_KINDS: dict[str, dict[str, Any]] = {
    "count": {"type": "number"},
    "share": {"type": "number"},
    "flag": {"type": "boolean"},
    "day": {"type": "string"},
    "date": {"type": ["string", "null"]},
    "text": {"type": ["string", "null"]},
}


def _schema(context: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON Schema of a context of settings, as `nested` makes it."""
    fields = {name: _of(it) if isinstance(it, Definition) else _schema(it) for name, it in context.items()}
    return {"type": "object", "properties": fields, "required": list(fields)}


def _of(setting: Definition) -> dict[str, Any]:
    return {"enum": list(setting.choices)} if setting.choices else _KINDS[setting.kind]


@operation(
    "settings.read",
    gives_schema=_schema(nested(known(""))),  # which workspace it will be is not known where a bundle is checked
    keys=fields.List(fields.String(validate=KEY), required=True, validate=validate.Length(min=1, max=100)),
)
def read(session: "Session", place: Place, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The values of settings as they are now: `sg.quorum` is read as `rules.sg.quorum`. Raises `SettingUnknown`."""
    found = store.values(session, place.workspace_id, asked["keys"], place.now)
    return nested({key: setting.value for key, setting in found.items()})
