"""Faults that are planted on purpose: a harness that does not see them would see nothing."""

from collections.abc import Callable
from typing import Any

from service.store import journal, messages, receipts


def state_before_journal() -> None:
    """What changed is committed before the journal says so: two transactions where there must be one."""
    commit_before(journal, "append")


def receipt_afterwards() -> None:
    """The answer for a request key is kept in a transaction of its own, behind the one that did the work."""
    commit_before(receipts, "keep")


def carried_when_taken() -> None:
    """A message counts as delivered when it is taken to be carried, before it has come to anybody."""
    proper: Callable[..., Any] = messages.take_sent

    def planted(session: Any, *args: Any) -> Any:
        row = proper(session, *args)
        if row is not None:
            row.state = "delivered"
            session.commit()
        return row

    setattr(messages, "take_sent", planted)  # noqa: B010 - as `commit_before` does


def kept_before_it_is_addressed() -> None:
    """A message that has to wait is kept in one transaction, and can be found from the next one on."""
    commit_before(messages, "keep")


def commit_before(module: Any, name: str) -> None:
    """A fault: what was done until then is committed before `name` of that module is called."""
    proper: Callable[..., Any] = getattr(module, name)

    def planted(session: Any, *args: Any, **kwargs: Any) -> Any:
        session.commit()
        return proper(session, *args, **kwargs)

    setattr(module, name, planted)


OF_SERVICES = (state_before_journal, receipt_afterwards)
OF_CARRIERS = (carried_when_taken, kept_before_it_is_addressed)
PLANTS = {plant.__name__: plant for plant in (*OF_SERVICES, *OF_CARRIERS)}
