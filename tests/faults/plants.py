"""Faults that are planted on purpose: a harness that does not see them would see nothing."""

from collections.abc import Callable
from typing import Any

from service.store import journal, receipts


def state_before_journal() -> None:
    """What changed is committed before the journal says so: two transactions where there must be one."""
    _commit_before(journal, "append")


def receipt_afterwards() -> None:
    """The answer for a request key is kept in a transaction of its own, behind the one that did the work."""
    _commit_before(receipts, "keep")


def _commit_before(module: Any, name: str) -> None:
    proper: Callable[..., Any] = getattr(module, name)

    def planted(session: Any, *args: Any, **kwargs: Any) -> Any:
        session.commit()
        return proper(session, *args, **kwargs)

    setattr(module, name, planted)


PLANTS = {plant.__name__: plant for plant in (state_before_journal, receipt_afterwards)}
