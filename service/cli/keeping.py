"""Options by which an auditor brings what she has kept: checkpoints, and verifier keys that she got elsewhere."""

from pathlib import Path

import click

from service.domain.notes import Key, NoteRefused, kept_in
from service.domain.notes import key as verifier_key
from service.queries.log_check import Kept

__all__ = ["Kept", "checkpoints", "keys"]


def checkpoints(_context: object, _option: object, paths: tuple[Path, ...]) -> list[Kept]:
    """The checkpoints in files, mails among them, by file."""
    kept = []
    for path in paths:
        try:
            found = kept_in(path.read_bytes())
        except OSError as error:
            raise click.BadParameter(f"{path}: {error}") from None
        if not found:
            raise click.BadParameter(f"{path} holds no signed checkpoint.")
        kept.append(Kept(path.name, tuple(found)))
    return kept


def keys(_context: object, _option: object, texts: tuple[str, ...]) -> list[Key]:
    """Verifier keys."""
    try:
        return [verifier_key(text) for text in texts]
    except NoteRefused as error:
        raise click.BadParameter(str(error)) from None
