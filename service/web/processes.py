"""The process owner's pages: what is in force, one process with its versions, and the editor."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.commands import deployments
from service.domain.errors import ApprovalPending, BundleRefused, MandatError, Refused, VersionMovedOn
from service.domain.findings import Finding, errors
from service.identity import call, current_actor, ports
from service.queries import figures, proposals
from service.queries import processes as queries
from service.web import editing, findings
from service.web.fields import Problem
from service.web.i18n import gettext, language, ngettext
from service.web.kinds import events, kinds
from service.web.said import spoken, words
from service.web.visits import visitor

blueprint = Blueprint("processes", __name__)
FOREVER = "private, max-age=31536000, immutable"


@blueprint.get("/<workspace>/processes")
def listed(workspace: str) -> str:
    """Every process of the workspace. Where titles are the same, the key tells which is which."""
    actor = visitor(workspace)
    found = queries.listed(actor, language())
    titles = Counter(it["title"].text for it in found)
    return render_template(
        "processes/list.html",
        workspace=workspace,
        processes=spoken(found),
        alike=[it["key"] for it in found if titles[it["title"].text] > 1],
        waiting=spoken(proposals.waiting(actor, language())),
        withdrawn="withdrawn" in request.args,
    )


@blueprint.get("/<workspace>/processes/<key>")
def process(workspace: str, key: str) -> str:
    """One process: the version in force, or the one that `?version=` names."""
    actor = visitor(workspace)
    number, proposed = request.args.get("version", type=int), "proposal" in request.args
    found = queries.process(actor, key, language(), number, proposed=proposed)
    return render_template(
        "processes/one.html",
        workspace=workspace,
        process=spoken(found),
        kinds=kinds(),
        events=events(),
        may_edit=actor.owns_processes,
        may_measure=figures.may_see(actor),
        deployed="deployed" in request.args,
    )


@blueprint.post("/<workspace>/processes/<key>/approve")
def approve(workspace: str, key: str) -> ResponseReturnValue:
    """Put into force, as a second person, the version that waits."""
    visitor(workspace)
    deployments.approve(call(), request.form.get("proposal", ""))
    return redirect(url_for("processes.process", workspace=workspace, key=key, deployed=1), 303)


@blueprint.post("/<workspace>/processes/<key>/withdraw")
def withdraw(workspace: str, key: str) -> ResponseReturnValue:  # noqa: ARG001 - part of the address
    """Take the version that waits back."""
    visitor(workspace)
    deployments.withdraw(call(), request.form.get("proposal", ""))
    return redirect(url_for("processes.listed", workspace=workspace, withdrawn=1), 303)


@blueprint.get("/<workspace>/bundles/<digest>/<name>")
def file(workspace: str, digest: str, name: str) -> Response:
    """A file as it was deployed: its address names its content, so that a browser may keep it."""
    content = queries.file(visitor(workspace), digest, name)
    kind = "application/xml" if name.endswith((".bpmn", ".dmn")) else "application/octet-stream"
    return Response(content, content_type=kind, headers={"Cache-Control": FOREVER})


@blueprint.get("/<workspace>/processes/<key>/edit")
def edit(workspace: str, key: str) -> str:
    """The editor, on the version in force."""
    found = queries.to_edit(visitor(workspace), key, language(), request.args.get("file"))
    return _editor(workspace, key, found)


@blueprint.post("/<workspace>/processes/<key>/check")
def check(workspace: str, key: str) -> dict[str, Any]:
    """What is wrong with a drawing, without keeping it: the findings, the list of them as the page shows it, and what stands
    in the way of putting it into force."""
    draft = queries.draft(visitor(workspace), key, request.form.get("file", ""), request.form.get("xml", ""))
    shown = render_template("processes/problems.html", findings=findings.told(draft.findings, draft.names))
    summary = render_template("processes/summary.html", problems=_faults(draft.findings, request.form.get("note", "")))
    return {"findings": [asdict(finding) for finding in draft.findings], "html": shown, "summary": summary.strip()}


@blueprint.post("/<workspace>/processes/<key>/edit")
def deploy(workspace: str, key: str) -> ResponseReturnValue:
    """Put a drawing into force. What stands in the way comes back on the drawing, which is as she left it."""
    actor = visitor(workspace)
    sent = {name: request.form.get(name, "") for name in ("file", "xml", "base", "note")}
    draft = queries.draft(actor, key, sent["file"], sent["xml"])
    found: Sequence[Finding] = draft.findings
    problems, status = _faults(found, sent["note"]), 422
    if not problems:
        try:
            done = deployments.deploy(call(), draft.bundle, sent["note"].strip(), replaces=sent["base"] or None)
            page = url_for("processes.process", workspace=workspace, key=key)
            return redirect(f"{page}?proposal=1" if done["approval"] else f"{page}?deployed=1", 303)
        except (Refused, VersionMovedOn, ApprovalPending) as refused:
            found = refused.findings if isinstance(refused, BundleRefused) else found
            problems, status = _refusal(refused), refused.status
    kept = queries.to_edit(actor, key, language(), sent["file"]) | sent | {"findings": found, "names": draft.names}
    return _editor(workspace, key, kept, problems), status


def _faults(found: Sequence[Finding], note: str) -> list[Problem]:
    problems = []
    if wrong := len(errors(found)):
        sentence = ngettext("%(num)s fault stops the deployment.", "%(num)s faults stop the deployment.", wrong)
        problems.append(Problem(sentence, "problems"))
    if not note.strip():
        problems.append(Problem(gettext("Say what you changed, and why."), "note"))
    return problems


def _refusal(refused: MandatError) -> list[Problem]:
    if isinstance(refused, VersionMovedOn):
        return [Problem(editing.overtaken(refused), None)]
    if isinstance(refused, ApprovalPending):
        return [Problem(editing.waits(refused), None)]
    if isinstance(refused, BundleRefused):
        return _faults(refused.findings, "-")
    return [Problem(str(refused), None)]


def _editor(workspace: str, key: str, found: dict[str, Any], problems: Sequence[Problem] = ()) -> str:
    """The editor's page: `found` is what `to_edit` gives, with what was sent over it where something was."""
    return render_template(
        "processes/edit.html",
        workspace=workspace,
        key=key,
        title=words(found["title"]),
        edited=found,
        findings=findings.told(found["findings"], found["names"]),
        faults=len(errors(found["findings"])),
        problems=list(problems),
        alone=current_actor().deploys_alone(demo=ports().demo),
        demo=ports().demo,
        props={
            "check": url_for(".check", workspace=workspace, key=key),
            "findings": [asdict(finding) for finding in found["findings"]],
            "changed": bool(problems),
            "words": editing.words(),
            **found["offers"],
        },
    )
