"""The lists of the workspace that a form offers, as they are now."""

from datetime import datetime
from typing import TYPE_CHECKING

from service.forms import choices
from service.operations.choices import offered
from service.queries.bundled import FormFiles

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def of(
    session: "Session", workspace_id: str, form: FormFiles | None, now: datetime, target: str | None = None
) -> dict[str, list[tuple[str, str]]]:
    """What each list holds that a form asks for (`x-choices`): the answers, and what they are called.

    `target` is the key of the target that the case is about: it is not offered to be put beside itself.
    """
    names = choices.named(form.schema) if form else frozenset()
    return {
        name: [(it.value, it.label) for it in offered(session, workspace_id, name, now) if it.value != target]
        for name in sorted(names)
    }
