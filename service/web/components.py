"""What every template may use beyond Jinja's own: the reader's language, dates, numbers, due words (docs in components/).

Filters: `long_date day weekday_date short_date month clock time_of moment iso number percent listing first_upper
last_day role written`.
Globals: `accepted` (the ends of names that a file may have), `_ gettext ngettext pgettext`, `language()`, `LANGUAGES`,
`due(at, now)`, `due_groups(items, tone)`,
`trouble_of(problem, error)`; `cell_words` and `inputs_of` for decision tables (service.web.rule_words, rule_values); for a sentence that is put together below the pages, `said_of(sentence)`.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, request

from service.domain.documents import ENDINGS
from service.web import findings, formats, i18n, reader, roles, rule_values, rule_words, trouble, unread, values
from service.web.due import due, groups, last_day
from service.web.shell import Shell

SHELL = "mandat.shell"
FILTERS = (
    formats.long_date,
    formats.day,
    formats.weekday_date,
    formats.short_date,
    formats.month,
    formats.clock,
    formats.time_of,
    formats.moment,
    formats.iso,
    formats.number,
    formats.percent,
    formats.listing,
    formats.first_upper,
    last_day,
)


def install(app: Flask) -> None:
    """Give the templates of `app` what the components need, and every page a frame."""
    environment = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(**i18n.raw(), newstyle=True)  # type: ignore[attr-defined]  # the extension's
    environment.filters.update({function.__name__: function for function in FILTERS})
    environment.filters["role"] = roles.said
    environment.filters["written"] = lambda value: values.written(value, {})
    environment.globals["accepted"] = ",".join(f".{ending}" for ending in ENDINGS)
    environment.globals.update(language=i18n.language, LANGUAGES=i18n.LANGUAGES, due=due, due_groups=groups)
    environment.globals["trouble_of"] = trouble.told
    environment.globals.update(cell_words=rule_words.cell, inputs_of=rule_values.given)
    environment.globals["said_of"] = findings.message
    environment.globals["unread_rows"] = unread.rows
    app.context_processor(_frame)
    reader.install(app)


def frame(shell: Shell) -> None:
    """Put that frame around the page that answers this request, an error page too."""
    request.environ[SHELL] = shell


def _frame() -> dict[str, Any]:
    return {"shell": request.environ.get(SHELL) or Shell()}
