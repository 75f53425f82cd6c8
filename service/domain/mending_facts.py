"""The facts about helping a case along: what was tried, corrected, passed over, moved to another version, suspended and
called off.

A reason stands here as `{"sealed": commitment}`: its words are kept where they can be erased.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from service.domain.facts import Fact, Step

Reason = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentTried(Fact):
    """The move of an incident was tried again and could not be made; `how` is retry, correct or skip. An incident was told
    as opened with each try then."""

    KIND: ClassVar[str] = "incident.tried"
    incident: str
    how: str
    reason: Reason = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentStands(Fact):
    """The move of an incident was made once more and failed, for this fault at this place. `how` is retry, correct, skip,
    or anew where whoever made it first made another."""

    KIND: ClassVar[str] = "incident.tried"
    V: ClassVar[int] = 2
    incident: str
    how: str
    instance: str
    fault: str
    activity: str | None = None
    place: str | None = None
    expression: str | None = None
    reason: Reason = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class VariablesCorrected(Fact):
    """The step before this entry was made with these values in the place of those `before`, at that activity (without
    one: in the whole instance). A name that had no value is not in `before`, nor is a value too large to be told."""

    KIND: ClassVar[str] = "variables.corrected"
    incident: str
    instance: str
    activity: str | None = None
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    reason: Reason = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivitySkipped(Fact):
    """The step before this entry was made without that activity doing anything; a gateway took `flow`."""

    KIND: ClassVar[str] = "activity.skipped"
    incident: str
    instance: str
    activity: str
    flow: str | None = None
    reason: Reason = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceMigrated(Step):
    """An instance of the bundle `previous` goes on under another version of its process, where it stands. `renamed` are the
    elements and flows that are called otherwise there: the id that they had → the one that they have."""

    KIND: ClassVar[str] = "instance.migrated"
    instance: str
    previous: str
    bundle: str
    process: str
    renamed: Mapping[str, str] = field(default_factory=dict)
    reason: Reason = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReaddressed(Fact):
    """A task that nobody has taken is for others in the version that its instance went over to. `role` is the workspace's;
    `drawn_role` the diagram's where none matched."""

    KIND: ClassVar[str] = "task.readdressed"
    task: str
    instance: str
    activity: str
    role: str | None = None
    drawn_role: str | None = None
    candidate: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSuspended(Fact):
    """Nothing moves in the case from now on."""

    KIND: ClassVar[str] = "case.suspended"
    reason: Reason = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResumed(Fact):
    """The case goes on from where it stood."""

    KIND: ClassVar[str] = "case.resumed"
    reason: Reason = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCancelled(Fact):
    """The whole case was called off; what ran in it was ended."""

    KIND: ClassVar[str] = "case.cancelled"
    reason: Reason = field(default_factory=dict)
