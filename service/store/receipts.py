"""The answers that were given to requests with an Idempotency-Key."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, insert, select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.domain.errors import Conflict, RequestKeyReused
from service.domain.journal import INSTALLATION
from service.domain.requests import RequestKey
from service.store.tables import Receipt

_KEEP = insert(Receipt).inline()


class AnswerGiven(Conflict):
    """This request was answered before; the first answer stands."""


def keep(session: Session, request: RequestKey, answer: dict[str, Any], now: datetime) -> None:
    """Keep an answer, as the last thing that its transaction does. Raises `AnswerGiven` when there is one already."""
    session.flush()
    try:
        session.connection().execute(
            _KEEP,
            {
                "workspace_id": request.workspace_id,
                "account_id": request.account_id,
                "key": request.key,
                "request_hash": request.request_hash,
                "answer": answer,
                "answered_at": now,
            },
        )
    except IntegrityError as error:
        raise AnswerGiven from error


def any_before(session: Session, workspace_id: str, moment: datetime) -> bool:
    """Whether a person or a program was given an answer before that moment, which is still kept."""
    return session.scalar(select(_old(workspace_id, moment).exists())) or False


def forget(session: Session, workspace_id: str, moment: datetime, most: int) -> int:
    """Throw away answers that people and programs were given before that moment, at most so many; gives how many."""
    old = _old(workspace_id, moment).order_by(Receipt.answered_at).limit(most).subquery()
    statement = delete(Receipt).where(
        Receipt.workspace_id == workspace_id,
        tuple_(Receipt.account_id, Receipt.key).in_(select(old.c.account_id, old.c.key)),
    )
    return session.execute(statement, execution_options={"synchronize_session": False}).rowcount  # type: ignore[attr-defined, no-any-return]  # a DELETE has one


def _old(workspace_id: str, moment: datetime) -> Select[str, str]:
    """The installation's own mark what it has done for good, and stay."""
    return select(Receipt.account_id, Receipt.key).where(
        Receipt.workspace_id == workspace_id, Receipt.answered_at < moment, Receipt.account_id != INSTALLATION
    )


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


def of_parts(session: Session, request: RequestKey) -> Sequence[dict[str, Any]]:
    """The answers that were given to parts of that request."""
    statement = select(Receipt.answer).where(
        Receipt.workspace_id == request.workspace_id,
        Receipt.account_id == request.account_id,
        Receipt.key.startswith(request.parts, autoescape=True),
        Receipt.request_hash == request.request_hash,
    )
    return session.scalars(statement).all()
