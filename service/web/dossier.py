"""The dossier of a case: the button that hands it out."""

from io import BytesIO

from flask import Blueprint, Response, send_file

from service.identity import call, dossiers, ports
from service.queries import matters
from service.web import formats
from service.web.i18n import language
from service.web.visits import visitor

blueprint = Blueprint("dossier", __name__)


@blueprint.post("/<workspace>/cases/<case_id>/dossier")
def take(workspace: str, case_id: str) -> Response:
    """The dossier as a file to be kept, in the workspace's language. The journal says who took it."""
    actor = visitor(workspace)
    content = dossiers.of_case(call(), case_id)
    name = formats.file_name(matters.called(actor, case_id, language()).text, ports().now())
    answer = send_file(BytesIO(content), "application/zip", as_attachment=True, download_name=f"{name}.zip")
    answer.headers["Cache-Control"] = "no-store"
    return answer
