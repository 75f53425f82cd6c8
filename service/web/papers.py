"""What lies before whoever does a task or reads a case, as pages tell it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from service.queries.revealing import Name
from service.web import answers, formats, roles
from service.web.answers import Answer, Table, Teller
from service.web.fields import Sheet, Words
from service.web.i18n import gettext
from service.web.said import words

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """One round of papers, ready to draw.

    A large answer `alone` is `answers[0]`, and its label is the `title`; what several answered is a `table` with their
    names in front. `by` says who wrote it and when. `withheld`: so many answers are there that the reader may not see.
    """

    title: Words
    task: Words
    process: Words
    by: str
    answers: tuple[Answer, ...] = ()
    table: Table | None = None
    withheld: int = 0

    alone: bool = False

    @property
    def erasable(self) -> bool:
        """Whether some of it is kept where it can be erased."""
        rows = () if self.table is None else (cell for row in self.table.rows for cell in row)
        return any(it is not None and it.may_go for it in (*self.answers, *rows))


@dataclass(frozen=True, slots=True)
class Lies:
    """What lies before her: what was said just before, what the form rests on, and the rest."""

    before: tuple[Page, ...]
    grounds: tuple[Page, ...]
    earlier: tuple[Page, ...]
    complete: bool

    @property
    def any(self) -> bool:
        """Whether there is anything."""
        return bool(self.before or self.grounds or self.earlier)


def lies(found: Told | None, workspace: str) -> Lies | None:
    """What the query found about a task, for its page; None where it was not asked."""
    if found is None:
        return None
    told = {name: pages(found[name], found["names"], workspace, named=name == "grounds") for name in PARTS}
    return Lies(**told, complete=found["complete"])


@dataclass(frozen=True, slots=True)
class Written:
    """What has been written in a case: the target's text as it is now, and every paper, the newest first."""

    draft: Page | None
    newest: tuple[Page, ...]
    older: tuple[Page, ...]
    complete: bool


def written(found: Told, workspace: str) -> Written:
    """What the query found in a case, for its page."""
    draft = [] if found["draft"] is None else [found["draft"]]
    every = pages(found["rounds"], found["names"], workspace)
    shown = next(iter(pages(draft, found["names"], workspace, named=True)), None)
    return Written(shown, every[:NEWEST], every[NEWEST:], found["complete"])


NEWEST = 6
"""Papers that a case's page lists at once; the older ones are a fold away."""

PARTS = ("before", "grounds", "earlier")


def pages(
    rounds: Iterable[Told], names: Mapping[str, Name], workspace: str, *, named: bool = False
) -> tuple[Page, ...]:
    """Rounds of papers, ready to draw. `named`: a single answer stands under its own name, not under its task's."""
    return tuple(_page(it, names, workspace, named=named) for it in rounds)


def typed(sheet: Sheet | None, given: Mapping[str, Any], workspace: str) -> list[Answer]:
    """What she typed into a form that can no longer be sent, to be read and copied."""
    return Teller(sheet, {}, lambda key: _document(workspace, key)).told(given)


def _page(it: Told, names: Mapping[str, Name], workspace: str, *, named: bool) -> Page:
    def said(paper: Told) -> list[Answer]:
        form = paper["form"]
        sheet = form and Sheet(form.schema, form.ui, form.schema_file, form.ui_file, form.texts.said, form.texts.source)
        return Teller(sheet, names, lambda key: _document(workspace, key)).told(paper["answers"])

    shown = [paper for paper in it["papers"] if not paper["withheld"]]
    task, process = words(it["title"]), words(it["process"])
    withheld = len(it["papers"]) - len(shown)
    if it["repeated"] and len(it["papers"]) > 1:
        rows = [(_author(paper), *said(paper)) for paper in shown]
        table = answers.across(rows) if rows else None
        return Page(task, task, process, formats.long_date(it["at"]), table=table, withheld=withheld)
    told = tuple(said(shown[0])) if shown else ()
    alone = named and len(told) == 1 and told[0].large
    title = told[0].label if alone else task
    return Page(title, task, process, _by(it["papers"][0]), told, withheld=withheld, alone=alone)


def _author(paper: Told) -> Answer:
    who = paper["organisation"] or paper["who"] or gettext("Somebody")
    return Answer(Words(gettext("From")), Words(who))


def _by(paper: Told) -> str:
    if not paper["at"]:
        return ""  # nobody wrote it
    who = paper["who"] or gettext("Somebody")
    acts = [word for word in (roles.text(paper["role"] or ""), paper["organisation"]) if word]
    return ", ".join([who, *acts, formats.moment(paper["at"])])


def _document(workspace: str, key: str) -> str:
    return url_for("cases.document", workspace=workspace, document_id=key)
