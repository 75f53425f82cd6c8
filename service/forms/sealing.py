"""Sealing: what may be personal leaves the answers before they become variables.

What that is, `service.domain.sealing` says. In its place stands `{"sealed": commitment}`; value and salt go where they
can be erased, and then nothing in the case gives them away.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785

from service.domain.disclosures import commit
from service.domain.schemas import Schema
from service.domain.sealing import Place
from service.forms.pointers import escape

__all__ = ["Disclosure", "Sealer", "commit"]


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What opens one commitment: salt and value (RFC 8785), and where in the answers the value stood."""

    commitment: str
    pointer: str
    salt: bytes
    value: bytes


def canonical(value: Any) -> bytes:
    """The bytes of a value that a commitment is to (RFC 8785)."""
    return rfc8785.dumps(value)


class Sealer:
    """Walks answers beside the schemas that look at them."""

    def __init__(self, root: Schema, salt: Callable[[], bytes]) -> None:
        self._root, self._salt = root, salt
        self.disclosures: list[Disclosure] = []

    def answers(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers to the whole form, sealed; what opens them is then in `disclosures`."""
        return self._object(answers, Place(self._root, [self._root]), "")

    def _object(self, value: Mapping[str, Any], place: Place, pointer: str) -> dict[str, Any]:
        """Every field: those answered, and as null those that the form has and nobody answered. A diagram may then
        ask for each of them; a name that nothing knows is a fault there."""
        return {
            name: self._seal(value[name], place.field(name), f"{pointer}/{escape(name)}") if name in value else None
            for name in sorted(place.names.union(value))
        }

    def _seal(self, value: Any, place: Place, pointer: str) -> Any:
        """The value as variables hold it: itself, a commitment in its place, or the like further in."""
        if place.sealed(_kind(value)):
            return self._commit(value, pointer)
        if isinstance(value, dict):
            return self._object(value, place, pointer)
        if isinstance(value, list):
            return [self._seal(item, place.item(at), f"{pointer}/{at}") for at, item in enumerate(value)]
        return value

    def _commit(self, value: Any, pointer: str) -> dict[str, str]:
        salt, content = self._salt(), canonical(value)
        commitment = commit(salt, content)
        self.disclosures.append(Disclosure(commitment, pointer, salt, content))
        return {"sealed": commitment}


def _kind(value: Any) -> str:
    """The kind of a value, as far as sealing asks for it."""
    return "string" if isinstance(value, str) else "object" if isinstance(value, dict) else ""
