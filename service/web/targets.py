"""The public register of targets: nobody has to sign in, and an address never changes."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from service.domain.actors import Actor
from service.domain.cases import readable
from service.domain.targets import UNDER_WAY
from service.queries import targets as queries
from service.web import formats, words
from service.web.guests import guest
from service.web.i18n import gettext

blueprint = Blueprint("targets", __name__)
COLUMNS = ("key", "title", "category", "cpv", "status", "version", "published_at", "valid_from", "review_on", "address")


@blueprint.get("/<workspace>/maal")
def listed(workspace: str) -> str:
    """Every published target, for anybody; those in the making too, for who is at work on them."""
    actor = guest(workspace)
    found = [_row(it) for it in queries.register(workspace)]
    q, status = request.args.get("q", "").strip()[:100], request.args.get("status", "")[:40]
    shown = [it for it in found if _matches(it, q) and (not status or it["status"] == status)]
    statuses = sorted({it["status"]: it["status_said"] for it in found}.items(), key=lambda it: it[1])
    return render_template(
        "targets/list.html",
        workspace=workspace,
        targets=shown,
        making=_making(workspace, actor),
        total=len(found),
        q=q,
        selects=[
            {
                "name": "status",
                "label": gettext("Status"),
                "options": [("", gettext("All statuses")), *statuses],
                "value": status,
            }
        ],
        narrowed=[
            *([gettext("“%(answer)s”", answer=q)] if q else []),
            *([words.status(status)] if status else []),
        ],
        sample=bool(found) and all(it["sample"] for it in found),
    )


@blueprint.get("/<workspace>/maal.csv")
def table(workspace: str) -> Response:
    """The whole register as a table of data."""
    guest(workspace)
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _plain(it[name]) for name in COLUMNS} for it in queries.register(workspace))
    answer = Response(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{workspace}-maal.csv")
    return answer


@blueprint.get("/<workspace>/maal/<key>")
def one(workspace: str, key: str) -> str:
    """One target: what counts now, its versions, and the notices on it."""
    actor = guest(workspace)
    target = queries.target(workspace, key)
    return _page(workspace, actor, target, queries.version(workspace, key, target["versions"][-1]["version"]))


@blueprint.get("/<workspace>/maal/<key>/v<int(max=10000):number>")
def version(workspace: str, key: str, number: int) -> str:
    """One version as it was published, for ever under this address."""
    actor = guest(workspace)
    return _page(workspace, actor, queries.target(workspace, key), queries.version(workspace, key, number), number)


def _page(
    workspace: str, actor: Actor | None, target: Mapping[str, Any], shown: Mapping[str, Any], number: int | None = None
) -> str:
    return render_template(
        "targets/one.html",
        workspace=workspace,
        target={**target, "status_said": words.known_status(target["status"]), "tone": words.tone(target["status"])},
        version={
            **shown,
            "status_said": words.status(shown["version_status"]),
            "kind_said": words.version_kind(shown["kind"]) if shown["kind"] else "",
        },
        versions=[it | {"status_said": words.status(it["version_status"])} for it in reversed(target["versions"])],
        notices=[it | {"said": words.notice(it["kind"])} for it in target["notices"]],
        changes=[row for it in shown["changes"] or () for row in _changed(it)],
        requirement=words.requirement,
        placement=words.placement,
        pinned=number is not None,
        case_id=None if actor is None else queries.made_in(actor, target["key"], shown["version"]),
    )


def _changed(it: Mapping[str, Any]) -> list[dict[str, str]]:
    """What became of one requirement, in rows: which of its parts, what stood there before, and what stands now."""
    letter, before, after = it["letter"], it["before"], it["after"]
    if before is None:
        return [{"what": gettext("%(letter)s) is new", letter=letter), "before": "", "now": after["text"]}]
    if after is None:
        return [{"what": gettext("%(letter)s) is gone", letter=letter), "before": before["text"], "now": ""}]
    parts = requirement_parts()
    return [
        {
            "what": gettext("%(letter)s) %(part)s", letter=letter, part=parts[part]),
            "before": _part(part, before.get(part)),
            "now": _part(part, after.get(part)),
        }
        for part in it["parts"]
    ]


def requirement_parts() -> dict[str, str]:
    """What the parts of a requirement are called (domain.targets.PARTS)."""
    return {
        "kind": gettext("Kind"),
        "text": gettext("Text for the tender"),
        "placement": gettext("Place in the tender"),
        "evidence": gettext("Evidence"),
        "exceptions": gettext("Exceptions"),
        "transition_until": gettext("Transition until"),
    }


def _part(part: str, value: str | None) -> str:
    if not value:
        return gettext("nothing")
    said = {"kind": words.requirement, "placement": words.placement, "transition_until": formats.long_date}.get(part)
    return said(value) if said else value


def _row(it: Mapping[str, Any]) -> dict[str, Any]:
    return {**it, "status_said": words.known_status(it["status"]), "tone": words.tone(it["status"])}


def _making(workspace: str, actor: Actor | None) -> list[dict[str, Any]]:
    """The targets that are being made, each with its case, for who may read every case."""
    if actor is None or readable(actor).among is not None:
        return []
    found = []
    for it in queries.at_work(actor):
        making = [version for version in it["versions"] if version["version_status"] in UNDER_WAY]
        for version in making[-1:]:
            case = version["case_id"]
            href = url_for("cases.one", workspace=workspace, case_id=case) if case else None
            found.append(_row(it) | {"href": href, "status_said": words.status(version["version_status"])})
    return found


def _matches(it: Mapping[str, Any], q: str) -> bool:
    return not q or any(q.casefold() in str(it[name] or "").casefold() for name in ("key", "title", "category", "cpv"))


def _plain(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" else value
