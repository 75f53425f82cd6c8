"""What service tasks in diagrams may call: named, typed, versioned functions of ours.

An operation runs in the step's own transaction. What reaches beyond the database (mail, webhooks, files) is never done
here: it is written to the outbox.
"""

from service.operations import (
    ballots,
    choices,
    groups,
    hearings,
    mail,
    measures,
    members,
    messages,
    publishing,
    readings,
    settings,
    targets,
)
from service.operations.registry import REGISTRY, Operation, Place, call, offered

__all__ = [
    "REGISTRY",
    "Operation",
    "Place",
    "ballots",
    "call",
    "choices",
    "groups",
    "hearings",
    "mail",
    "measures",
    "members",
    "messages",
    "offered",
    "publishing",
    "readings",
    "settings",
    "targets",
]
