"""The cells of a decision table in words, for who reads what a rule decided; who writes rules reads FEEL.

Told are comparisons of settings, of other columns and of inputs that have a label, for nothing else is called anything. A
cell that is not told whole stands as its author wrote it.
"""

import re
from collections.abc import Mapping
from typing import Any

from service.web import formats, setting_words
from service.web.fields import Words
from service.web.i18n import gettext, pgettext

Table = Mapping[str, Any]
_PART = re.compile(r"\s*(?P<sign><=|>=|!=|<|>|=)?\s*(?P<rest>[^<>=!,()\[\]{}]+)")
_NOT = re.compile(r"not\((?P<rest>[^()]*)\)")
_TOKEN = re.compile(r'\s*(?:(?P<text>"[^"\\]*")|(?P<number>\d+(?:\.\d+)?)|(?P<name>[^\W\d][\w.]*)|(?P<sign>[*/+-]))\s*')
_SIGNS = {"*": "×", "/": "/", "+": "+", "-": "−"}


def setting(name: str) -> str | None:
    """The key of the setting that a name means: diagrams read settings into `rules`. None: it means none."""
    key = name.removeprefix("rules.")
    return key if key != name and setting_words.name(key) != key else None


def value(given: Any, expression: str) -> Any:
    """What a column that looks at `expression` was given: the choice of a setting by what it says, else as it is."""
    return setting_words.choice(given) if isinstance(given, str) and setting(expression) else given


def cell(feel: str, table: Table, column: Table) -> str | None:
    """A cell of a column in words; None where it says nothing that has a name."""
    denied = _NOT.fullmatch(feel)
    if denied is not None and feel not in column["words"]:
        said = cell(denied["rest"], table, column)
        return said and gettext("not %(value)s", value=said)
    if feel in column["words"]:
        return str(column["words"][feel].text)
    if feel in ("true", "false"):
        return pgettext("answer", "Yes") if feel == "true" else pgettext("answer", "No")
    parts = [_PART.fullmatch(part) for part in feel.split(",")]
    told = [part and _compared(part["sign"], _told(part["rest"], table, column)) for part in parts]
    named = re.search(r"[^\W\d]", feel) is not None
    return formats.listing((it for it in told if it), "or") if named and all(told) else None


def _compared(sign: str | None, told: str | None) -> str | None:
    if told is None or sign is None:
        return told
    return {
        "<": gettext("less than %(value)s", value=told),
        ">": gettext("more than %(value)s", value=told),
        "<=": gettext("at most %(value)s", value=told),
        ">=": gettext("at least %(value)s", value=told),
        "=": told,
        "!=": gettext("not %(value)s", value=told),
    }[sign]


def _told(feel: str, table: Table, column: Table) -> str | None:
    """What the column calls the value; an expression of names, numbers and signs of arithmetic; None where something in it
    has no words."""
    word = column["words"].get(feel.strip())
    if word is not None:
        return str(word.text)
    found, at = [], 0
    while at < len(feel):
        token = _TOKEN.match(feel, at)
        said = token and _token(token, table, column["expression"])
        if token is None or said is None:
            return None
        found.append(said)
        at = token.end()
    return " ".join(found)


def _token(token: re.Match[str], table: Table, expression: str) -> str | None:
    if token["text"]:
        text = token["text"].strip('"')
        said = str(value(text, expression))
        return said if said != text else None
    if token["number"]:
        return formats.number(float(token["number"]) if "." in token["number"] else int(token["number"]))
    if not token["name"]:
        return _SIGNS[token["sign"]]
    label = called(token["name"], table)
    return gettext("“%(answer)s”", answer=label.text) if label is not None else None


def called(name: str, table: Table) -> Words | None:
    """What a name is called: as the setting that it means, as the column that looks at it, or as its input's label."""
    key = setting(name)
    if key is not None:
        return Words(setting_words.name(key))
    columns: dict[str, Words] = {column["expression"]: column["label"] for column in table["inputs"]}
    return columns.get(name) or table["called"].get(name)
