"""Moving running cases to another version of their process: what it would mean for each, and doing it."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.domain.errors import DefinitionNotFound
from service.identity import ports
from service.identity.moving import move_many
from service.queries import versions
from service.queries.versions import Over
from service.web import findings, roles
from service.web.fields import Problem
from service.web.i18n import gettext, language, ngettext
from service.web.said import spoken
from service.web.visits import visitor

blueprint = Blueprint("moving", __name__)
MOST_WORDS = 2_000
CALLED = "called-"
"""What a parameter begins with that says what an element is called in the other version."""


@blueprint.get("/<workspace>/processes/<key>/move")
def page(workspace: str, key: str) -> str:
    """What it would mean to move the cases that run by version `?since=` to version `?to=`; `?case=` looks at one alone,
    `?called-<id>=` says what an element is called there, `?moved=` and `?stay=` count what was done."""
    return _page(workspace, key, request.args)


@blueprint.post("/<workspace>/processes/<key>/move")
def move(workspace: str, key: str) -> ResponseReturnValue:
    """Move those that were chosen. What is missing comes back with the page."""
    actor, given, chosen = visitor(workspace), request.form, request.form.getlist("run")
    if not actor.takes_part:
        raise DefinitionNotFound(key=key)
    actor.must_own_processes()
    wrong = {} if chosen else {"run": gettext("Choose at least one case.")}
    if not 1 <= len(given.get("reason", "").strip()) <= MOST_WORDS:
        wrong["reason"] = gettext("Say why, in at most 2,000 characters.")
    if wrong:
        return _page(workspace, key, given, wrong), 422
    found = versions.plan(actor, key, _over(given), language(), ports().now(), _since(given), _case(given))
    runs = [(it["id"], it["renamed"]) for it in found["runs"] if it["id"] in chosen]
    done = move_many(runs, found["to"], given["reason"])
    counts: dict[str, Any] = {"moved": len(done["moved"]), "stay": len(chosen) - len(done["moved"])}
    return redirect(url_for(".page", workspace=workspace, key=key, **_kept(given), **counts), 303)


def _page(workspace: str, key: str, given: Mapping[str, str], wrong: Mapping[str, str] | None = None) -> str:
    actor, wrong = visitor(workspace), wrong or {}
    found = versions.plan(actor, key, _over(given), language(), ports().now(), _since(given), _case(given))
    told = spoken(found)
    for it in told["runs"]:
        it["means"] = _means(it)
        it["hinders"] = [_hinders(fit) for fit in it["misfits"]]
    labels = {"reason": gettext("Reason"), "run": gettext("Cases")}
    chosen = request.form.getlist("run") if request.method == "POST" else [it["id"] for it in found["runs"]]
    return render_template(
        "processes/move.html",
        workspace=workspace,
        found=told,
        fit=sum(it["fits"] for it in found["runs"]),
        selects=_selects(found),
        keep={name: value for name, value in _kept(given).items() if name == "case"},
        every={**_kept(given), "since": found["since"], "to": found["to"]},
        called=CALLED,
        chosen=chosen,
        reason_given=given.get("reason", ""),
        wrong=wrong,
        problems=[Problem(f"{labels[name]}: {said}", f"move-{name}") for name, said in wrong.items()],
        problems_title=gettext("No case was moved"),
        receipt=_receipt(given.get("moved", ""), given.get("stay", "")),
    )


def _hinders(misfit: Mapping[str, Any]) -> str:
    return gettext("“%(name)s”: %(why)s", name=misfit["name"].text, why=findings.message(misfit["reason"]).text)


def _means(run: Mapping[str, Any]) -> list[str]:
    """What would be otherwise for a case that fits, in sentences."""
    said = []
    for it in run["changes"]:
        name = it["name"] or it["was"]
        if it["name"] is not None:
            said.append(gettext("“%(was)s” is called “%(name)s”.", was=it["was"].text, name=it["name"].text))
        if it["role"] is not None:
            said.append(
                gettext(
                    "“%(name)s” is for %(role)s, unless somebody has taken it.",
                    name=name.text,
                    role=roles.text(it["role"]),
                )
            )
        if it["form"]:
            said.append(gettext("“%(name)s” is asked by another form.", name=name.text))
    for event in run["idle"]:
        said.append(gettext("“%(name)s” counts from the next time on.", name=event.text))
    return list(dict.fromkeys(said))


def _selects(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    options = [(str(it["number"]), gettext("Version %(number)s", number=it["number"])) for it in found["versions"]]
    return [
        {"name": "since", "label": gettext("From version"), "value": str(found["since"]),
         "options": [(value, gettext("From %(version)s", version=said)) for value, said in options]},
        {"name": "to", "label": gettext("To version"), "value": str(found["to"]),
         "options": [(value, gettext("To %(version)s", version=said)) for value, said in options]},
    ]  # fmt: skip


def _receipt(moved: str, stay: str) -> str:
    if not moved.isdecimal() or not stay.isdecimal():
        return ""
    said = [
        ngettext("%(num)s case was moved.", "%(num)s cases were moved.", int(moved)) if int(moved) else "",
        ngettext("%(num)s stays where it is.", "%(num)s stay where they are.", int(stay)) if int(stay) else "",
    ]
    return " ".join(filter(None, said))


def _over(given: Mapping[str, str]) -> Over:
    """The way over: to the newest version where none is named."""
    to = given.get("to", "")
    renamed = {name.removeprefix(CALLED): value for name, value in given.items() if name.startswith(CALLED) and value}
    return Over(int(to[:9]) if to.isdecimal() else None, renamed)


def _since(given: Mapping[str, str]) -> int | None:
    since = given.get("since", "")
    return int(since[:9]) if since.isdecimal() else None


def _case(given: Mapping[str, str]) -> str | None:
    return given.get("case") or None


def _kept(given: Mapping[str, str]) -> dict[str, Any]:
    """The parameters that say what is looked at."""
    return {
        name: value
        for name, value in given.items()
        if value and (name in ("since", "to", "case") or name.startswith(CALLED))
    }
