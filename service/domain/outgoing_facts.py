"""Facts about mail and webhooks. None holds an address or a text: ids alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from service.domain.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class MailQueued(Fact):
    """Mails were written: their ids, each with the person that it is for. `of` says what they are about."""

    KIND: ClassVar[str] = "mail.queued"
    of: str
    mails: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeQueued(Fact):
    """Subscribers will be told what stands before this: the ids of the notices, each with that of its webhook."""

    KIND: ClassVar[str] = "notice.queued"
    notices: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxSent(Fact):
    """A message was taken by the server that it was sent to. `of` is mail or webhook."""

    KIND: ClassVar[str] = "outbox.sent"
    message: str
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxDied(Fact):
    """A message will not be tried again unless a person says so."""

    KIND: ClassVar[str] = "outbox.died"
    message: str
    of: str
    error: str
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxSentAgain(Fact):
    """A person let messages be tried again at once: dead ones from the beginning, or such as would have waited."""

    KIND: ClassVar[str] = "outbox.sent_again"
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxDiscarded(Fact):
    """A person decided that dead messages are never sent."""

    KIND: ClassVar[str] = "outbox.discarded"
    messages: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookAdded(Fact):
    """Somebody outside is told of events of these kinds from now on."""

    KIND: ClassVar[str] = "webhook.added"
    webhook: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRemoved(Fact):
    """Somebody outside is told of nothing more."""

    KIND: ClassVar[str] = "webhook.removed"
    webhook: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxChanged(Fact):
    """Where a person's mail goes, when, or the language that is hers, was changed."""

    KIND: ClassVar[str] = "mailbox.changed"
    person: str
