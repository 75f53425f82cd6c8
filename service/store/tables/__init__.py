"""Every table, one noun per file."""

from service.store.tables.ballots import Ballot, Vote
from service.store.tables.base import Base
from service.store.tables.cases import Case, Instance
from service.store.tables.cells import guard_all
from service.store.tables.decided import DecisionMade
from service.store.tables.definitions import (
    Bundle,
    BundleFile,
    Decision,
    Definition,
    Deployment,
    InForce,
    ProposedDeployment,
)
from service.store.tables.documents import Blob, Document
from service.store.tables.drafts import Draft
from service.store.tables.enclosures import Enclosure
from service.store.tables.erasures import Erasure
from service.store.tables.hearings import Hearing, HearingResponse
from service.store.tables.journal import Disclosure, JournalEntry, Receipt
from service.store.tables.log import Log, LogCheckpoint, LogKey, LogTile, Witness
from service.store.tables.mailboxes import Mailbox
from service.store.tables.measures import Goal, Measure, MeasureReport, Strategy
from service.store.tables.messages import AwaitedEvent, Message, MessageAddress, ReplyLink
from service.store.tables.organisations import Body, Membership, Organisation, Representative, Seat
from service.store.tables.outbox import Outgoing, Receiver
from service.store.tables.people import Account, Person, Role, RoleHolding, Token
from service.store.tables.replays import Replay, ReplayNight
from service.store.tables.settings import Setting
from service.store.tables.sign_in import SignInSession, SignInTries
from service.store.tables.targets import Notice, Target, TargetVersion
from service.store.tables.tasks import Incident, Task, Timer
from service.store.tables.webhooks import Webhook
from service.store.tables.workspaces import Chained, Installation, Workspace

guard_all()

__all__ = [
    "Account",
    "AwaitedEvent",
    "Ballot",
    "Base",
    "Blob",
    "Body",
    "Bundle",
    "BundleFile",
    "Case",
    "Chained",
    "Decision",
    "DecisionMade",
    "Definition",
    "Deployment",
    "Disclosure",
    "Document",
    "Draft",
    "Enclosure",
    "Erasure",
    "Goal",
    "Hearing",
    "HearingResponse",
    "InForce",
    "Incident",
    "Installation",
    "Instance",
    "JournalEntry",
    "Log",
    "LogCheckpoint",
    "LogKey",
    "LogTile",
    "Mailbox",
    "Measure",
    "MeasureReport",
    "Membership",
    "Message",
    "MessageAddress",
    "Notice",
    "Organisation",
    "Outgoing",
    "Person",
    "ProposedDeployment",
    "Receipt",
    "Receiver",
    "Replay",
    "ReplayNight",
    "ReplyLink",
    "Representative",
    "Role",
    "RoleHolding",
    "Seat",
    "Setting",
    "SignInSession",
    "SignInTries",
    "Strategy",
    "Target",
    "TargetVersion",
    "Task",
    "Timer",
    "Token",
    "Vote",
    "Webhook",
    "Witness",
    "Workspace",
]
