"""Instructions of a bundle: CommonMark, cleaned to a short list of tags."""

import re
from functools import cache
from typing import TYPE_CHECKING

import nh3
from markupsafe import Markup

from service.web import formats

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "code", "pre", "blockquote", "h3", "h4", "hr"}
SCHEMES = {"http", "https", "mailto"}
_DATE = re.compile(r"(?<![\w/.-])(\d{4})\\?-(\d{2})\\?-(\d{2})(?:T[\d:.\\+-]+Z?)?(?![\w/-])")


def markdown(text: str) -> Markup:
    """The text as HTML that is safe to show. Dates that the process put in (ISO 8601) are told as people write them."""
    html = _reader().render(_DATE.sub(_told, text))
    return Markup(nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES))


@cache
def _reader() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 - many patterns, which a start need not wait for

    return MarkdownIt("commonmark", {"html": False, "breaks": True})


def _told(date: re.Match[str]) -> str:
    try:
        return formats.long_date("-".join(date.groups()))
    except ValueError:
        return date[0]
