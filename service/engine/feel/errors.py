"""What can go wrong with a FEEL text, and how it is said.

FeelError
├── FeelSyntaxError   the text cannot be read
└── FeelFault         the text was read, and gave no value that may be used
    └── FeelSpent     it asked for more than a text may

Two signals stay inside the package: `Unanswerable` (FEEL's answer is null, for this reason) and `Stopped` (a budget is
spent, or a sealed value was looked at: there is no answer in either mode).
"""

from dataclasses import dataclass
from typing import NamedTuple

from service.domain.sentences import Sentence, ended


class FeelError(Exception):
    """A FEEL text cannot be used. `message` is a whole sentence."""

    def __init__(self, message: Sentence, text: str = "", start: int = 0, end: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.text = text
        self.start = start
        self.end = len(text) if end is None else end

    @property
    def sub_expression(self) -> str:
        """The part of the text that the message is about."""
        return self.text[self.start : self.end]


class FeelSyntaxError(FeelError):
    """A FEEL text cannot be read."""


class FeelFault(FeelError):
    """A FEEL text gave no value that may be used."""


class FeelSpent(FeelFault):
    """A FEEL text asked for more than one may: more steps, or a larger value. See `limits`."""


class Site(NamedTuple):
    """A place in a text."""

    text: str
    start: int
    end: int

    def fault(self, reason: Sentence, of: type[FeelFault] = FeelFault) -> FeelFault:
        """The fault that says what is wrong here."""
        return of(ended(reason), self.text, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a null came out: a sentence, and the place in the text (code points from 0, `end` exclusive)."""

    message: Sentence
    sub_expression: str
    start: int
    end: int


class Signal(Exception):
    """There is no value, for the reason given: a part of a sentence, with a small letter and no full stop."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason)
        self.reason = reason


class Unanswerable(Signal):
    """FEEL answers this operation with null, for the reason given."""


class Stopped(Signal):
    """The evaluation ends here in either mode, for the reason given: too much was asked for. `site` is the innermost place
    that is known, `fault` what comes of it."""

    site: Site | None = None
    fault: type[FeelFault] = FeelSpent

    def at(self, site: Site) -> "Stopped":
        """The same, laid at a place unless it has one."""
        self.site = self.site or site
        return self


class Unseen(Stopped):
    """The same where a sealed value was looked at."""

    fault = FeelFault
