"""and, or, arithmetic, comparison (DMN 1.5, 10.3.2.12 to 10.3.2.15)."""

import operator as operators
from collections.abc import Callable
from decimal import Decimal

from service.engine.feel.compiling.compiler import Code, Compiler, Local, Scope, compiles
from service.engine.feel.errors import Unanswerable
from service.engine.feel.kinds.arithmetic import combined, negated
from service.engine.feel.kinds.compare import compared, equal
from service.engine.feel.kinds.kind import described
from service.engine.feel.kinds.numbers import DECIMAL128
from service.engine.feel.limits import TEXT_PER_STEP
from service.engine.feel.run import Run, Site
from service.engine.feel.syntax.nodes import Arithmetic, Between, Comparison, InstanceOf, Literal, Logic, Negation

_FAST: dict[str, Callable[[Decimal, Decimal], bool]] = {
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
    operands = [(compiler.code(operand, scope), compiler.site(operand)) for operand in node.operands]
    word = node.operator

    def run_logic(run: Run, local: Local) -> object:
        answer: bool | None = not decisive
        for code, site in operands:
            value = code(run, local)
            if value is decisive:
                return decisive
            if value is not (not decisive):
                answer = None
                if value is not None:
                    run.null(site, f"`{word}` joins true and false, not {described(value)}")
        return answer

    return run_logic


@compiles(Arithmetic)
def arithmetic(compiler: Compiler, node: Arithmetic, scope: Scope) -> Code:
    """A row of operators of one rank, from left to right."""
    first = compiler.code(node.first, scope)
    rest = [
        (operator, compiler.code(operand, scope), Site(compiler.text, node.start, operand.end))
        for operator, operand in node.rest
    ]

    def run_arithmetic(run: Run, local: Local) -> object:
        value = first(run, local)
        for operator, code, site in rest:
            operand = code(run, local)
            try:
                value = combined(operator, value, operand)
            except Unanswerable as reason:
                run.null(site, reason)
                value = None
            if type(value) is str:
                run.spend(1 + len(value) // TEXT_PER_STEP)
        return value

    return run_arithmetic


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
            return run.null(site, reason)

    return run_negation


@compiles(Comparison)
def comparison(compiler: Compiler, node: Comparison, scope: Scope) -> Code:
    """`a = b` and its kin."""
    left, right = compiler.code(node.left, scope), compiler.code(node.right, scope)
    site, operator, fast = compiler.site(node), node.operator, _FAST[node.operator]

    def compare(run: Run, one: object, other: object) -> object:
        try:
            if operator == "=":
                return equal(one, other, run.spend)
            if operator == "!=":
                return not equal(one, other, run.spend)
            return compared(operator, one, other)
        except Unanswerable as reason:
            return run.null(site, reason)

    def run_comparison(run: Run, local: Local) -> object:
        one, other = left(run, local), right(run, local)
        if type(one) is Decimal and type(other) is Decimal:
            return fast(one, other)
        return compare(run, one, other)

    if not isinstance(node.right, Literal) or not isinstance(node.right.value, Decimal):
        return run_comparison
    bound = node.right.value

    def run_with_number(run: Run, local: Local) -> object:
        one = left(run, local)
        return fast(one, bound) if type(one) is Decimal else compare(run, one, bound)

    return run_with_number


@compiles(Between)
def between(compiler: Compiler, node: Between, scope: Scope) -> Code:
    """`a between b and c`, both included."""
    value, low, high = compiler.codes((node.value, node.low, node.high), scope)
    site = compiler.site(node)

    def run_between(run: Run, local: Local) -> object:
        tested, least, most = value(run, local), low(run, local), high(run, local)
        try:
            # Both sides are asked, so that a bound of another kind is never passed over.
            above, below = compared(">=", tested, least), compared("<=", tested, most)
        except Unanswerable as reason:
            return run.null(site, reason)
        return above and below

    return run_between


@compiles(InstanceOf)
def instance_of(compiler: Compiler, node: InstanceOf, scope: Scope) -> Code:
    """`a instance of type`."""
    value, kind, site = compiler.code(node.value, scope), node.type, compiler.site(node)

    def run_instance_of(run: Run, local: Local) -> object:
        tested = value(run, local)
        described(tested)  # a sealed value stops here
        try:
            return run.types.holds(tested, kind)
        except Unanswerable as reason:
            return run.null(site, reason)

    return run_instance_of
