"""A signal is heard in every case that waits for it, each in a transaction of its own: none holds up another."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from service.commands import messages as commands
from service.domain.errors import CaseSuspended, Conflict, TaskNotWaiting
from service.queries import messages as queries
from service.runtime.command import Call


def broadcast(call: Call, name: str, payload: Mapping[str, Any] | None) -> dict[str, int]:
    """Give a signal in all cases in which the actor may; gives in how many it was heard.

    A case that is suspended, or whose step cannot be made, does not hear it; a signal is never kept. Raises
    `SignalUnheard`, `MessageNotYours`, `AnswersRefused`.
    """
    heard = 0
    for case_id in queries.hearing(call.actor, name):
        with suppress(CaseSuspended, Conflict, TaskNotWaiting):
            heard += commands.signal(call, case_id, name, payload)["heard"]
    return {"heard": heard}
