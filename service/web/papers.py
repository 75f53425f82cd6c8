"""What lies before whoever does a task or reads a case, as pages tell it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from service.domain.disclosures import bare
from service.forms import lettering, resting
from service.queries.revealing import Name
from service.web import answers, fields, formats, roles
from service.web.answers import Answer, Table, Teller
from service.web.comparing import Difference, differences
from service.web.fields import Sheet, Words
from service.web.i18n import gettext
from service.web.said import words

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """One round of papers, ready to draw.

    A large answer `alone` is `answers[0]`, and its label is the `title`; what several answered is a `table` with their
    names in front. `by` says who wrote it and when. `withheld`: so many answers are there that the reader may not see.
    `compared`: what differs from what stood there before, where the form asks for it; `against`: what it calls that.
    """

    title: Words
    task: Words
    process: Words
    by: str
    answers: tuple[Answer, ...] = ()
    table: Table | None = None
    withheld: int = 0

    alone: bool = False
    compared: tuple[Difference, ...] | None = None
    against: Words | None = None

    @property
    def erasable(self) -> bool:
        """Whether some of it is kept where it can be erased."""
        rows = () if self.table is None else (cell for row in self.table.rows for cell in row)
        return any(it is not None and it.may_go for it in (*self.answers, *rows))


@dataclass(frozen=True, slots=True)
class Lies:
    """What lies before her: what was said just before, what the form rests on, and the rest; and `own`, what the task was
    answered, once it is."""

    before: tuple[Page, ...]
    grounds: tuple[Page, ...]
    earlier: tuple[Page, ...]
    own: tuple[Page, ...]
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

FILE = "data-url"
"""The format of a field that takes a file."""

PARTS = ("before", "grounds", "earlier", "own")


def pages(
    rounds: Iterable[Told], names: Mapping[str, Name], workspace: str, *, named: bool = False
) -> tuple[Page, ...]:
    """Rounds of papers, ready to draw. `named`: a single answer stands under its own name, not under its task's."""
    return tuple(_page(it, names, workspace, named=named) for it in rounds)


def said(found: Told, name: str, workspace: str, since: int, until: int) -> Answer | None:
    """What was answered last under a name in some part of a case, as its form calls it; None: nothing was.

    `found` is what the query found in the case; the part begins after the step `since` and ends with the step `until`.
    """
    answered = _answered(found, name, since, until)
    if not answered:
        return None
    newest = answered[-1]
    told = _teller(newest, found["names"], workspace).told({name: newest["answers"][name]})
    return next(iter(told), None)


def each(found: Told, name: str, workspace: str, since: int, until: int) -> list[Answer]:
    """What everybody answered under a name in some part of a case, in the order in which it was given, each with who
    said it for a label. `found`, `since` and `until` as for `said`."""
    told = []
    for paper in _answered(found, name, since, until):
        (answer,) = _teller(paper, found["names"], workspace).told({name: paper["answers"][name]})
        told.append(replace(answer, label=Words(paper["organisation"] or paper["who"] or gettext("Somebody"))))
    return told


def _answered(found: Told, name: str, since: int, until: int) -> list[Told]:
    """The papers of a part of a case in which something was answered under a name, the oldest first."""
    every = (paper for it in found["rounds"] for paper in it["papers"] if since < paper["step"] <= until)
    return sorted((it for it in every if it["answers"].get(name)), key=lambda it: int(it["step"]))


def enclosed(rounds: Iterable[Told]) -> dict[str, str]:
    """Files that came with answers, by their ids: as what they were asked for, and from whom."""
    found = {}
    for paper in (paper for it in rounds for paper in it["papers"]):
        sheet = _sheet(paper)
        for name, value in paper["answers"].items() if sheet else ():
            field = next((it for key, it in resting.fields(sheet.schema) if key == name), {}) if sheet else {}
            if sheet and field.get("format") == FILE and isinstance(value, str):
                who = paper["organisation"] or paper["who"] or _nobody(paper)
                found[value] = f"{answers.called(sheet, f'/{name}').text}, {who}"
    return found


def typed(sheet: Sheet | None, given: Mapping[str, Any], workspace: str) -> list[Answer]:
    """What she typed into a form that can no longer be sent, to be read and copied."""
    return Teller(sheet, {}, lambda key: _document(workspace, key)).told(given)


def _page(it: Told, names: Mapping[str, Name], workspace: str, *, named: bool) -> Page:
    def answered(paper: Told) -> list[Answer]:
        return _teller(paper, names, workspace).told(paper["answers"])

    shown = [paper for paper in it["papers"] if not paper["withheld"]]
    task, process = words(it["title"]), words(it["process"])
    withheld = len(it["papers"]) - len(shown)
    if it["repeated"] and len(it["papers"]) > 1:
        rows = [(_author(paper), *answered(paper)) for paper in shown]
        table = answers.across(rows) if rows else None
        return Page(task, task, process, formats.long_date(it["at"]), table=table, withheld=withheld)
    told = tuple(answered(shown[0])) if shown else ()
    alone = named and len(told) == 1 and told[0].large
    title = told[0].label if alone else task
    if alone and not it["at"]:
        task = title  # nobody wrote it on that form, which only knows what such a value is called
    compared = _compared(shown[0], it["since"], names, workspace) if shown and it["since"] else None
    by = _by(it["papers"][0])
    against = words(it["against"]) if it["against"] else None
    return Page(title, task, process, by, told, withheld=withheld, alone=alone, compared=compared, against=against)


def _compared(
    paper: Told, since: Mapping[str, Any], names: Mapping[str, Name], workspace: str
) -> tuple[Difference, ...]:
    """What differs between answers and what stood there before."""
    teller, schema = _teller(paper, names, workspace), paper["form"].schema if paper["form"] else {}
    found = ((name, value, paper["answers"][name], lettering.column(schema, name)) for name, value in since.items())
    return tuple(it for name, value, now, column in found for it in _between(teller, name, value, now, column))


def differing(lies: Told, sheet: Sheet) -> dict[str, fields.Changes]:
    """What a list of a form was and is as it is written, by the field that names the rows that differ."""
    found = {}
    for field, it in lies["differs"].items():
        of = it["of"]
        told = tuple(_between(Teller(sheet, {}), of.rows, it["before"], it["now"], of.column))
        found[field] = fields.Changes(tuple(of.letters(bare(it["before"]), bare(it["now"]))), told)
    return found


def _between(teller: Teller, name: str, before: Any, now: Any, column: str | None) -> Iterable[Difference]:
    """What differs between two values of an answer: row by row by their letters, where its rows have some."""

    def rows(value: Any) -> dict[str, Answer]:
        if column is None or not isinstance(value, list):
            return dict(zip([""], teller.told({name: value}), strict=False))
        unlettered = [{part: it for part, it in row.items() if part != column} for row in value]
        told = (row for answer in teller.told({name: unlettered}) for row in answer.parts)
        return dict(zip([str(row.get(column)) for row in value], told, strict=True))

    return differences(rows(before), rows(now))


def _teller(paper: Told, names: Mapping[str, Name], workspace: str) -> Teller:
    return Teller(_sheet(paper), names, lambda key: _document(workspace, key))


def _sheet(paper: Told) -> Sheet | None:
    form = paper["form"]
    return form and Sheet(form.schema, form.ui, form.schema_file, form.ui_file, form.texts.said, form.texts.source)


def _author(paper: Told) -> Answer:
    who = paper["organisation"] or paper["who"] or _nobody(paper)
    return Answer(Words(gettext("From")), Words(who))


def _by(paper: Told) -> str:
    if not paper["at"]:
        return gettext("Filled in by the process")
    if paper["organisation"] and not paper["who"]:  # it came by a link
        return f"{paper['organisation']}, {formats.moment(paper['at'])}"
    who = paper["who"] or _nobody(paper)
    acts = [word for word in (roles.text(paper["role"] or ""), paper["organisation"]) if word]
    return ", ".join([who, *acts, formats.moment(paper["at"])])


def _nobody(paper: Told) -> str:
    """Whom to name where no person is known: a case that nobody began, the service did."""
    return gettext("The service") if paper["task"] is None else gettext("Somebody")


def _document(workspace: str, key: str) -> str:
    return url_for("cases.document", workspace=workspace, document_id=key)
