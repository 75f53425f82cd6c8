"""Instructions of a bundle: CommonMark, cleaned to a short list of tags."""

import re

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from service.web import formats

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "code", "pre", "blockquote", "h3", "h4", "hr"}
SCHEMES = {"http", "https", "mailto"}
_READER = MarkdownIt("commonmark", {"html": False, "breaks": True})
_DATE = re.compile(r"(?<![\w/.-])(\d{4})\\?-(\d{2})\\?-(\d{2})(?:T[\d:.\\+-]+Z?)?(?![\w/-])")


def markdown(text: str) -> Markup:
    """The text as HTML that is safe to show. Dates that the process put in (ISO 8601) are told as people write them."""
    html = _READER.render(_DATE.sub(_told, text))
    return Markup(nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES))


def _told(date: re.Match[str]) -> str:
    try:
        return formats.long_date("-".join(date.groups()))
    except ValueError:
        return date[0]
