"""Unary tests: the cell of a decision table, and the allowed values of an input, an output or a type."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from service.engine.feel.compiling import Code, Compiler, Local, Scope
from service.engine.feel.compiling.tests import INPUT, tests
from service.engine.feel.errors import Reason
from service.engine.feel.expression import no_deeper, performed
from service.engine.feel.remember import remembered
from service.engine.feel.run import Context, Run
from service.engine.feel.syntax.nodes import Node
from service.engine.feel.syntax.parser import Parser
from service.engine.feel.vocabulary import NO_NAMES, Vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class UnaryTests:
    """One cell, ready to run. A cell of `-` has no tests, and holds of everything, as does an empty one."""

    text: str
    nodes: tuple[Node, ...]
    negated: bool
    names: frozenset[str]
    possible: frozenset[str]
    _code: Code
    _slot: int
    _slots: int

    def matches(self, value: object, values: Mapping[str, object], context: Context) -> bool | None:
        """Whether the tests hold of a FEEL value: true, false, or null where that cannot be said.

        `values` are what the tests' own names stand for. Raises FeelFault as an expression does.
        """
        return self.explain(value, values, context)[0]

    def explain(
        self, value: object, values: Mapping[str, object], context: Context
    ) -> tuple[bool | None, tuple[Reason, ...]]:
        """Whether the tests hold, and why they could not say. Raises FeelFault."""
        if not self.nodes:
            return True, ()
        run = Run(values, context)

        def body(run: Run, local: Local) -> object:
            local[self._slot] = value
            return self._code(run, local)

        answer = performed(run, self.text, self._slots, body)
        holds = answer if answer is True or answer is False else None
        return (not holds if self.negated and holds is not None else holds), run.reasons


def parse_unary(
    text: str,
    names: Iterable[str] | None = None,
    *,
    members: Iterable[str] = (),
    types: Iterable[str] = (),
) -> UnaryTests:
    """The tests of a cell: `-`, or tests with commas between, or `not(tests)`. `?` is the value that is tested.

    The parameters are those of `parse`. Raises FeelSyntaxError.
    """
    return _parsed(text, NO_NAMES if names is None else frozenset(names), frozenset(members), frozenset(types))


@remembered
def _parsed(text: str, names: frozenset[str], members: frozenset[str], types: frozenset[str]) -> UnaryTests:
    with no_deeper(text):
        parser = Vocabulary(names, members, types).parser(text)
        nodes, negated = _cell(parser)
        compiler = Compiler(text)
        slot, code = tests(compiler, nodes, Scope())
    needed = frozenset(compiler.names - {INPUT})
    return UnaryTests(text, nodes, negated, needed, frozenset(compiler.possible), code, slot, compiler.slots)


def _cell(parser: Parser) -> tuple[tuple[Node, ...], bool]:
    tokens = parser.tokens
    if len(tokens) == 1 or (len(tokens) == 2 and tokens[0].text == "-"):
        return (), False
    if _is_negated(parser):
        parser.at = 2
        parser.opens()
        nodes = _row(parser)
        parser.expect(")", "the tests of `not`")
        parser.ends()
        return nodes, True
    nodes = _row(parser)
    parser.ends()
    return nodes, False


def _is_negated(parser: Parser) -> bool:
    """Whether the whole cell is `not(…)`, not a condition that begins with a call of `not`."""
    texts = [token.text for token in parser.tokens[:-1]]
    if texts[:2] != ["not", "("] or texts[-1] != ")":
        return False
    depth = 0
    for index, text in enumerate(texts[1:-1], 1):
        depth += (text == "(") - (text == ")")
        if depth == 0 and index > 0:
            return False
    return True


def _row(parser: Parser) -> tuple[Node, ...]:
    nodes = [parser.test()]
    while parser.takes(","):
        nodes.append(parser.test())
    return tuple(nodes)
