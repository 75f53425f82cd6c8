"""The steps of a case's stream, as the journal has them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import rfc8785

from service.domain.facts import Step
from service.domain.kinds import KINDS
from service.domain.sentences import say
from service.queries.replay.comparing import NotReplayed

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Recorded:
    """One step: the entry that moved the case, and those that followed from it."""

    cause: Entry
    followed: list[Entry] = field(default_factory=list)

    def of(self, kind: str) -> list[Entry]:
        """What the entries of a kind say, in order; the cause is none of them."""
        return [entry["data"] for entry in self.followed if entry["kind"] == kind]


def steps(entries: Iterable[Entry]) -> Iterator[Recorded]:
    """The steps of a stream, in order. An entry that is none belongs to the step before it.

    Raises `NotReplayed` at an entry of a kind that this version does not know.
    """
    step: Recorded | None = None
    for entry in entries:
        shape = KINDS.get((entry["kind"], entry["v"]))
        if shape is None:
            if step is not None:
                yield step
            said = say("it is told as “%(kind)s” %(version)s, which this version does not know",
                       kind=entry["kind"], version=f"v{entry['v']}")  # fmt: skip
            raise NotReplayed(said, entry)
        if issubclass(shape, Step):
            if step is not None:
                yield step
            step = Recorded(entry)
        elif step is not None:
            step.followed.append(entry)
    if step is not None:
        yield step


def plain(value: Mapping[str, Any]) -> Any:
    """A value as the journal gives it back."""
    return json.loads(rfc8785.dumps(dict(value)))
