"""Strings, by code point (DMN 1.5, 10.3.4.3)."""

from decimal import Decimal

from service.domain.sentences import say
from service.engine.feel.builtins.patterns import matches, replace, split
from service.engine.feel.builtins.table import define
from service.engine.feel.errors import Stopped, Unanswerable
from service.engine.feel.kinds.kind import described
from service.engine.feel.kinds.numbers import whole_part
from service.engine.feel.limits import STRING_LENGTH
from service.engine.feel.run import Run


def substring(text: str, start: Decimal, length: Decimal | None = None) -> str:
    """The characters from `start` on: 1 is the first, -1 the last."""
    first = whole_part(start, "`substring`")
    if first == 0 or abs(first) > len(text):
        raise Unanswerable(
            say("the string has %(count)s characters, and none at %(first)s", count=len(text), first=first)
        )
    begin = first - 1 if first > 0 else len(text) + first
    if length is None:
        return text[begin:]
    size = whole_part(length, "`substring`")
    if size < 1:
        raise Unanswerable(say("`substring` wants a length of at least 1"))
    return text[begin : begin + size]


def substring_before(text: str, match: str) -> str:
    """What stands before the first `match`; nothing where there is none."""
    before, found, _ = text.partition(match) if match else ("", "", text)
    return before if found else ""


def substring_after(text: str, match: str) -> str:
    """What stands after the first `match`; nothing where there is none."""
    return text.partition(match)[2] if match else text


def string_join(run: Run, items: list[object], delimiter: str | None = None) -> str:
    """The strings of a list in one, null passed over."""
    run.spend(len(items))
    parts = [item for item in items if item is not None]
    texts = [part for part in parts if isinstance(part, str)]
    if len(texts) < len(parts):
        for part in parts:
            described(part)  # a sealed value stops here
        raise Unanswerable(say("`string join` wants a list of strings"))
    if sum(map(len, texts)) + len(delimiter or "") * len(texts) > STRING_LENGTH:
        raise Stopped(say("a string of more than %(most)s characters came out", most=STRING_LENGTH))
    return run.text((delimiter or "").join(texts))


def length(text: str) -> Decimal:
    """How many characters a string has."""
    return Decimal(len(text))


def upper(run: Run, text: str) -> str:
    """The string in capitals."""
    return run.text(text.upper())


def lower(run: Run, text: str) -> str:
    """The string in small letters."""
    return run.text(text.lower())


TABLE = (
    define("substring", "string: string, start position: number, length?: number", substring),
    define("string length", "string: string", length),
    define("upper case", "string: string", upper, run=True),
    define("lower case", "string: string", lower, run=True),
    define("substring before", "string: string, match: string", substring_before),
    define("substring after", "string: string, match: string", substring_after),
    define("contains", "string: string, match: string", lambda text, match: match in text, gives="boolean"),
    define("starts with", "string: string, match: string", lambda text, match: text.startswith(match), gives="boolean"),
    define("ends with", "string: string, match: string", lambda text, match: text.endswith(match), gives="boolean"),
    define("matches", "input: string, pattern: string, flags?: string", matches, run=True),
    define("replace", "input: string, pattern: string, replacement: string, flags?: string", replace, run=True),
    define("split", "string: string, delimiter: string", split, run=True),
    define("string join", "list: list, delimiter?: string", string_join, run=True),
)
