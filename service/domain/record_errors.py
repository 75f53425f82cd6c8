"""What can be refused about records: settings, organisations, targets, ballots, hearings, measures, erasures."""

from service.domain.errors import Conflict, NotAllowed, NotFound, Refused


class TargetNotFound(NotFound):
    """There is no target {key}, or none that you may see."""


class CaseUnknown(NotFound):
    """There is no case {name} in the workspace {workspace}, or none that you may see{elsewhere}."""


class CaseAmbiguous(Refused):
    """{count} cases are called {name}:{which}Say which, by what stands before it."""


class StepNotFound(NotFound):
    """This case has no step {step}: its steps are 1 to {count}."""


class OrganisationNotFound(NotFound):
    """There is no such organisation in this workspace."""


class BodyNotFound(NotFound):
    """There is no body {key} in this workspace."""


class BallotNotFound(NotFound):
    """There is no such ballot, or none that you may see."""


class EndingNotFound(NotFound):
    """There is no such membership, seat, representation or role in this workspace, or it is over."""


class HearingNotFound(NotFound):
    """There is no such hearing, or none that you may see."""


class MeasureNotFound(NotFound):
    """There is no such measure in this workspace."""


class GoalNotFound(NotFound):
    """There is no such subgoal in this workspace."""


class DocumentNotFound(NotFound):
    """There is no such document, or none that you may see."""


class DocumentNotYours(NotAllowed):
    """Only who works in this case puts documents into it: who has or had a task in it, or holds a role of its diagrams."""


class DocumentRefused(Refused):
    """The file “{name}” cannot be kept: {reason}."""


class DisclosureNotFound(NotFound):
    """There is no sealed value of that commitment, or it was erased before."""


class MeasureKeeperNeeded(NotAllowed):
    """Only who holds the role {role} changes the action plan."""


class SealedValueGone(Conflict):
    """What this step needs was sealed, and is gone: it was erased, or it is of another case."""


class BallotClosed(Conflict):
    """This ballot was closed with the outcome “{outcome}”."""


class HearingClosed(Conflict):
    """This hearing is closed."""


class HearingAlreadyExtended(Conflict):
    """This hearing was extended already; it is extended once."""


class TargetVersionFrozen(Conflict):
    """The text of this version is frozen: it is {status}."""


class RevisionUnderWay(Conflict):
    """A new version of {key} is being made already."""


class TargetNotInForce(Conflict):
    """The target {key} is not in force."""


class OriginRefused(Refused):
    """This origin cannot be taken: {reason}."""


class SettingUnknown(Refused):
    """There is no setting {key} in this workspace."""


class SettingRefused(Refused):
    """The setting {key} cannot have that value: {reason}."""


class OrganisationRefused(Refused):
    """The organisation cannot be taken: {reason}."""


class VoterNotEligible(Refused):
    """The organisation {organisation} has no vote here."""


class ResponseRefused(Refused):
    """The response cannot be taken: {reason}."""


class EndRefused(Refused):
    """It cannot end so: {reason}."""


class VoteRefused(Refused):
    """The vote cannot be taken: {reason}."""


class OutcomeContradictsVotes(Refused):
    """The outcome “{outcome}” cannot be concluded: the votes come to “{result}”."""


class TargetStatusRefused(Refused):
    """A target that is “{before}” cannot become “{after}”."""


class TargetNotDecided(Refused):
    """The target cannot be adopted: {reason}."""


class RequirementsRefused(Refused):
    """The requirements cannot be taken: {reason}."""


class TextChangedSinceVote(Refused):
    """The text is not the one that was voted on, and no amendment was adopted."""


class HearingHasOpenObjection(Refused):
    """The hearing cannot be closed: {count} formal objections wait for an answer."""


class MeasureRefused(Refused):
    """The measure cannot be taken: {reason}."""


class MeasureStatusRefused(Refused):
    """A measure that is “{before}” cannot become “{after}”."""


class MeasureIncomplete(Refused):
    """A measure needs somebody responsible and a deadline before it is active."""


class AssessmentMissing(Refused):
    """This measure asks for an assessment, and closes only with a documented one."""


class ReasonMissing(Refused):
    """Dropping a measure needs a reason."""


class LegalBasisUnknown(Refused):
    """“{basis}” is no ground on which a value is erased; the grounds are {known}."""
