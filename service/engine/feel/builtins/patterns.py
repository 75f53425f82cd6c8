"""Regular expressions, on RE2: its time is linear in the text, whatever the pattern (DMN 1.5, 10.3.4.3).

The standard asks for XPath's patterns. RE2 has no back references, no looking ahead or behind, and no subtraction of
character classes: a pattern that needs them is null with that reason.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import re2

from service.engine.feel.errors import Unanswerable
from service.engine.feel.limits import PATTERN_LENGTH, PATTERN_MEMORY, STRING_LENGTH
from service.engine.feel.run import Run

_REFERENCE = re.compile(r"\\(.)|\$(\d+)|(\$)", re.DOTALL)
_SPACE_OUTSIDE_CLASSES = re.compile(r"(\[(?:\\.|[^\]\\])*\]|\\.)|\s+", re.DOTALL)


def matches(run: Run, text: str, pattern: str, flags: str | None = None) -> bool:
    """Whether the pattern occurs in the text."""
    return next(_found(run, _encoded(text), _compiled(pattern, flags or "")), None) is not None


def replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    """The text with every occurrence replaced; `$1` in the replacement is the first group, `$0` all of it."""
    compiled, whole = _compiled(pattern, flags or ""), _encoded(text)
    if compiled.search(b"") is not None:
        raise Unanswerable("the pattern of `replace` must not match an empty string")
    pieces: list[bytes] = []
    size, at = 0, 0
    for match in _found(run, whole, compiled):
        new = _filled(replacement, match, compiled.groups)
        pieces += (whole[at : match.start()], new)
        at, size = match.end(), size + len(new) + match.start() - at
        if size > 4 * STRING_LENGTH:
            break
    return run.text(b"".join([*pieces, whole[at:]]).decode())


def split(run: Run, text: str, delimiter: str) -> list[object]:
    """The pieces between the occurrences of a pattern."""
    compiled, whole = _compiled(delimiter, ""), _encoded(text)
    if compiled.search(b"") is not None:
        raise Unanswerable("the delimiter of `split` must not match an empty string")
    pieces: list[object] = []
    at = 0
    for match in _found(run, whole, compiled):
        pieces.append(whole[at : match.start()].decode())
        at = match.end()
    return run.list([*pieces, whole[at:].decode()])


def _found(run: Run, text: bytes, compiled: Any) -> Iterator[Any]:
    """The occurrences, each paid for with what lies behind it: to find it, all of that may have been read."""
    run.spend(len(text) >> 6)
    for match in compiled.finditer(text):
        run.spend(1 + ((len(text) - match.start()) >> 9))
        yield match


def _filled(replacement: str, match: Any, groups: int) -> bytes:
    def piece(reference: re.Match[str]) -> str:
        escaped, digits, stray = reference.groups()
        if escaped is not None:
            if escaped not in "\\$":
                raise Unanswerable("in a replacement, `\\` stands before `$` or `\\` only")
            return str(escaped)
        if stray is not None:
            raise Unanswerable("in a replacement, `$` stands before the number of a group")
        number = str(digits)
        # `$12` is the twelfth group where there are so many, else the first and a 2 (XPath 3.1, fn:replace).
        while len(number) > 1 and (len(number) > 3 or int(number) > groups):
            number = number[:-1]
        found = match.group(int(number)) if int(number) <= groups else None
        return (found or b"").decode() + digits[len(number) :]

    return _encoded(_REFERENCE.sub(piece, replacement))


def _encoded(text: str) -> bytes:
    """UTF-8: RE2's own text, so that no place has to be counted over again."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise Unanswerable("the text holds half of a surrogate pair, which is no character") from None


@lru_cache(maxsize=256)
def _compiled(pattern: str, flags: str) -> Any:
    if len(pattern) > PATTERN_LENGTH:
        raise Unanswerable(f"a pattern has at most {PATTERN_LENGTH:,} characters")
    if not set(flags) <= set("smixq"):
        raise Unanswerable(f"`{flags[:20]}` are no flags; there are s, m, i, x and q")
    options = re2.Options()
    options.max_mem = PATTERN_MEMORY
    options.log_errors = False
    options.case_sensitive = "i" not in flags
    options.literal = "q" in flags
    options.never_nl = False
    if "q" not in flags:
        if "x" in flags:
            pattern = _SPACE_OUTSIDE_CLASSES.sub(lambda match: match.group(1) or "", pattern)
        switches = "".join(flag for flag in "sm" if flag in flags)
        pattern = f"(?{switches}){pattern}" if switches else pattern
    try:
        return re2.compile(_encoded(pattern), options)
    except re2.error as error:
        detail = error.args[0].decode(errors="replace") if error.args and isinstance(error.args[0], bytes) else error
        raise Unanswerable(f"the pattern `{pattern[:60]}` cannot be used: {detail}") from None
