"""Scripts: lines of `name = expression`. Nothing is changed in place; names are set."""

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from service.domain.sentences import say
from service.engine.feel.errors import FeelSyntaxError, Site
from service.engine.feel.expression import Expression, compiled, no_deeper
from service.engine.feel.remember import remembered
from service.engine.feel.run import Context, Run
from service.engine.feel.syntax.lexer import Shape
from service.engine.feel.syntax.parser import Parser
from service.engine.feel.vocabulary import NO_NAMES, Vocabulary

STATEMENTS = 200
"""Lines of one script."""


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """A script, ready to run. `names` must come from outside, `assigned` are what it sets, in order."""

    text: str
    statements: tuple[tuple[str, Expression], ...]
    names: frozenset[str]
    possible: frozenset[str]
    assigned: tuple[str, ...]

    def run(self, values: Mapping[str, object], context: Context) -> dict[str, object]:
        """The names that the script sets, with fresh FEEL values; each line sees what those before it set.

        The lines share one budget. Raises FeelFault; then nothing was set.
        """
        made: dict[str, object] = {}
        run = Run(ChainMap(made, dict(values)), context)
        for name, expression in self.statements:
            made[name] = expression.perform(run)
            run.put(name, made[name])
        run.done(len(self.text))
        return made

    def line(self, name: str) -> Site:
        """The line that sets a name, the last one if several do."""
        node = next(expression.node for known, expression in reversed(self.statements) if known == name)
        begun = self.text.rfind("\n", 0, node.start) + 1
        indent = len(self.text[begun : node.start]) - len(self.text[begun : node.start].lstrip())
        return Site(self.text, begun + indent, node.end)


def parse_script(text: str, names: Iterable[str] | None = None) -> Script:
    """The script of a text: one `name = expression` per line; a line goes on while a bracket is open.

    Blank lines and comments are passed over. `names` are those in scope, as for `parse`. Raises FeelSyntaxError.
    """
    return _parsed(text, NO_NAMES if names is None else frozenset(names))


@remembered
def _parsed(text: str, names: frozenset[str]) -> Script:
    parser = Vocabulary(names).parser(text, by_line=True)
    statements: list[tuple[str, Expression]] = []
    needed: set[str] = set()
    possible: set[str] = set()
    assigned: set[str] = set()
    while parser.tokens[parser.at].shape is not Shape.END:
        with no_deeper(text):
            name, expression = _statement(parser)
        needed |= expression.names - assigned
        possible |= expression.possible - assigned
        assigned.add(name)
        statements.append((name, expression))
        parser.known.add(name)
        if len(statements) > STATEMENTS:
            raise FeelSyntaxError(say("A script has at most %(most)s lines.", most=STATEMENTS), text)
    order = tuple(dict.fromkeys(name for name, _ in statements))
    return Script(text, tuple(statements), frozenset(needed), frozenset(possible), order)


def _statement(parser: Parser) -> tuple[str, Expression]:
    parser.begin_line()
    name = parser.new_name("=")
    if "." in name:
        raise parser.refusal(
            say("`%(name)s` cannot be set: a script sets whole variables, not entries of one.", name=name)
        )
    if not parser.sees("="):
        raise parser.refusal(
            say("A line of a script reads `name = expression`; here stands %(seen)s.", seen=parser.seen())
        )
    parser.take()
    node = parser.expression()
    parser.takes(";")
    parser.ends()
    return name, compiled(parser.text, node)
