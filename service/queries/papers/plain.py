"""Papers as programs get them: JSON values, texts in the language of their bundle."""

from collections.abc import Iterable, Mapping
from typing import Any

from service.domain.disclosures import spelled

LANGUAGE = ""
"""No reader's: texts stay as their bundle has them."""


def plain(told: Mapping[str, Any]) -> dict[str, Any]:
    """What lies before a task: the papers `before` it, those that its form shows (`grounds`), and the `earlier` ones, the
    newest first; and the values with which its form begins (`begun`)."""
    return {name: list(_papers(told[name])) for name in ("before", "grounds", "earlier")} | {"begun": told["begun"]}


def _papers(rounds: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    for it in rounds:
        for paper in it["papers"]:
            said = {name: paper[name] for name in ("task", "activity", "who", "role", "organisation", "at", "withheld")}
            texts = {"title": it["title"].text, "process": it["process"].text}
            yield said | texts | {"answers": spelled(paper["answers"]), "since": spelled(it["since"])}
