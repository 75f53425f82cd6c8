"""Witnesses: outsiders who keep our checkpoints, so that what they have seen cannot be written anew behind their backs."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, get_args

from service.domain.errors import NotFound, Refused
from service.domain.outbox import Kind

KINDS: tuple[Kind, ...] = get_args(Kind)

MINUTES: Mapping[Kind, int] = {"mail": 60, "webhook": 0, "file": 0}
"""How long at least lies between two checkpoints for one witness, unless she asks otherwise. She gets the latest."""

LONGEST = 7 * 24 * 60
LETTER = "checkpoint"
"""What a message with a checkpoint is called in the outbox."""


class LogNotFound(NotFound):
    """There is no log here, or none that you may see."""


class WitnessNotFound(NotFound):
    """There is no such witness."""


class WitnessKindUnknown(Refused):
    """A witness is given checkpoints by one of {known}."""


class WitnessPaceRefused(Refused):
    """Between two checkpoints for one witness lie 0 to {longest} minutes."""


class WitnessAlreadyThere(Refused):
    """Checkpoints are given to “{address}” already."""


class FolderRefused(Refused):
    """No files are left in “{folder}”. The operator has allowed: {allowed}."""


def due(signed_at: datetime | None, sent_at: datetime | None, minutes: int, now: datetime) -> bool:
    """Whether a witness to whom nothing is on its way is to be told of the checkpoint that was signed at that time."""
    if signed_at is None:
        return False
    return sent_at is None or (signed_at > sent_at and now - sent_at >= timedelta(minutes=minutes))


def told(origin: str, size: int, note: str, installation: str | None) -> dict[str, Any]:
    """What waits in the outbox: the checkpoint of the workspace, and the latest of the installation."""
    data = {"origin": origin, "size": size, "checkpoint": note}
    return data if installation is None else data | {"installation": installation}


def notes(payload: Mapping[str, Any]) -> list[str]:
    """The checkpoints of a message."""
    return [payload["data"][name] for name in ("checkpoint", "installation") if name in payload["data"]]


def file_name(note: str) -> str:
    """What the file with a checkpoint is called: by its log, its size and what is in it, so that none replaces another."""
    origin, size = note.split("\n")[:2]
    return f"{origin.replace('/', '_').replace(':', '_')}-{size}-{sha256(note.encode()).hexdigest()[:8]}.txt"
