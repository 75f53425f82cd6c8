"""and, or, arithmetic, comparison (DMN 1.5, 10.3.2.12 to 10.3.2.15)."""

import operator as operators
from collections.abc import Callable
from decimal import Decimal, DecimalException
from typing import Any

from service.domain.sentences import say
from service.engine.feel.adopt import EXACT
from service.engine.feel.builtins import BUILTINS
from service.engine.feel.compiling.compiler import Code, Compiler, Local, Scope, compiles
from service.engine.feel.errors import Stopped, Unanswerable
from service.engine.feel.kinds.arithmetic import combined, negated
from service.engine.feel.kinds.compare import compared, equal
from service.engine.feel.kinds.costs import cost
from service.engine.feel.kinds.kind import described
from service.engine.feel.kinds.numbers import DECIMAL128
from service.engine.feel.limits import TEXT_PER_STEP
from service.engine.feel.run import Run, Site
from service.engine.feel.syntax.nodes import Arithmetic, Between, Comparison, InstanceOf, Literal, Logic, Name, Negation

POWER, WHOLE_POWER, DATES = 400, 60, 12
"""Steps that raising to a power costs, to a whole one, and reckoning with dates and durations."""

_EXACT: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": DECIMAL128.add,
    "-": DECIMAL128.subtract,
    "*": DECIMAL128.multiply,
    "/": DECIMAL128.divide,
}
_SHORT = 64
"""Characters of a text that is compared at no cost."""

_FAST: dict[str, Callable[[Any, Any], bool]] = {
    "=": operators.eq,
    "!=": operators.ne,
    "<": operators.lt,
    "<=": operators.le,
    ">": operators.gt,
    ">=": operators.ge,
}


@compiles(Logic)
def logic(compiler: Compiler, node: Logic, scope: Scope) -> Code:
    """Three-valued: `and` is false where one is false, `or` true where one is true, else null where one is neither."""
    decisive = node.operator == "or"
    neutral = not decisive
    operands = [(compiler.code(operand, scope), compiler.site(operand)) for operand in node.operands]
    word = node.operator

    def run_logic(run: Run, local: Local) -> object:
        answer: bool | None = neutral
        for code, site in operands:
            value = code(run, local)
            if value is decisive:
                return decisive
            if value is not neutral:
                answer = None
                if value is not None:
                    run.null(
                        site,
                        say("`%(word)s` joins true and false, not %(value)s", word=word, value=described(value, site)),
                    )
        return answer

    return run_logic


@compiles(Arithmetic)
def arithmetic(compiler: Compiler, node: Arithmetic, scope: Scope) -> Code:
    """A row of operators of one rank, from left to right."""
    compiler.heavier(2 * len(node.rest))
    first = compiler.code(node.first, scope)
    rest = [
        (
            operator,
            _EXACT.get(operator),
            compiler.code(operand, scope),
            Site(compiler.text, node.first.start, operand.end),
        )
        for operator, operand in node.rest
    ]

    def run_arithmetic(run: Run, local: Local) -> object:
        value = first(run, local)
        for operator, exact, code, site in rest:
            operand = code(run, local)
            try:
                if exact and type(value) is Decimal and type(operand) is Decimal:
                    value = exact(value, operand)
                    continue
            except DecimalException:
                pass  # why not is said below
            try:
                value = _combined(run, operator, value, operand)
            except Unanswerable as reason:
                run.null(site, reason.reason)
                value = None
            except Stopped as stop:
                raise stop.at(site) from None
        return value

    return run_arithmetic


def _combined(run: Run, operator: str, left: object, right: object) -> object:
    """The two combined, paid for: numbers but for powers are cheap, dates are not, text is by its length."""
    if operator == "**" and type(right) is Decimal:
        run.spend(WHOLE_POWER if right == right.to_integral_value() else POWER)
    value = combined(operator, left, right)
    kind = type(value)
    if kind is str:
        run.spend(1 + len(value) // TEXT_PER_STEP)  # type: ignore[arg-type]  # a str, by its type
    elif kind is not Decimal:
        run.spend(DATES + cost(value))
    return value


@compiles(Negation)
def negation(compiler: Compiler, node: Negation, scope: Scope) -> Code:
    """`-a`."""
    operand, site = compiler.code(node.operand, scope), compiler.site(node)

    def run_negation(run: Run, local: Local) -> object:
        value = operand(run, local)
        if type(value) is Decimal:
            return DECIMAL128.minus(value)
        try:
            return negated(value)
        except Unanswerable as reason:
            return run.null(site, reason.reason)

    return run_negation


@compiles(Comparison)
def comparison(compiler: Compiler, node: Comparison, scope: Scope) -> Code:
    """`a = b` and its kin."""
    left, right = compiler.code(node.left, scope), compiler.code(node.right, scope)
    site, operator, fast = compiler.site(node), node.operator, _FAST[node.operator]

    def compare(run: Run, one: object, other: object) -> object:
        run.spend(cost(one) + cost(other))
        try:
            if operator == "=":
                return equal(one, other, run.spend)
            if operator == "!=":
                return not equal(one, other, run.spend)
            return compared(operator, one, other)
        except Unanswerable as reason:
            return run.null(site, reason.reason)
        except Stopped as stop:
            raise stop.at(site) from None

    def run_comparison(run: Run, local: Local) -> object:
        one, other = left(run, local), right(run, local)
        kind = type(one)
        if kind is type(other) and (kind is Decimal or (kind is str and len(one) < _SHORT)):  # type: ignore[arg-type]
            return fast(one, other)
        return compare(run, one, other)

    if not isinstance(node.right, Literal) or not isinstance(node.right.value, Decimal):
        return run_comparison
    bound = node.right.value

    def run_with_number(run: Run, local: Local) -> object:
        one = left(run, local)
        return fast(one, bound) if type(one) is Decimal else compare(run, one, bound)

    if not isinstance(node.left, Name) or bound != bound.to_integral_value() or abs(bound) >= EXACT:
        return run_with_number
    if scope.find(node.left.name) != (None, []) or node.left.name in BUILTINS:
        return run_with_number
    called, whole = node.left.name, int(bound)

    def run_given_with_number(run: Run, local: Local) -> object:
        given = run.values.get(called)
        if type(given) is int and -EXACT < given < EXACT:
            return fast(given, whole)  # two whole numbers compare as Decimals do
        return run_with_number(run, local)

    return run_given_with_number


@compiles(Between)
def between(compiler: Compiler, node: Between, scope: Scope) -> Code:
    """`a between b and c`, both included."""
    value, low, high = compiler.codes((node.value, node.low, node.high), scope)
    site = compiler.site(node)

    def run_between(run: Run, local: Local) -> object:
        tested, least, most = value(run, local), low(run, local), high(run, local)
        run.spend(2 * cost(tested) + cost(least) + cost(most))
        try:
            # Both sides are asked, so that a bound of another kind is never passed over.
            above, below = compared(">=", tested, least), compared("<=", tested, most)
        except Unanswerable as reason:
            return run.null(site, reason.reason)
        return above and below

    return run_between


@compiles(InstanceOf)
def instance_of(compiler: Compiler, node: InstanceOf, scope: Scope) -> Code:
    """`a instance of type`."""
    compiler.heavier(16)
    value, kind, site = compiler.code(node.value, scope), node.type, compiler.site(node)

    def run_instance_of(run: Run, local: Local) -> object:
        tested = value(run, local)
        described(tested)  # a sealed value stops here
        try:
            return run.types.instance(tested, kind)
        except Unanswerable as reason:
            return run.null(site, reason.reason)

    return run_instance_of
