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

_REFERENCE = re.compile(r"\\(.?)|\$([0-9]+)|(\$)", re.DOTALL)
_CLASS = re.compile(r"\[(?:\\.|[^\]\\])*\]|\\[pP](?:\{[^}]*\}|.)|\\.|[^\x00-\x7f]", re.DOTALL)
_TIMES = re.compile(r"[{,](\d{1,6})}")
_ENDLESS = re.compile(r"[*+]|\{\d+,\}")
_STRAIGHT = re.compile(r"(?:[^()|?{}^$]|\{\d+\})*")
_WORDS = re.compile(r"\([^][\\()*+?{}.^$]*\)|[^][\\()*+?{}.^$]*")
_CLASS_STEPS = {"\\p": 400, "\\P": 400, "\\d": 400, "\\D": 400, "\\w": 1_600, "\\W": 1_600}
_CLASS_STEPS |= dict.fromkeys(("\\i", "\\I", "\\c", "\\C"), 400)
MATCH, PUT, GROUP = 16, 8, 4
"""Steps of handing on one occurrence; of putting something in its place; of asking it for a group."""
TOO_LARGE = 4_000
"""Instructions that a pattern which RE2 gives up counts for: it was made all the same, as far as there was room."""

_FEW, _SMALL, _WORDED = 16, 320, 160
"""A program of so few instructions, and so small with its classes written out, has states so few that RE2 keeps them
all, and reads every character once, in some two nanoseconds; so have alternative words, in a program of the last size.
What is larger may have to be followed step by step."""


class Pattern(NamedTuple):
    """A pattern as RE2 has it, or why it has none.

    `size` is the length of its program, `shape` that without classes; `few` says that its states surely are few.
    `ahead` is how many bytes behind an occurrence may be read for it alone; None where that is all there are.
    """

    compiled: Any
    refusal: Sentence | None
    size: int = 0
    shape: int = 0
    few: bool = False
    ahead: int | None = None

    def reading(self, length: int) -> int:
        """Steps of reading so many bytes. Measured: 1.6 to 5 ns a byte where the states are few; else up to 300 ns,
        and 10 for each instruction outside classes, as all of them may have to be followed at every byte."""
        return length >> 6 if self.few else length * self._followed >> 10

    def finding(self, length: int, left: int) -> int:
        """Steps of finding an occurrence that ends so many bytes on (read forwards for its end, then backwards for its
        beginning), with so many left behind it."""
        return self.reading(2 * length + (left if self.ahead is None else min(self.ahead, left)))

    def telling(self, length: int) -> int:
        """Steps of telling the groups of an occurrence apart: it is read once more, and each thread keeps them all."""
        groups = self.compiled.groups
        return (groups >> 1) + ((length + 1) * self._followed * (8 + groups) >> 13) if groups else 0

    @property
    def _followed(self) -> int:
        return 1_024 + 64 * self.shape + self.size


def matches(run: Run, text: str, pattern: str, flags: str | None = None) -> bool:
    """Whether the pattern occurs in the text."""
    return next(_found(run, _encoded(text), _pattern(run, pattern, flags or "")), None) is not None


def replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    """The text with every occurrence replaced; `$1` in the replacement is the first group, `$0` all of it.

    With the flag `q` the replacement is itself (XPath 3.1, fn:replace).
    """
    literal = "q" in (flags or "")
    known = _pattern(run, pattern, flags or "", groups="$" in replacement and not literal)
    whole = _encoded(text)
    if known.compiled.search(b"") is not None:
        raise Unanswerable(say("the pattern of `replace` must not match an empty string"))
    run.spend((len(replacement) >> 6) + 4 * (replacement.count("$") + replacement.count("\\")))
    parts = [_encoded(replacement)] if literal else _parts(replacement, known.compiled.groups)
    pieces: list[bytes] = []
    size, at = 0, 0
    named = {part for part in parts if isinstance(part, int)}
    each = PUT + GROUP * len(named) + (len(parts) >> 1)
    for match, start, end in _found(run, whole, known):
        run.spend(each + known.telling(end - start))
        found = {number: match.group(number) or b"" for number in named}
        new = [part if isinstance(part, bytes) else found[part] for part in parts]
        put_out = start - at + sum(map(len, new))
        run.spend(put_out >> 8)
        pieces += (whole[at:start], *new)
        at, size = end, size + put_out
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
    for _, start, end in _found(run, whole, known):
        pieces.append(whole[at:start].decode())
        at = end
    return run.list([*pieces, whole[at:].decode()])


def _found(run: Run, text: bytes, known: Pattern) -> Iterator[tuple[Any, int, int]]:
    """The occurrences, with where each begins and ends, each paid for with what may have been read to find it."""
    run.spend(8 + known.reading(len(text)))
    at = 0
    for match in known.compiled.finditer(text):
        start, end = match.span()
        run.spend(MATCH + known.finding(end - at, len(text) - end))
        at = end
        yield match, start, end


def _parts(replacement: str, groups: int) -> list[bytes | int]:
    """A replacement, read once: the text that it puts in, and the numbers of the groups that stand between."""
    parts: list[bytes | int] = []
    plain, at = "", 0
    for reference in _REFERENCE.finditer(replacement):
        escaped, digits, stray = reference.groups()
        plain += replacement[at : reference.start()]
        at = reference.end()
        if escaped is not None and escaped not in {"\\", "$"}:
            raise Unanswerable(say("in a replacement, `\\` stands before `$` or `\\` only"))
        if stray is not None:
            raise Unanswerable(say("in a replacement, `$` stands before the number of a group"))
        if escaped is not None:
            plain += escaped
            continue
        # `$12` is the twelfth group where there are so many, else the first and a 2 (XPath 3.1, fn:replace).
        number = digits[:3]
        while len(number) > 1 and int(number) > groups:
            number = number[:-1]
        parts.append(_encoded(plain))
        if int(number) <= groups:
            parts.append(int(number))
        plain = digits[len(number) :]
    parts.append(_encoded(plain + replacement[at:]))
    return [part for part in parts if part != b""]


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
    known = run.kept((pattern, flags, groups), lambda: _bought(run, pattern, flags, groups))
    if known.refusal:
        raise Unanswerable(known.refusal)
    return known


def _bought(run: Run, pattern: str, flags: str, groups: bool) -> Pattern:
    run.spend(_price(pattern))
    known = _read(pattern, flags, groups)
    run.spend(4 * known.size)
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
        if "q" in flags:
            text, shape = pattern, "x" * len(_encoded(pattern))
        else:
            text = translated(pattern, flags)
            shape = _CLASS.sub("x", text)
        switches = "" if "q" in flags else "".join(flag for flag in "sm" if flag in flags)
        compiled = re2.compile(_encoded((f"(?{switches})" if switches else "") + text), options)
        shaped = re2.compile(_encoded(shape), options).programsize
    except Unanswerable as reason:
        return Pattern(None, reason.reason)
    except re2.error as error:
        detail = error.args[0].decode(errors="replace") if error.args and isinstance(error.args[0], bytes) else error
        why = say("the pattern `%(pattern)s` cannot be used: %(detail)s", pattern=pattern[:60], detail=str(detail))
        return Pattern(None, why, TOO_LARGE if "too large" in str(detail) else 0)
    size = compiled.programsize
    words = "q" in flags or _WORDS.fullmatch(text) is not None
    few = (shaped <= _FEW and size <= _SMALL) or (words and size <= _WORDED)
    # Atoms in a row, each greedy, pass over no byte twice: had what was read behind an occurrence held the end of
    # another, the first would have gone on to it. What has no loop reads no further than it is long.
    ahead = 0 if _STRAIGHT.fullmatch(shape) else None if _ENDLESS.search(shape) else size
    return Pattern(compiled, None, size, shaped, few, ahead)
