"""Templates: Markdown with `{{ expression }}` in it. Only values are put in; there is nothing to program with."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from service.domain.sentences import say
from service.engine.feel.errors import FeelSpent, FeelSyntaxError, Site, Stopped, Unanswerable
from service.engine.feel.expression import Expression, parse
from service.engine.feel.kinds.special import Sealed
from service.engine.feel.kinds.text import text_of
from service.engine.feel.limits import STRING_LENGTH, TEXT_LENGTH
from service.engine.feel.remember import remembered
from service.engine.feel.run import Context, Run
from service.engine.feel.vocabulary import NO_NAMES

_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")
_BREAKS = re.compile(r"\s*[\r\n]\s*")
_PIECE = re.compile(r'"(?:[^"\\\n\r]|\\.)*"|[{}]')


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A template, ready to be filled in."""

    text: str
    parts: tuple[str | Expression, ...]
    names: frozenset[str]
    possible: frozenset[str]

    def render(self, values: Mapping[str, object], context: Context) -> str:
        """The text with its expressions replaced by their values, which are plain text there, never Markdown.

        null is nothing, a list its elements with commas between. A sealed value is `{sealed:…}` with its commitment:
        whoever shows the text opens it. The expressions share one budget. Raises FeelFault.
        """
        run = Run(values, context)
        text = "".join(part if isinstance(part, str) else _shown(part, run) for part in self.parts)
        if len(text) > STRING_LENGTH:
            raise FeelSpent(say("The text came out with more than %(most)s characters.", most=STRING_LENGTH), self.text)
        run.done(sum(len(part.text) for part in self.parts if isinstance(part, Expression)))
        return text


def parse_template(text: str, names: Iterable[str] | None = None) -> Template:
    """The template of a text. `names` are those in scope, as for `parse`.

    Raises FeelSyntaxError, its place counted in the whole text: an expression cannot be read, or `{%` is used.
    """
    return _parsed(text, NO_NAMES if names is None else frozenset(names))


@remembered
def _parsed(text: str, names: frozenset[str]) -> Template:
    if len(text) > TEXT_LENGTH:
        raise FeelSyntaxError(
            say("The text has %(count)s characters; at most %(most)s are read.", count=len(text), most=TEXT_LENGTH),
            text[:80],
        )
    statement = text.find("{%")
    if statement >= 0:
        message = say(
            "%(sign)s is not run here: write `{{ expression }}`, and leave decisions to the diagram.", sign="`{% … %}`"
        )
        raise FeelSyntaxError(message, text, statement, statement + 2)
    parts: list[str | Expression] = []
    at = 0
    while (start := text.find("{{", at)) >= 0:
        end = _end(text, start)
        parts += (text[at:start], _expression(text, start + 2, end, names))
        at = end + 2
    parts.append(text[at:])
    expressions = [part for part in parts if isinstance(part, Expression)]
    needed: frozenset[str] = frozenset().union(*(expression.names for expression in expressions))
    possible: frozenset[str] = frozenset().union(*(expression.possible for expression in expressions))
    return Template(text, tuple(part for part in parts if part != ""), needed, possible)


def _end(text: str, start: int) -> int:
    """Where the `}}` stands that belongs to the `{{` at `start`; contexts and strings may stand between."""
    depth = 0
    for piece in _PIECE.finditer(text, start + 2):
        if piece.group() == "{":
            depth += 1
        elif piece.group() == "}":
            if depth == 0 and text.startswith("}}", piece.start()):
                return piece.start()
            depth -= 1
    raise FeelSyntaxError(say("The `{{` that stands here has no `}}`."), text, start, start + 2)


def _expression(text: str, start: int, end: int, names: frozenset[str]) -> Expression:
    try:
        return parse(text[start:end].strip(), names)
    except FeelSyntaxError as error:
        shift = start + len(text[start:end]) - len(text[start:end].lstrip())
        raise FeelSyntaxError(error.message, text, error.start + shift, error.end + shift) from None


def _shown(expression: Expression, run: Run) -> str:
    value = expression.perform(run)
    items = value if isinstance(value, list) else [value]
    try:
        return ", ".join(_piece(item, run) for item in items if item is not None)
    except Stopped as stop:
        raise Site(expression.text, 0, len(expression.text)).fault(stop.reason, stop.fault) from None
    except Unanswerable as reason:
        raise Site(expression.text, 0, len(expression.text)).fault(reason.reason) from None


def _piece(item: object, run: Run) -> str:
    return f"{{sealed:{item.commitment}}}" if isinstance(item, Sealed) else plain(text_of(item, run.spend))


def plain(text: str) -> str:
    """Text as Markdown that shows just that text, on one line."""
    return _SIGNS.sub(r"\\\1", _BREAKS.sub(" ", text))
