"""The dossier of a case: the button that hands it out."""

from io import BytesIO

from flask import Blueprint, Response, send_file

from service.identity import call, dossiers
from service.web.visits import visitor

blueprint = Blueprint("dossier", __name__)


@blueprint.post("/<workspace>/cases/<case_id>/dossier")
def take(workspace: str, case_id: str) -> Response:
    """The dossier as a file to be kept, in the workspace's language. The journal says who took it."""
    visitor(workspace)
    content = dossiers.of_case(call(), case_id)
    answer = send_file(BytesIO(content), "application/zip", as_attachment=True, download_name=f"{case_id}.zip")
    answer.headers["Cache-Control"] = "no-store"
    return answer
