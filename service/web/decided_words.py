"""Decisions in words: what was decided, what came out, by whom, and which version of a rule it was."""

from collections.abc import Mapping
from typing import Any

from service.queries.decided.tables import Version
from service.web import formats, roles, rule_values, setting_words, values, words
from service.web.i18n import gettext, ngettext, pgettext

Told = Mapping[str, Any]


def kinds() -> dict[str, str]:
    """What the kinds of decisions are called."""
    return {
        "ballot": pgettext("decision", "Vote"),
        "rule": pgettext("decision", "Rule"),
        "person": pgettext("decision", "A person's decision"),
        "publication": pgettext("decision", "Publication"),
    }


def what(it: Told) -> str:
    """What was decided."""
    if it["kind"] == "ballot":
        return gettext("Vote on %(question)s", question=words.question(it["question"] or ""))
    if it["kind"] == "publication":
        return gettext("Version %(number)s of target %(target)s", number=it["number"], target=it["target"])
    return str(it["name"])


def came(it: Told) -> values.Written:
    """What came out of it."""
    if it["withheld"]:
        return values.Written(gettext("Not shown"))
    if it["kind"] == "ballot":
        outcome = words.outcome(it["outcome"])
        return values.Written(f"{outcome}, {words.votes(*it['tally'])}" if any(it["tally"]) else outcome)
    if it["kind"] == "rule":
        return rule_values.outcome(it["columns"], it["outputs"])
    if it["kind"] == "person":
        return values.Written(formats.listing(str(way) for way in it["ways"]))
    return values.Written(gettext("Published"))


def by(it: Told) -> str:
    """Who decided: the body, the person in her role, or the rule itself."""
    if it["kind"] == "ballot":
        return str(it["body"] or "")
    if it["kind"] == "rule":
        rows = it.get("fired") or []
        return (
            ngettext("Row %(numbers)s", "Rows %(numbers)s", len(rows), numbers=formats.listing(map(str, rows)))
            if rows
            else gettext("No row")
        )
    who, role = it["who"] or gettext("The service"), it["role"]
    return f"{who}, {roles.text(role)}" if role else str(who)


def version(it: Version) -> str:
    """A version of a rule: its number, since when, and whether it answers now."""
    since = formats.long_date(it.deployed_at)
    if it.answers:
        return gettext("Version %(number)s of %(date)s, in force", number=it.number, date=since)
    return gettext("Version %(number)s of %(date)s", number=it.number, date=since)


def rules(ballot: Told) -> list[tuple[str, str]]:
    """The rules that a ballot was counted by, as they were when it was opened."""
    return [
        (setting_words.name(key), setting_words.choice(str(setting["value"])))
        for key, setting in sorted(ballot["rules"].items())
    ]
