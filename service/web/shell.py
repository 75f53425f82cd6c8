"""What stands around every page: workspace, navigation, who is signed in, and the demonstration's clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from service.web.fields import Words


@dataclass(frozen=True, slots=True)
class Link:
    """A way to go. `key` is pressed after `g` to go there."""

    label: str
    href: str
    current: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """Who is signed in: the name, the roles as one line, and where her own page and signing out are."""

    name: str
    roles: str
    sign_out: str
    profile: str | None = None

    @property
    def initials(self) -> str:
        """Two letters for the round mark: the first of the first two words."""
        return "".join(word[0] for word in self.name.split()[:2]).upper()


@dataclass(frozen=True, slots=True)
class Onward:
    """What waits next in the case at hand for somebody else: the task, where it is, and the persona that one would be."""

    task: Words
    href: str
    persona: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """A demonstration: its clock, and who one may be in it.

    `clock_action` takes POST `by` = `deadline` with `until`, the moment that was promised, `day`, `working-day`, `week`, or `date` with `day`, an ISO date; without it
    the clock is only shown.
    `persona_action` takes POST `persona`, and `next`, the page to see then: `onward` is such a step. `personas` are
    (account name, how she is told) by the name of the workspace. `next` is the deadline to which the clock would go, or
    none; `refused` is why it did not go.
    """

    now: datetime
    clock_action: str
    next: datetime | None = None
    refused: str = ""
    persona_action: str = ""
    personas: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    persona: str = ""
    onward: Onward | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The frame of a page. Without `who`, `sign_in` is offered. `workspaces` are those that she may change to.

    `stands_still`: nobody does what falls due, and she is who can see to it.
    """

    home: str = "/"
    workspace: str = ""
    workspaces: tuple[Link, ...] = ()
    nav: tuple[Link, ...] = ()
    who: Who | None = None
    sign_in: str | None = None
    accessibility: str | None = None
    demo: Demo | None = None
    stands_still: bool = False
