"""What a reader of a page sees."""

import html
import re


def seen(page: str) -> str:
    """The text of a page, or of a part of it: without tags and scripts, in single spaces."""
    plain = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(plain).split())
