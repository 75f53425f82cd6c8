"""Everything that can be refused, as one tree. A class's docstring is its message; `{…}` are its facts.

MandatError
├── NotSignedIn          we do not know who asks             401
├── NotAllowed           we know, and she may not            403
├── NotFound             it is not there, or not for her     404
├── Conflict             somebody was faster                 409
├── Refused              what was sent is wrong              422
└── Unavailable          not now; try again                  503
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

from service.domain.findings import Finding


def moment(value: datetime) -> str:
    """A time as people and programs both read it: RFC 3339 in UTC, to the second."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with what was sent: where (a JSON pointer, or an element of a diagram), and why.

    `named` are the answers that the message names, each with its values: whoever says it in another language names them
    too.
    """

    pointer: str
    message: str
    rule: str
    named: tuple[tuple[str, tuple[str, ...]], ...] = ()


class MandatError(Exception):
    """Mandat could not do that."""

    status: ClassVar[int] = 500

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        shown = {name: moment(fact) if isinstance(fact, datetime) else fact for name, fact in facts.items()}
        super().__init__(" ".join((type(self).__doc__ or "").split()).format(**shown))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The single faults, where there are several."""
        return ()


class NotSignedIn(MandatError):
    """Sign in first: the request carries no valid token."""

    status = 401


class NotAllowed(MandatError):
    """You may not do that."""

    status = 403


class NotFound(MandatError):
    """There is nothing here that you may see."""

    status = 404


class Conflict(MandatError):
    """Somebody else was faster."""

    status = 409


class Refused(MandatError):
    """What was sent cannot be taken."""

    status = 422


class Unavailable(MandatError):
    """Mandat cannot answer just now. Try again in a moment."""

    status = 503


# --- who may -----------------------------------------------------------------------------------------------------


class TokenRefused(NotSignedIn):
    """The token is unknown, expired or withdrawn."""


class SignInRefused(NotAllowed):
    """The name or the password is wrong."""


class TooManyTries(MandatError):
    """There were too many tries to sign in. Wait a quarter of an hour, and try again."""

    status = 429


class RequestFromElsewhere(NotAllowed):
    """The request came from another site."""


class PageOutdated(NotAllowed):
    """The page was open for too long, or since before you signed in. Load it again, and send it once more."""


class NotCandidate(NotAllowed):
    """This task belongs to the role {role}, which you do not hold."""


class StartNotYours(NotAllowed):
    """“{process}” is started by the role {role}, which you do not hold."""


class ReadersStartNothing(NotAllowed):
    """“{process}” is started by those who take part in the work; as an auditor you read what they did."""


class NotAssignee(NotAllowed):
    """This task is not yours to hand back or to pass on."""


class AssigneeNotCandidate(Refused):
    """{person} does not hold the role {role} that this task belongs to."""


class AssigneeActsForOthers(Refused):
    """{person} does not act for the organisation that this task is for."""


class ExcludedByEarlierTask(NotAllowed):
    """You completed {activity} in this case, and who did that may not do this task."""


class ProcessOwnerNeeded(NotAllowed):
    """Only a process owner or an administrator of this workspace may do that."""


class AdministratorNeeded(NotAllowed):
    """Only an administrator of this workspace may do that."""


class InstallationAdministratorNeeded(NotAllowed):
    """Only an administrator of the whole installation may do that."""


class RoleNeeded(NotAllowed):
    """Only who holds a role in this workspace may do that."""


# --- what is not there -------------------------------------------------------------------------------------------


class TaskNotFound(NotFound):
    """There is no such task, or none that you may see."""


class InstanceNotFound(NotFound):
    """There is no such instance, or none that you may see."""


class IncidentNotFound(NotFound):
    """There is no such incident, or none that you may see."""


class DefinitionNotFound(NotFound):
    """No process {key} is deployed in this workspace."""


class DefinitionAltered(MandatError):
    """The files of the bundle {digest} were changed in the database after it was deployed. “{key}” does not run until they
    are again what they were: restore them from a backup."""


class DecisionNotFound(NotFound):
    """There is no decision {key} here."""


class NoDemonstration(NotFound):
    """That is only in a demonstration."""


class WorkspaceNotFound(NotFound):
    """There is no workspace {key}."""


class AccountNotFound(NotFound):
    """There is no account {name}."""


class PersonNotFound(NotFound):
    """There is no such person in this workspace."""


class RoleNotFound(NotFound):
    """There is no role {key} in this workspace."""


class CaseNotFound(NotFound):
    """There is no such case, or none that you may see."""


# --- somebody was faster -----------------------------------------------------------------------------------------


class TaskAlreadyClaimed(Conflict):
    """{by} has had this task since {at}."""


class TaskAlreadyCompleted(Conflict):
    """{by} completed this task at {at}."""


class DraftStale(Conflict):
    """Another window saved this draft after yours was opened. Look at that one first; yours was not saved."""


class TaskCancelled(Conflict):
    """The process took this task back at {at}."""


class TaskNotWaiting(Conflict):
    """This task or timer no longer waits."""


class CaseMovedOn(Conflict):
    """The case moved on while you were at it. Look again, and repeat what still applies."""


class IncidentAlreadyResolved(Conflict):
    """{by} resolved this incident at {at}."""


class CaseSuspended(Conflict):
    """This case has been suspended since {at}. Whoever owns its processes can let it go on."""


class CaseNotSuspended(Conflict):
    """This case is not suspended: somebody has let it go on, or it never was."""


class CaseOver(Conflict):
    """This case is over."""


class JournalSpoilt(Conflict):
    """Somebody has changed this journal in the database: an entry of it cannot be read. Tell whoever runs the service."""


class RowUnreadable(Conflict):
    """What lies in column {column} of a row of the table {table} cannot be read: somebody has changed it there. Nothing was
    done. Tell whoever runs the service; a check of the record names the row."""


class ProcessKeyTaken(Conflict):
    """The process {process} already belongs to the bundle {bundle} in this workspace."""


class ApprovalPending(Conflict):
    """A version that {by} proposed at {at} waits for approval. Approve it or withdraw it first."""


class ProposalNotFound(NotFound):
    """No version waits for approval here, or it does no longer."""


class OwnProposal(NotAllowed):
    """You proposed this version yourself: a second person approves it."""


class VersionMovedOn(Conflict):
    """{by} put version {number} into force at {at}, after you began. Look at it before you replace it."""


class AlreadyThere(Conflict):
    """{what} is there already."""


# --- what was sent is wrong --------------------------------------------------------------------------------------


class DemonstrationRefused(Refused):
    """The database holds cases that were not made by a demonstration. Give it a database of its own."""


class DemonstrationHere(Refused):
    """The database holds a demonstration. Serve it with --demo, or give real cases a database of their own."""


class BundleRefused(Refused):
    """The bundle cannot be deployed: {found} it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        count = sum(finding.level == "error" for finding in self.findings)
        super().__init__(found="1 finding stops" if count == 1 else f"{count} findings stop")

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The findings that stop it, an element of a diagram as `file#element`."""
        return tuple(
            Fault(f"{finding.file or ''}#{finding.element or ''}", finding.message, finding.rule)
            for finding in self.findings
            if finding.level == "error"
        )


class BundleUnreadable(Refused):
    """The bundle cannot be read: {reason}."""


class DecisionUnanswerable(Refused):
    """The decision {key} cannot be made. {reason}."""


class DecisionAltered(DecisionUnanswerable):
    """The decision {key} is not made: its table is not the one that was deployed. {reason}."""


class ValuesRefused(Refused):
    """Values that cannot be taken: {count}."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self._faults = tuple(faults)
        super().__init__(count=len(self._faults))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """One fault per value, each with its JSON pointer."""
        return self._faults


class AnswersRefused(ValuesRefused):
    """The form was not filled in as it asks. Answers that are wrong: {count}."""


class FormRefused(Refused):
    """The form {form} cannot be used: {reason}."""


class PasswordRefused(Refused):
    """A password has {least} to {most} characters."""


class RequestKeyReused(Refused):
    """This Idempotency-Key was used before for a different request."""


class RequestKeyRefused(Refused):
    """An Idempotency-Key is 1 to 200 printable ASCII characters."""


class OperationUnknown(Refused):
    """There is no operation {name}."""


class ParametersRefused(Refused):
    """The operation {name} cannot be called with these parameters: {reason}."""


class ReasonRefused(Refused):
    """Say why, in 1 to {most} characters."""


class CorrectionRefused(ValuesRefused):
    """These values cannot be put in the place of those in the case: {count} are wrong."""


class SkipRefused(Refused):
    """This cannot be passed over so: {reason}."""


class CursorRefused(Refused):
    """The cursor is not one that this service gave out."""


# --- not now -----------------------------------------------------------------------------------------------------


class DatabaseBusy(Unavailable):
    """The database did not answer in time. Try again in a moment."""


class DatabaseAway(Unavailable):
    """The database does not answer, or does not let us in. See that it runs, and that MANDAT_DATABASE_URL leads to it with a
    name and a password that it takes; its own log says more."""


class Contended(DatabaseBusy):
    """Others were writing the same at the same moment. Try again in a moment."""
