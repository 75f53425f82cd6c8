"""Turns: a key takes the place of another, as both have signed, in the form of a signed note. By them a reader who has one key
of a log is led to the others.

The record `log.keyed` says the same; that it is a note lets anybody verify it who verifies checkpoints.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from service.domain.log_facts import decoded, encoded
from service.domain.log_facts import text as words
from service.domain.notes import KEY_ID, Key, Signatures, Verify, signed

_NOTE = re.compile(
    r"^(mandat log key\n([A-Za-z0-9+/]{43}=)\n([A-Za-z0-9+/]{43}=)\n)\n((?:— \S+ [A-Za-z0-9+/]{91}=\n)+)", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A new key signs from now on, and the old one no more: the words, and who has signed them."""

    new: bytes
    old: bytes
    text: str
    signatures: Signatures


@dataclass(frozen=True, slots=True)
class Led:
    """The keys of a log that one leads to.

    `on`: the key itself and those that came to sign after it, each signed by the one before it: as good as the key itself.
    `back`: these, and those that they replaced, as the newer one of each has signed. What the older ones had signed still
    counts; but others may have them by now, so nothing new is believed for their sake.
    """

    on: Sequence[Key]
    back: Sequence[Key]


def notes(facts: Iterable[Mapping[str, Any]], origin: str) -> str:
    """What records `log.keyed` say, as the keys of the log of that name have signed it. The first key of all took no other's
    place, and where one was lost its signature is missing. A record that cannot be read leads nowhere."""
    found = []
    for fact in facts:
        with suppress(KeyError, ValueError, TypeError, AttributeError):
            found.append(_note(fact, origin))
    return "\n".join(filter(None, found))


def written(text: str, signatures: Iterable[tuple[Key, bytes]]) -> str:
    """A signed note: a text that ends in a newline, and the signatures of keys under it."""
    lines = [f"— {key.name} {encoded(key.id + made)}" for key, made in signatures]
    return "\n".join((text, *lines, ""))


def within(text: str) -> list[Turn]:
    """The turns that stand in a text, in order."""
    return [
        Turn(decoded(new), decoded(old), said, tuple(map(_read, lines.splitlines())))
        for said, new, old, lines in _NOTE.findall(text)
    ]


def led(origin: str, keys: Iterable[Key], turns: Sequence[Turn], verify: Verify) -> Led:
    """The keys of the log of that name to which these lead, by turns that stand in the order in which they came about."""

    def step(keys: list[Key], turns: Iterable[Turn], way: Callable[[Turn], tuple[bytes, bytes]]) -> list[Key]:
        for turn in turns:
            by, to = (Key(origin, public) for public in way(turn))
            if by in keys and to not in keys and signed(turn.text, turn.signatures, by, verify):
                keys = [*keys, to]
        return keys

    on = step([it for it in keys if it.name == origin], turns, lambda it: (it.old, it.new))
    return Led(on, step(on, reversed(turns), lambda it: (it.new, it.old)))


def _read(line: str) -> tuple[str, bytes, bytes]:
    _, name, made = line.split(" ")
    return name, decoded(made)[:KEY_ID], decoded(made)[KEY_ID:]


def _note(fact: Mapping[str, Any], origin: str) -> str:
    if fact.get("replaces") is None:
        return ""
    new, old, made = decoded(fact["key"]), decoded(fact["replaces"]), fact.get("signed_by_old")
    signatures = [(Key(origin, new), decoded(fact["signed_by_new"]))]
    if made is not None:
        signatures.append((Key(origin, old), decoded(made)))
    return written(words(new, old).decode(), signatures)
