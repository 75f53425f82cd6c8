"""The answers that were given to requests with an Idempotency-Key."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.domain.errors import Conflict, RequestKeyReused
from service.domain.requests import RequestKey
from service.store.tables import Receipt


class AnswerGiven(Conflict):
    """This request was answered before; the first answer stands."""


def keep(session: Session, request: RequestKey, answer: dict[str, Any], now: datetime) -> None:
    """Keep an answer, as the last thing that its transaction does. Raises `AnswerGiven` when there is one already."""
    session.flush()
    try:
        session.execute(
            insert(Receipt).values(
                workspace_id=request.workspace_id,
                account_id=request.account_id,
                key=request.key,
                request_hash=request.request_hash,
                answer=answer,
                answered_at=now,
            )
        )
    except IntegrityError as error:
        raise AnswerGiven from error


def find(session: Session, request: RequestKey) -> dict[str, Any] | None:
    """The answer that was given to that request; None: it is new.

    Raises `RequestKeyReused` when the key was used for another request.
    """
    receipt = session.get(Receipt, (request.workspace_id, request.account_id, request.key))
    if receipt is None:
        return None
    if receipt.request_hash != request.request_hash:
        raise RequestKeyReused
    return receipt.answer
