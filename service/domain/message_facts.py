"""The facts about messages between cases and from outside. None holds what a message says: ids, names, times."""

from dataclasses import dataclass
from typing import Any, ClassVar

from service.domain.facts import Fact, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalDelivered(Step):
    """A signal from outside was heard in the case."""

    KIND: ClassVar[str] = "signal.delivered"
    signal: str
    payload: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReceived(Fact):
    """The message of that id has come to the case. `sender` is the case that it was sent from, if it was one."""

    KIND: ClassVar[str] = "message.received"
    message: str
    name: str
    sender: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageKept(Fact):
    """Nobody could take the message: it is kept until then."""

    KIND: ClassVar[str] = "message.kept"
    message: str
    name: str
    expires_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageExpired(Fact):
    """Nobody has taken the message in time; what it held is gone."""

    KIND: ClassVar[str] = "message.expired"
    message: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRefused(Fact):
    """The event that came could not take what the message held, which is gone."""

    KIND: ClassVar[str] = "message.refused"
    message: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyInvited(Fact):
    """A link was made by which an organisation outside can answer a task itself, until then. The link is not told."""

    KIND: ClassVar[str] = "reply.invited"
    link: str
    task: str
    organisation: str
    expires_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyGiven(Fact):
    """The organisation has answered by its link."""

    KIND: ClassVar[str] = "reply.given"
    link: str
    task: str
    organisation: str
