"""The texts that the interface says, gathered from code and templates as Babel's own command would.

`python3 -m tests.web.texts` puts new ones into the catalogues, untranslated, and takes out those that nothing says.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from service.domain import errors as all_errors
from service.domain import record_errors
from service.domain.errors import MandatError
from service.domain.told import template
from service.web.i18n import FOLDER, LANGUAGES, SOURCE

SERVICE = FOLDER.parents[1]
BELOW = ("domain", "engine", "operations", "runtime", "queries")
"""Where sentences stand that are said in English, and translated where a page shows them: of checks, of FEEL."""

RAISING = (
    "operations/*.py",
    "domain/ballots.py",
    "domain/hearings.py",
    "domain/measures.py",
    "domain/targets.py",
    "runtime/opening.py",
)
"""Where errors are raised that a page tells with the case that they stop: their messages stand in their classes."""

SAYING: dict[str, tuple[int, ...] | None] = {
    "say": None,
    "expect": (2,),
    "whole": (2,),
    "whole_times": (2,),
    "whole_part": (2,),
}
"""What they are said with. The last three take words that become part of one."""

METHODS = [("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2"), ("**.py", "python")]
OPTIONS = {files: {"extensions": "jinja2.ext.i18n"} for files, by in METHODS if by == "jinja2"}
HEADER = r"""msgid ""
msgstr ""
"Language: {language}\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"Content-Type: text/plain; charset=utf-8\n"

"""
OTHERS = sorted(set(LANGUAGES) - {SOURCE})


def said() -> Catalog:
    """Every text, with the files that say it. Lines are left out, so that a change elsewhere changes no catalogue."""
    found = Catalog(charset="utf-8")
    folder = FOLDER.parent
    pages = extract_from_dir(folder, METHODS, OPTIONS, keywords=DEFAULT_KEYWORDS, comment_tags=("Translators:",))
    below = (it for name in BELOW for it in extract_from_dir(SERVICE / name, METHODS[2:], keywords=SAYING))
    for file, _, message, comments, context in (*pages, *below):
        found.add(message, locations=[(file, None)], auto_comments=comments, context=context)  # type: ignore[list-item]
    for name, text in raised():
        found.add(text, locations=[(name, None)])  # type: ignore[list-item]  # Babel takes no line
    return found


def raised() -> Iterator[tuple[str, str]]:
    """The file and the message of each error that an operation may end with."""
    errors = {it.__name__: it for it in (*vars(all_errors).values(), *vars(record_errors).values()) if _is_error(it)}
    for pattern in RAISING:
        for path in sorted(SERVICE.glob(pattern)):
            for name in sorted(set(re.findall(r"raise (\w+)", path.read_text())) & errors.keys()):
                yield path.name, template(errors[name])


def _is_error(it: object) -> bool:
    return isinstance(it, type) and issubclass(it, MandatError)


def kept(language: str) -> Catalog:
    """The catalogue of a language as it is in the repository."""
    with (FOLDER / language / "mandat.po").open("rb") as file:
        return read_po(file, locale=language)


def write(language: str, catalogue: Catalog) -> None:
    """Keep a catalogue: sorted, without what changes at every run."""
    body = io.BytesIO()
    catalogue.obsolete.clear()
    write_po(body, catalogue, width=120, omit_header=True, sort_output=True, include_lineno=False)
    (FOLDER / language / "mandat.po").write_bytes(HEADER.format(language=language).encode() + body.getvalue())


def main() -> None:
    for language in OTHERS:
        catalogue = kept(language)
        catalogue.update(said(), no_fuzzy_matching=True)
        write(language, catalogue)


if __name__ == "__main__":
    main()
