"""A FEEL expression that was read: what it needs, and what it gives."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

from service.domain.sentences import say
from service.engine.feel.compiling import Code, Compiler, Local, Scope
from service.engine.feel.compiling.inferring import never_boolean
from service.engine.feel.errors import FeelFault, FeelSpent, FeelSyntaxError, Reason, Site, Stopped, Unseen
from service.engine.feel.kinds.kind import described
from service.engine.feel.remember import remembered
from service.engine.feel.run import Context, Run
from service.engine.feel.syntax.nodes import Logic, Node
from service.engine.feel.vocabulary import NO_NAMES, Vocabulary

_SCALARS = frozenset({type(None), bool, Decimal})


@dataclass(frozen=True, slots=True)
class Result:
    """What came out in DMN mode: the value, and why a null is in it, in the order in which the reasons arose."""

    value: object
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """One expression, ready to run.

    `names` must come from outside; `possible` are used inside filters, where an entry of the items may bear them.
    """

    text: str
    node: Node
    names: frozenset[str]
    possible: frozenset[str]
    _code: Code
    _slots: int

    def evaluate(self, values: Mapping[str, object], context: Context) -> object:
        """The value, as FEEL values that nothing else shares.

        `values` are host values by name (`engine.values`, `feel.adopt`), read only where named. Raises FeelFault: in
        strict mode for whatever would make a null, in either mode when a budget is spent or a sealed value is used.
        """
        run = Run(values, context)
        value = performed(run, self.text, self._slots, self._code)
        if context.spent is not None:
            run.done(len(self.text))
        return value

    def explain(self, values: Mapping[str, object], context: Context) -> Result:
        """The value, and the reasons of its nulls (DMN mode). Raises FeelFault as `evaluate` does."""
        run = Run(values, context)
        value = self.perform(run)
        return Result(value, run.reasons)

    def perform(self, run: Run) -> object:
        """The value in a run that the caller made and will look into. Raises FeelFault."""
        return performed(run, self.text, self._slots, self._code)

    def evaluate_condition(self, values: Mapping[str, object], context: Context) -> bool:
        """true or false. Raises FeelFault for anything else, naming the part of the condition that was neither."""
        value = self.evaluate(values, context)
        if value is True or value is False:
            return value
        raise self._neither(self.node, value, values, context)

    def whole(self) -> Site:
        """The place of all of it."""
        return Site(self.text, 0, len(self.text))

    @property
    def never_true(self) -> bool:
        """Whether the text alone shows that its value is neither true nor false: a number, a list, a string …"""
        return never_boolean(self.node)

    def _neither(self, node: Node, value: object, values: Mapping[str, object], context: Context) -> FeelFault:
        """The fault of a condition, laid at the first operand of `and` and `or` that is neither true nor false."""
        operands = node.operands if isinstance(node, Logic) else ()
        for operand in operands:
            found = compiled(self.text, operand).evaluate(values, context)
            if found is not True and found is not False:
                return self._neither(operand, found, values, context)
        site = Site(self.text, node.start, node.end)
        try:
            return site.fault(say("the condition is %(answer)s, neither true nor false", answer=described(value)))
        except Unseen as sealed:
            return site.fault(sealed.reason)


def performed(run: Run, text: str, slots: int, code: Code | Callable[[Run, Local], object]) -> object:
    """What a compiled text gives in a run, fresh. Raises FeelFault."""
    try:
        value = code(run, [None] * slots)
        return value if type(value) in _SCALARS else run.fresh(value)
    except Stopped as stop:
        raise (stop.site or Site(text, 0, len(text))).fault(stop.reason, stop.fault) from None
    except RecursionError:
        # The caller's own stack was nearly full; the limits of `limits` leave room for an ordinary one.
        raise Site(text, 0, len(text)).fault(
            say("the text is nested too deep to be evaluated here"), FeelSpent
        ) from None


@contextmanager
def no_deeper(text: str) -> Iterator[None]:
    """Reading a text: a caller's stack that was nearly full is an error of the text too. Raises FeelSyntaxError."""
    try:
        yield
    except RecursionError:
        raise FeelSyntaxError(say("The text is nested too deep to be read here."), text) from None


def compiled(text: str, node: Node) -> Expression:
    """A tree as an expression of the text in which it stands."""
    compiler = Compiler(text)
    code = compiler.code(node, Scope())
    names, possible = frozenset(compiler.names), frozenset(compiler.possible)
    return Expression(text, node, names, possible, code, compiler.slots)


def parse(
    text: str,
    names: Iterable[str] | None = None,
    *,
    members: Iterable[str] = (),
    types: Iterable[str] = (),
) -> Expression:
    """The expression of a text; the same text with the same names is read once.

    `names` are those in scope: they may hold spaces and signs. Names of one word need not be told; `None` tells none.
    `members` are names of entries with spaces or signs, that a path or a filter may ask for; `types` those of types.
    Raises FeelSyntaxError, with the place in the text.
    """
    return _parsed(text, NO_NAMES if names is None else frozenset(names), frozenset(members), frozenset(types))


def parse_iteration(
    text: str, names: Iterable[str] = (), *, members: Iterable[str] = (), types: Iterable[str] = ()
) -> tuple[Node, Node | None]:
    """What stands behind the `in` of a `for`: a list or a range, or the two ends of `1..n`. Raises FeelSyntaxError."""
    with no_deeper(text):
        parser = Vocabulary(frozenset(names), frozenset(members), frozenset(types)).parser(text)
        found = parser.iteration()
        parser.ends()
        return found


@remembered
def _parsed(text: str, names: frozenset[str], members: frozenset[str], types: frozenset[str]) -> Expression:
    with no_deeper(text):
        parser = Vocabulary(names, members, types).parser(text)
        node = parser.expression()
        parser.ends()
        return compiled(text, node)
