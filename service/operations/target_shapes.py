"""What operations give that are about targets."""

from typing import Any, TypedDict


class Titled(TypedDict):
    """A target by its key and title."""

    target: str
    title: str


class Proposed(TypedDict):
    """A proposal: its key, the targets that it overlaps, and how many working groups are at work."""

    target: str
    duplicates: list[Titled]
    open_groups: int


class Standing(TypedDict):
    """How a target stands; `version` is the one in force, `making` and `made_in` tell of a new one that another case
    makes."""

    status: str
    version: int | None
    making: bool
    made_in: str | None


class Read(Standing):
    """A target as the register has it; `requirements` are those of the version in force."""

    target: str
    title: str
    category: str
    cpv: str | None
    requirements: list[dict[str, Any]]


class Revised(TypedDict):
    """Whether a revision has begun, else in which case another had; the number that it will have, and the requirements
    that it begins with."""

    begun: bool
    made_in: str | None
    version: int | None
    requirements: list[dict[str, Any]]


class Frozen(TypedDict):
    """A version's number, and the digest of its requirements."""

    version: int
    digest: str


class Published(TypedDict):
    """A version in force: its number and address, from when it holds, what it takes the place of, and its review."""

    target: str
    version: int
    address: str
    valid_from: str
    supersedes: int | None
    review_on: str | None


class Interim(TypedDict):
    """The version of a target that holds for a time."""

    target: str
    version: int


class Due(TypedDict):
    """The day of a target's next review; None where it has none."""

    due_on: str | None
