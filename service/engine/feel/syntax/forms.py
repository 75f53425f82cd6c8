"""The forms that begin with a word or a bracket: if, for, some, every, function, lists, contexts, ranges."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal as OneOf

from service.domain.sentences import say
from service.engine.feel.kinds.types import Type
from service.engine.feel.limits import ITERATORS
from service.engine.feel.syntax.lexer import Shape, string_value
from service.engine.feel.syntax.nodes import (
    Conditional,
    ContextOf,
    For,
    FunctionOf,
    Iterator,
    ListOf,
    Literal,
    Node,
    Quantified,
    RangeOf,
)
from service.engine.feel.syntax.type_names import TypeNames


class Forms(TypeNames):
    """The part of the parser that reads what begins with a word or a bracket."""

    range_end_at = -1
    """How many brackets are open where a range's end is being read: there, `[` may close the range."""

    def conditional(self) -> Node:
        """`if a then b else c`; a row of `else if` is one node."""
        start, branches = self.token.start, []
        while self.takes("if"):
            condition = self.expression()
            self.expect("then", "the condition of `if`")
            branches.append((condition, self.expression()))
            self.expect("else", "the value after `then`")
            self.count()
        otherwise = self.expression()
        return Conditional(tuple(branches), otherwise, start=start, end=self.last_end)

    def loop(self) -> Node:
        """`for a in list, b in 1..n return body`."""
        start = self.take().start
        with self.scope() as known:
            iterators = self._iterators(known.add)
            known.add("partial")
            self.expect("return", "the lists of `for`")
            return For(iterators, self.expression(), start=start, end=self.last_end)

    def quantified(self) -> Node:
        """`some a in list satisfies condition`."""
        word = self.take()
        quantifier: OneOf["some", "every"] = "some" if word.text == "some" else "every"
        with self.scope() as known:
            iterators = self._iterators(known.add)
            self.expect("satisfies", "the lists of `some` or `every`")
            return Quantified(quantifier, iterators, self.expression(), start=word.start, end=self.last_end)

    def _iterators(self, declare: Callable[[str], None]) -> tuple[Iterator, ...]:
        iterators = []
        while True:
            start = self.token.start
            name = self.new_name("in")
            self.expect("in", "the name of an item")
            source, until = self.iteration()
            declare(name)
            iterators.append(Iterator(name, source, until, start=start, end=self.last_end))
            if len(iterators) > ITERATORS:
                raise self.refusal(say("At most %(most)s lists can be walked through together.", most=ITERATORS))
            if not self.takes(","):
                return tuple(iterators)

    def iteration(self) -> tuple[Node, Node | None]:
        """What is walked through: a list or a range, or the two ends of `1..n` (grammar rule 45)."""
        return self.expression(), self.expression() if self.takes("..") else None

    def function(self) -> Node:
        """`function(a: number, b) body`."""
        start = self.take().start
        self.expect("(", "`function`")
        self.opens()
        parameters: list[tuple[str, Type | None]] = []
        while self.another(")", parameters):
            name = self.new_name(":", ",", ")")
            parameters.append((name, self.type() if self.takes(":") else None))
        self.expect(")", "the parameters")
        self.closes()
        external = self.takes("external")
        with self.scope(name for name, _ in parameters):
            return FunctionOf(tuple(parameters), self.expression(), external, start=start, end=self.last_end)

    def context(self) -> Node:
        """`{a: 1, "b c": 2}`; an entry sees those before it."""
        start = self.take().start
        self.opens()
        entries: list[tuple[str, Node]] = []
        with self.scope() as known:
            while self.another("}", entries):
                key = self._key()
                self.expect(":", "the name of an entry")
                entries.append((key, self.expression()))
                known.add(key)
                self.declare_member(key)
        self.expect("}", "the entries of a context")
        self.closes()
        return ContextOf(tuple(entries), start=start, end=self.last_end)

    def _key(self) -> str:
        if self.token.shape is Shape.STRING:
            return string_value(self.take(), self.text)
        return self.new_name(":")

    def square(self) -> Node:
        """`[a, b]`, or a range that includes its start: `[a..b]`."""
        start = self.take().start
        self.opens()
        items: list[Node] = []
        while self.another("]", items):
            items.append(self.expression())
            if len(items) == 1 and self.takes(".."):
                return self.range_from(items[0], start, included=True)
        self.expect("]", "the items of a list")
        self.closes()
        return ListOf(tuple(items), start=start, end=self.last_end)

    def round(self) -> Node:
        """`(a)`, or a range: `(a..b]` without its start, or `(= a)`."""
        start = self.take().start
        self.opens()
        # Only here, so that `a == b` is no comparison of `a` with a range.
        inner = self.side(self.token) if self.sees("=", "!=") else self.expression()
        if self.takes(".."):
            return self.range_from(inner, start, included=False)
        end = self.expect(")", "the expression in brackets").end
        self.closes()
        return replace(inner, start=start, end=end)

    def outward(self) -> Node:
        """`]a..b[`, a range without its ends."""
        start = self.take().start
        self.opens()
        low = self.expression()
        self.expect("..", "the start of a range")
        return self.range_from(low, start, included=False)

    def range_alone(self) -> RangeOf:
        """A range that is a text by itself, such as `[1..)`: either end may be left out. Raises FeelSyntaxError."""
        start = self.token.start
        if not self.sees("[", "(", "]"):
            raise self.refusal(say("A range begins with `[`, `(` or `]`, not %(seen)s.", seen=self.seen()))
        included = self.take().text == "["
        self.opens()
        low = self._end_or_none("..")
        self.expect("..", "the start of a range")
        return self.range_from(low, start, included=included, complete=False)

    def _end_or_none(self, *behind: str) -> Node:
        at = self.token.start
        return Literal(None, start=at, end=at) if self.sees(*behind) else self.expression()

    def range_from(self, low: Node, start: int, *, included: bool, complete: bool = True) -> RangeOf:
        """The rest of a range whose `..` was just passed and whose bracket is open."""
        outer, self.range_end_at = self.range_end_at, self.open_brackets
        high = self.expression() if complete else self._end_or_none("]", ")", "[")
        self.range_end_at = outer
        if not self.sees("]", ")", "["):
            raise self.refusal(say("A range ends with `]`, `)` or `[`, not %(seen)s.", seen=self.seen()))
        high_included = self.take().text == "]"
        self.closes()
        return RangeOf(
            _side(low, included), _side(high, high_included), included, high_included, start=start, end=self.last_end
        )


def _side(end: Node, included: bool) -> Node | None:
    """An end of a range; where null is left out of it, there is none."""
    return None if isinstance(end, Literal) and end.value is None and not included else end
