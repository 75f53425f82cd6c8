"""A signal is heard in every case that waits for it, each in a transaction of its own: none holds up another."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from service.commands import messages as commands
from service.domain.errors import CaseSuspended, Conflict, TaskNotWaiting
from service.queries import messages as queries
from service.runtime.command import Answer, Call, in_parts


def broadcast(call: Call, name: str, payload: Mapping[str, Any] | None) -> Answer:
    """Give a signal in all cases in which the actor may; gives in how many it was heard (`heard`).

    A case that is suspended, or whose step cannot be made, does not hear it; a signal is never kept. The same request
    under the same key is heard once in each case. Raises `SignalUnheard`, `MessageNotYours`, `AnswersRefused`.
    """

    def parts() -> list[Answer]:
        answers = []
        for case_id in queries.hearing(call.actor, name):
            of_case = replace(call, request=call.request and call.request.part(case_id))
            with suppress(CaseSuspended, Conflict, TaskNotWaiting):
                answers.append(commands.signal(of_case, case_id, name, payload))
        return answers

    return in_parts(call, parts, lambda answers: {"heard": sum(it["heard"] for it in answers)})
