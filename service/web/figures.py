"""How a process has gone: figures on its drawing and as a table, the ways that were taken, deadlines that were missed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request, url_for

from service.identity import ports
from service.queries import figures as queries
from service.queries import workspaces
from service.queries.figures import MOST, Asked
from service.queries.history import Selection
from service.web import formats
from service.web.i18n import gettext, language
from service.web.kinds import kinds
from service.web.said import spoken
from service.web.visits import visitor

blueprint = Blueprint("figures", __name__)

LEVELS = 5
SHOWN = 20
"""Ways that are listed; of rarer ones it says how many there are."""


@blueprint.get("/<workspace>/processes/<key>/figures")
def page(workspace: str, key: str) -> str:
    """The figures of version `?version=` and process `?process=` of a bundle, for what began from `?since=` to `?until=`;
    `?by=` says what is drawn (times, done, taken, late), `?way=` draws one of the ways instead."""
    actor, given = visitor(workspace), request.args
    zone = workspaces.home(actor).zone
    period = Selection.of_days(None, _day(given.get("since", "")), _day(given.get("until", "")), zone)
    number = given.get("version", type=int)
    asked = Asked(number, given.get("process") or None, period.since, period.until)
    found = spoken(queries.figures(actor, key, language(), ports().now(), asked))
    by = given.get("by", "times") if given.get("by") in _measures() else "times"
    rows = _rows(found["rows"], by)
    way = next((it for it in found["variants"] if it["key"] == given.get("way")), None)
    asks = {name: given[name] for name in ("version", "process", "since", "until") if given.get(name)}
    return render_template(
        "processes/figures.html",
        workspace=workspace,
        found=found,
        rows=[row for row in rows if row["passed"] or row["waiting"]],
        idle=[row["label"] for row in rows if not row["passed"] and not row["waiting"]],
        missed=[row for row in rows if row["late"] or row["overdue"]],
        ways=[_way(it, found) for it in found["variants"][:SHOWN]],
        rarer=len(found["variants"]) - SHOWN,
        way=way and _way(way, found),
        by=by,
        measures=_measures(),
        legend=_legend(rows, by),
        props=_props(workspace, found, rows, way),
        asks=asks,
        form={name: given.get(name, "") for name in ("since", "until")},
        selects=_selects(found),
        span=formats.span,
        most=MOST,
    )


# --- parts -----------------------------------------------------------------------------------------------------------


def _day(text: str) -> date | None:
    """A day of the address; what is none says nothing."""
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return None if day == date.max else day


def _measures() -> dict[str, str]:
    """What can be drawn, with its name."""
    return {
        "times": gettext("How often"),
        "done": gettext("Time until done"),
        "taken": gettext("Time until taken"),
        "late": gettext("Missed deadlines"),
    }


def _value(row: Mapping[str, Any], by: str) -> float:
    """What a row has of a measure, as a number that can be compared."""
    if by in ("done", "taken"):
        return row[by].half if row[by] else 0.0
    return float(row["passed"] if by == "times" else row["late"] + row["overdue"])


def _said(value: float, by: str) -> str:
    """A number of a measure, in words short enough for a drawing."""
    if by in ("done", "taken"):
        return formats.span(value)
    return formats.number(int(value)) + ("×" if by == "times" else "")


def _rows(rows: list[dict[str, Any]], by: str) -> list[dict[str, Any]]:
    """The rows with what is drawn of each: its share of the greatest, its level, and the figure in words."""
    most, words = max((_value(row, by) for row in rows), default=0.0), kinds()
    told = []
    for row in rows:
        value = _value(row, by)
        share = value / most if most else 0.0
        level = min(LEVELS, int(share * LEVELS) + 1) if value else 0
        kind = words.get(row["kind"], row["kind"])
        figure = _said(value, by) if value else ""
        told.append(
            row | {"share": share, "level": level, "figure": figure, "label": row["name"] or kind, "what": kind}
        )
    return told


def _legend(rows: list[dict[str, Any]], by: str) -> list[dict[str, Any]]:
    """What each level that is drawn stands for, from the least to the most."""
    levels: dict[int, list[float]] = {}
    for row in rows:
        if row["level"]:
            levels.setdefault(row["level"], []).append(_value(row, by))
    return [
        {"level": level, "low": _said(min(values), by), "high": _said(max(values), by)}
        for level, values in sorted(levels.items())
    ]


def _props(
    workspace: str, found: Mapping[str, Any], rows: list[dict[str, Any]], way: Mapping[str, Any] | None
) -> dict[str, Any]:
    """What the viewer draws: the heat of each element with its figure, or one way with how often it passed each."""
    if found["file"] is None:
        return {}
    drawn = {
        "diagram": url_for("processes.file", workspace=workspace, digest=found["digest"], name=found["file"]),
        "labels": found["labels"],
        "failed": gettext("The diagram cannot be drawn. It stands below as text."),
    }
    if way is not None:
        return drawn | {"done": way["done"], "notes": {key: f"{times}×" for key, times in way["times"].items()}}
    hot = [row for row in rows if row["level"]]
    return drawn | {
        "heat": {row["id"]: row["level"] for row in hot},
        "notes": {row["id"]: row["figure"] for row in hot},
    }


def _way(way: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    words = kinds()
    path = [
        {"name": it["name"] or words.get(it["kind"], it["kind"]), "times": it["times"]}
        for it in way["path"]
        if it["name"] or it["kind"] != "endEvent"
    ]
    return {**way, "path": path, "share": way["count"] / max(found["cases"]["ended"], 1)}


def _selects(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    versions = [(str(it), gettext("Version %(number)s", number=it)) for it in found["versions"]]
    selects = [
        {"name": "version", "label": gettext("Version"), "value": str(found["number"]), "options": versions},
    ]
    if len(found["processes"]) > 1:
        names = [(it["key"], it["name"]) for it in found["processes"]]
        selects.append(
            {"name": "process", "label": gettext("Process"), "value": found["process_key"], "options": names}
        )
    return selects
