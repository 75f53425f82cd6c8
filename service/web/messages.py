"""Messages from outside that no event has taken: for who administers the workspace or owns its processes."""

from flask import Blueprint, render_template

from service.queries import messages as queries
from service.web.visits import visitor

blueprint = Blueprint("messages", __name__)


@blueprint.get("/<workspace>/messages")
def page(workspace: str) -> str:
    """Those that wait, those whose time was over, and those that an event could not take."""
    actor = visitor(workspace)
    waiting = queries.listed(actor, "waiting")
    over = [it for state in ("expired", "refused") for it in queries.listed(actor, state)["messages"]]
    return render_template(
        "people/messages.html",
        workspace=workspace,
        waiting=waiting["messages"],
        more=waiting["next"] is not None,
        over=sorted(over, key=lambda it: str(it["over_at"]), reverse=True),
    )
