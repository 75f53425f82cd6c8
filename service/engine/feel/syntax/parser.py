"""The parser: operators by rank, from left to right (DMN 1.5, 10.3.1.2, rules 1–21)."""

from collections.abc import Callable, Iterable
from typing import cast

from service.domain.sentences import ended, say
from service.engine.feel.errors import FeelSyntaxError, Unanswerable
from service.engine.feel.kinds.literals import value_of_at_literal
from service.engine.feel.kinds.numbers import number
from service.engine.feel.syntax.forms import Forms
from service.engine.feel.syntax.lexer import Shape, Token, string_value
from service.engine.feel.syntax.names import KEYWORDS, NameTable
from service.engine.feel.syntax.nodes import (
    Arithmetic,
    Between,
    Call,
    Comparator,
    Comparison,
    Filter,
    InstanceOf,
    Literal,
    Logic,
    Membership,
    Name,
    Negation,
    Node,
    Operator,
    Path,
    Postfix,
    SideOf,
)

OR, AND, COMPARE, ADD, MULTIPLY, POWER, UNARY, INSTANCE = range(1, 9)
COMPARATORS = ("=", "!=", "<", "<=", ">", ">=")
_SIDES = ("<", "<=", ">", ">=")
_RANKS = (
    {"or": OR, "and": AND, "between": COMPARE, "in": COMPARE, "instance": INSTANCE}
    | dict.fromkeys(COMPARATORS, COMPARE)
    | dict.fromkeys("+-", ADD)
    | dict.fromkeys("*/", MULTIPLY)
    | {"**": POWER}
)
_CONSTANTS = {"true": True, "false": False, "null": None}
_INPUT = "?"


class Parser(Forms):
    """Reads one text. `types` are the names of types that a decision file defines."""

    def __init__(
        self,
        text: str,
        tables: Iterable[NameTable],
        members: Iterable[NameTable],
        types: NameTable,
        *,
        by_line: bool = False,
    ) -> None:
        super().__init__(text, tables, members, by_line=by_line)
        self.types = types

    def expression(self, rank: int = 0) -> Node:
        """The expression that begins here, up to an operator of less than `rank`. Raises FeelSyntaxError."""
        self.deeper()
        node = self.continued(self._operand(), rank)
        self.shallower()
        return node

    def ends(self) -> None:
        """Raises FeelSyntaxError where the text goes on."""
        token = self.token
        if token.shape is Shape.END:
            return
        before = self.tokens[self.at - 1] if self.at else token
        if before.shape is Shape.WORD and token.shape is Shape.WORD and not {before.text, token.text} & KEYWORDS:
            raise self.refusal(
                say("`%(first)s %(second)s` is no name that is known here.", first=before.text, second=token.text)
            )
        raise self.refusal(say("%(seen)s cannot stand here.", seen=self.seen()))

    def continued(self, left: Node, rank: int) -> Node:
        """An expression whose first operand was just read."""
        levels = 0
        while True:
            token = self.token
            found = _RANKS.get(token.text, 0) if token.shape in {Shape.WORD, Shape.SIGN} else 0
            if found == 0 or found < rank:
                self.shallower(levels)
                return left
            self.count()
            if found in {COMPARE, INSTANCE}:
                # The only operators that make the tree deeper towards the left.
                self.deeper()
                levels += 1
            left = self._operation(left, token, found)

    def _operation(self, left: Node, token: Token, rank: int) -> Node:
        if rank in {OR, AND}:
            operands = [left]
            while self.takes(token.text):
                self.count()
                operands.append(self.expression(rank + 1))
            operator: Callable[..., Node] = Logic
            return operator("and" if rank == AND else "or", tuple(operands), start=left.start, end=self.last_end)
        if rank in {ADD, MULTIPLY, POWER}:
            return self._arithmetic(left, rank)
        if rank == INSTANCE:
            self.take()
            self.expect("of", "`instance`")
            return InstanceOf(left, self.type(), start=left.start, end=self.last_end)
        return self._comparison(left, token)

    def _arithmetic(self, left: Node, rank: int) -> Node:
        rest: list[tuple[Operator, Node]] = []
        while self.token.shape is Shape.SIGN and _RANKS.get(self.token.text) == rank:
            self.count()
            rest.append((cast(Operator, self.take().text), self.expression(rank + 1)))
        return Arithmetic(left, tuple(rest), start=left.start, end=self.last_end)

    def _comparison(self, left: Node, token: Token) -> Node:
        self.take()
        start = left.start
        if token.text == "between":
            low = self.expression(ADD)
            self.expect("and", "the lower bound of `between`")
            return Between(left, low, self.expression(ADD), start=start, end=self.last_end)
        if token.text == "in":
            return Membership(left, self._right_of_in(), start=start, end=self.last_end)
        right = self.expression(ADD)
        return Comparison(cast(Comparator, token.text), left, right, start=start, end=self.last_end)

    def _right_of_in(self) -> tuple[Node, ...]:
        if not self.sees("("):
            return (self.test(ADD),)
        start = self.take().start
        self.opens()
        tests = [self.test()]
        if self.takes(".."):
            return (self.continued(self.range_from(tests[0], start, included=False), ADD),)
        while self.takes(","):
            tests.append(self.test())
        self.expect(")", "the tests of `in`")
        self.closes()
        # `x in (a + b) * 2`: what looked like a row of tests was the first operand.
        return (self.continued(tests[0], ADD),) if len(tests) == 1 else tuple(tests)

    def test(self, rank: int = 0) -> Node:
        """One test of a row: `< 5`, `= 3`, `[1..2]`, a value, or a condition on `?`."""
        if not self.sees("=", "!="):
            return self.expression(rank)
        token = self.take()
        tested = Name(_INPUT, start=token.start, end=token.start)
        right = self.expression(ADD)
        return Comparison(cast(Comparator, token.text), tested, right, start=token.start, end=self.last_end)

    def _operand(self) -> Node:
        self.count()
        token = self.token
        if token.shape is not Shape.SIGN or token.text != "-":
            return self._postfix(self._primary(token))
        self.take()
        if self.token.shape is Shape.NUMBER:
            return self._postfix(self._number(self.take(), sign="-"))
        return Negation(self.expression(UNARY), start=token.start, end=self.last_end)

    def _primary(self, token: Token) -> Node:
        if token.shape is Shape.NUMBER:
            return self._number(self.take())
        if token.shape is Shape.STRING:
            return Literal(string_value(self.take(), self.text), start=token.start, end=token.end)
        if token.shape is Shape.WORD:
            return self._word(token)
        if token.text in _SIDES:
            return self.side(token)
        bracket = {"[": self.square, "(": self.round, "{": self.context, "]": self.outward, "@": self._at}
        if token.text not in bracket:
            raise self.refusal(say("A value must stand here, not %(seen)s.", seen=self.seen()))
        return bracket[token.text]()

    def _word(self, token: Token) -> Node:
        name, length = self.known_name()
        if length > 1 or (length == 1 and token.text not in KEYWORDS):
            self.at += length
            return Name(name, start=token.start, end=self.last_end)
        if token.text in _CONSTANTS:
            self.take()
            return Literal(_CONSTANTS[token.text], start=token.start, end=token.end)
        forms = {
            "if": self.conditional,
            "for": self.loop,
            "some": self.quantified,
            "every": self.quantified,
            "function": self.function,
        }
        if token.text in forms:
            return forms[token.text]()
        if token.text in KEYWORDS:
            raise self.refusal(say("A value must stand here, not `%(text)s`.", text=token.text))
        self.take()
        return Name(token.text, start=token.start, end=token.end)

    def _number(self, token: Token, sign: str = "") -> Node:
        try:
            value = number(sign + token.text)
        except Unanswerable as reason:
            raise self.refusal(ended(reason.reason), token) from None
        return Literal(value, start=token.start - len(sign), end=token.end)

    def side(self, token: Token) -> Node:
        """`< 5`: all that compares so with a value."""
        self.take()
        bound = self.expression(ADD)
        return SideOf(cast(Comparator, token.text), bound, start=token.start, end=bound.end)

    def _at(self) -> Node:
        start = self.take().start
        if self.token.shape is not Shape.STRING:
            raise self.refusal(say("After `@` comes a string: %(example)s.", example='@"2026-05-17"'))
        token = self.take()
        try:
            value = value_of_at_literal(string_value(token, self.text))
        except Unanswerable as reason:
            raise FeelSyntaxError(ended(reason.reason), self.text, start, token.end) from None
        return Literal(value, start=start, end=token.end)

    def _postfix(self, base: Node) -> Node:
        steps: list[Path | Filter | Call] = []
        while self.sees(".", "[", "(") and not self._closes_range():
            self.count()
            start = self.token.start
            if self.takes("."):
                steps.append(Path(self.member_name(), start=start, end=self.last_end))
            elif self.sees("["):
                steps.append(self._filter())
            else:
                steps.append(self._call())
        return Postfix(base, tuple(steps), start=base.start, end=self.last_end) if steps else base

    def _closes_range(self) -> bool:
        """Whether `[` is the end of `]a..b[`: where no expression can begin behind it."""
        if not self.sees("[") or self.range_end_at != self.open_brackets:
            return False
        after = self.tokens[self.at + 1]
        if after.shape is Shape.SIGN:
            return after.text not in {"(", "[", "{", "-", "@"}
        stops = {"and", "or", "then", "else", "return", "satisfies", "in", "between", "instance"}
        return after.shape is Shape.END or after.text in stops

    def _filter(self) -> Filter:
        start = self.take().start
        self.opens()
        with self.filtering():
            condition = self.expression()
        self.expect("]", "the condition of a filter")
        self.closes()
        return Filter(condition, start=start, end=self.last_end)

    def _call(self) -> Call:
        start = self.take().start
        self.opens()
        arguments: list[Node] = []
        names: list[str] = []
        by_name = self.names_argument()
        while self.another(")", arguments):
            if by_name:
                names.append(self.new_name(":"))
                self.expect(":", "the name of an argument")
            arguments.append(self.expression())
        self.expect(")", "the arguments")
        self.closes()
        return Call(tuple(arguments), tuple(names), start=start, end=self.last_end)
