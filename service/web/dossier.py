"""The dossier of a case: the button that hands it out, and the field for a checkpoint that its reader kept."""

from io import BytesIO

from flask import Blueprint, request, send_file
from flask.typing import ResponseReturnValue

from service.domain.dossiers import CheckpointAbsent, CheckpointsOfOthers
from service.domain.notes import Note, kept_in
from service.identity import call, dossiers, ports
from service.queries import matters
from service.web import cases, formats
from service.web.i18n import gettext, language
from service.web.uploads import content
from service.web.visits import visitor

blueprint = Blueprint("dossier", __name__)

LONGEST = 20_000
"""Characters that are taken of what was pasted; a checkpoint has three hundred."""


@blueprint.post("/<workspace>/cases/<case_id>/dossier")
def take(workspace: str, case_id: str) -> ResponseReturnValue:
    """The dossier as a file to be kept, in the workspace's language. The journal says who took it. It shows that the log leads
    through the checkpoints that she brought, pasted or in a file; what is wrong with them comes back with the page."""
    actor, typed = visitor(workspace), request.form.get("checkpoint", "")[:LONGEST].strip()
    try:
        made = dossiers.of_case(call(), case_id, kept=_brought(typed))
    except (CheckpointAbsent, CheckpointsOfOthers) as error:
        return cases.shown(workspace, actor, case_id, kept_wrong=_wrong(error), typed=typed), error.status
    name = formats.file_name(matters.called(actor, case_id, language()).text, ports().now())
    answer = send_file(BytesIO(made), "application/zip", as_attachment=True, download_name=f"{name}.zip")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _brought(typed: str) -> list[Note]:
    """The checkpoints that she brought. Raises `CheckpointAbsent` where she brought something else."""
    file = request.files.get("kept")
    parts = [f"{typed}\n".encode()] * bool(typed) + ([content(file)] if file is not None and file.filename else [])
    found = [kept_in(part) for part in parts]
    if not all(found):
        raise CheckpointAbsent
    return [note for notes in found for note in notes]


def _wrong(error: CheckpointAbsent | CheckpointsOfOthers) -> str:
    if isinstance(error, CheckpointAbsent):
        return gettext(
            "there is none in what you brought. Bring all its lines, from the name of the log to the signature."
        )
    return gettext(
        "what you brought is of %(others)s, and this log is %(origin)s. Bring one of this log.",
        others=error.facts["others"],
        origin=error.facts["origin"],
    )
