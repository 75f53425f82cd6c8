"""Regular expressions, on RE2: its time is linear in the text, whatever the pattern (DMN 1.5, 10.3.4.3).

The standard asks for XPath's patterns, which `xpath` translates. RE2 has no back references, and repeats nothing more
than 1,000 times: a pattern that needs these is null with that reason.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import re2

from service.domain.sentences import Sentence, say
from service.engine.feel.builtins.xpath import translated
from service.engine.feel.errors import Unanswerable
from service.engine.feel.limits import PATTERN_LENGTH, PATTERN_MEMORY, STRING_LENGTH
from service.engine.feel.run import Run

_REFERENCE = re.compile(r"\\(.)|\$(\d+)|(\$)", re.DOTALL)
_CLASS = re.compile(r"\[[^\]]*\]|\\[pP](?:\{[^}]*\}|.)|[^\x00-\x7f]")
_TIMES = re.compile(r"[{,](\d{1,6})}")
_CLASS_STEPS = {"\\p": 400, "\\P": 400, "\\d": 400, "\\D": 400, "\\w": 1_600, "\\W": 1_600}
MATCH = 12
"""Steps of handing on one occurrence."""

_FEW = 16
"""Instructions of a program whose states are so few that RE2 keeps them all, and reads every character once."""


class Pattern(NamedTuple):
    """A pattern as RE2 has it, or why it has none. `size` is the length of its program, `shape` that without classes."""

    compiled: Any
    refusal: Sentence | None
    size: int = 0
    shape: int = 0

    def reading(self, length: int) -> int:
        """Steps of reading so many bytes: RE2 may have to follow every instruction at every byte."""
        return length >> 8 if self.shape <= _FEW else length * self.size >> 5


def matches(run: Run, text: str, pattern: str, flags: str | None = None) -> bool:
    """Whether the pattern occurs in the text."""
    return next(_found(run, _encoded(text), _pattern(run, pattern, flags or "")), None) is not None


def replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    """The text with every occurrence replaced; `$1` in the replacement is the first group, `$0` all of it."""
    groups = "$" in replacement
    known, whole = _pattern(run, pattern, flags or "", groups=groups), _encoded(text)
    if known.compiled.search(b"") is not None:
        raise Unanswerable(say("the pattern of `replace` must not match an empty string"))
    pieces: list[bytes] = []
    size, at = 0, 0
    for match in _found(run, whole, known):
        if groups:
            # To tell the groups apart, what was found is read once more, the slow way.
            run.spend((match.end() - match.start()) * known.size >> 5)
        run.spend(len(replacement) >> 3)
        new = _filled(replacement, match, known.compiled.groups)
        pieces += (whole[at : match.start()], new)
        at, size = match.end(), size + len(new) + match.start() - at
        if size > 4 * STRING_LENGTH:
            break
    return run.text(b"".join([*pieces, whole[at:]]).decode())


def split(run: Run, text: str, delimiter: str) -> list[object]:
    """The pieces between the occurrences of a pattern."""
    known, whole = _pattern(run, delimiter, ""), _encoded(text)
    if known.compiled.search(b"") is not None:
        raise Unanswerable(say("the delimiter of `split` must not match an empty string"))
    pieces: list[object] = []
    at = 0
    for match in _found(run, whole, known):
        pieces.append(whole[at : match.start()].decode())
        at = match.end()
    return run.list([*pieces, whole[at:].decode()])


def _found(run: Run, text: bytes, known: Pattern) -> Iterator[Any]:
    """The occurrences, each paid for with what lies behind it: to find it, all of that may have been read."""
    run.spend(8 + known.reading(len(text)))
    for match in known.compiled.finditer(text):
        run.spend(MATCH + known.reading(len(text) - match.start()))
        yield match


def _filled(replacement: str, match: Any, groups: int) -> bytes:
    def piece(reference: re.Match[str]) -> str:
        escaped, digits, stray = reference.groups()
        if escaped is not None:
            if escaped not in "\\$":
                raise Unanswerable(say("in a replacement, `\\` stands before `$` or `\\` only"))
            return str(escaped)
        if stray is not None:
            raise Unanswerable(say("in a replacement, `$` stands before the number of a group"))
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
        raise Unanswerable(say("the text holds half of a surrogate pair, which is no character")) from None


def _pattern(run: Run, pattern: str, flags: str, *, groups: bool = False) -> Pattern:
    """The pattern, paid for where this evaluation uses it first. Raises Unanswerable where it cannot be used."""
    if len(pattern) > PATTERN_LENGTH:
        raise Unanswerable(say("a pattern has at most %(most)s characters", most=PATTERN_LENGTH))
    if not set(flags) <= set("smixq"):
        raise Unanswerable(say("`%(flags)s` are no flags; there are s, m, i, x and q", flags=flags[:20]))
    new = run.first((pattern, flags, groups))
    if new:
        run.spend(_price(pattern))
    known = _read(pattern, flags, groups)
    if new:
        run.spend(2 * known.size)
    if known.refusal:
        raise Unanswerable(known.refusal)
    return known


def _price(pattern: str) -> int:
    """Steps of reading a pattern: a class of Unicode's has hundreds of ranges, and what is repeated is read as often."""
    classes = sum(pattern.count(sign) * steps for sign, steps in _CLASS_STEPS.items())
    times = max((int(number) for number in _TIMES.findall(pattern)), default=1)
    return 600 + 20 * len(pattern) + classes * max(1, min(times, 1_000) >> 2)


@lru_cache(maxsize=48)
def _read(pattern: str, flags: str, groups: bool) -> Pattern:
    options = re2.Options()
    options.max_mem = PATTERN_MEMORY
    options.log_errors = False
    options.case_sensitive = "i" not in flags
    options.literal = "q" in flags
    options.never_nl = False
    options.never_capture = not groups
    try:
        text = pattern
        if "q" not in flags:
            switches = "".join(flag for flag in "sm" if flag in flags)
            text = (f"(?{switches})" if switches else "") + translated(pattern, flags)
        compiled = re2.compile(_encoded(text), options)
        shape = compiled if "q" in flags else re2.compile(_encoded(_CLASS.sub("x", text)), options)
    except Unanswerable as reason:
        return Pattern(None, reason.reason)
    except re2.error as error:
        detail = error.args[0].decode(errors="replace") if error.args and isinstance(error.args[0], bytes) else error
        return Pattern(
            None, say("the pattern `%(pattern)s` cannot be used: %(detail)s", pattern=pattern[:60], detail=str(detail))
        )
    return Pattern(compiled, None, compiled.programsize, shape.programsize)
