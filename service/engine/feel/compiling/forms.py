"""if, lists, contexts, ranges, and functions as values."""

from collections.abc import Sequence
from contextlib import suppress

from service.domain.sentences import say
from service.engine.feel.compiling.compiler import Code, Compiler, Local, Scope, compiles
from service.engine.feel.compiling.inferring import type_of
from service.engine.feel.errors import Unanswerable
from service.engine.feel.kinds.compare import range_beside, range_between
from service.engine.feel.kinds.kind import described
from service.engine.feel.kinds.special import Function, Parameter, Range
from service.engine.feel.run import Run
from service.engine.feel.syntax.nodes import Conditional, ContextOf, FunctionOf, ListOf, Literal, RangeOf, SideOf

RANGE = 16
"""Steps that making a range costs."""

FUNCTION = 16
"""Steps that making a function costs, and entering it."""


@compiles(Conditional)
def conditional(compiler: Compiler, node: Conditional, scope: Scope) -> Code:
    """`if a then b else c`: c where a is not true. A condition that is neither is a reason, and a fault in diagrams."""
    branches = [
        (compiler.code(condition, scope), compiler.site(condition), compiler.code(value, scope))
        for condition, value in node.branches
    ]
    otherwise = compiler.code(node.otherwise, scope)

    def run_conditional(run: Run, local: Local) -> object:
        for condition, site, value in branches:
            answer = condition(run, local)
            if answer is True:
                return value(run, local)
            if answer is not False:
                run.null(
                    site,
                    say("the condition of `if` is %(answer)s, neither true nor false", answer=described(answer, site)),
                )
        return otherwise(run, local)

    return run_conditional


@compiles(ListOf)
def list_of(compiler: Compiler, node: ListOf, scope: Scope) -> Code:
    """`[a, b]`."""
    items = compiler.codes(node.items, scope)

    def run_list(run: Run, local: Local) -> object:
        return [item(run, local) for item in items]

    return run_list


@compiles(ContextOf)
def context_of(compiler: Compiler, node: ContextOf, scope: Scope) -> Code:
    """`{a: 1, b: a}`."""
    inner, site = Scope(scope), compiler.site(node)
    entries = []
    for key, value in node.entries:
        code = compiler.code(value, inner)
        slot = compiler.slot()
        inner.slots[key] = slot
        entries.append((key, slot, code))
    twice = len({key for key, _ in node.entries}) < len(entries)

    def run_context(run: Run, local: Local) -> object:
        if twice:
            return run.null(site, say("the context has two entries of one name"))
        made: dict[str, object] = {}
        for key, slot, code in entries:
            made[key] = local[slot] = code(run, local)
        return made

    return run_context


@compiles(RangeOf)
def range_of(compiler: Compiler, node: RangeOf, scope: Scope) -> Code:
    """`[a..b]` as a value; its ends must have an order, and not lie the wrong way round."""
    compiler.heavier(RANGE)
    low = compiler.code(node.low, scope) if node.low else None
    high = compiler.code(node.high, scope) if node.high else None
    site, low_included, high_included = compiler.site(node), node.low_included, node.high_included
    constant = _constant(node)
    if constant is not None:
        return lambda _, __: constant

    def run_range(run: Run, local: Local) -> object:
        start = low(run, local) if low else None
        end = high(run, local) if high else None
        try:
            if (low and start is None and low_included) or (high and end is None and high_included):
                raise Unanswerable(say("an end of the range is null, and the range is said to reach it"))
            return range_between(start, end, low_included, high_included)
        except Unanswerable as reason:
            return run.null(site, reason.reason)

    return run_range


def _constant(node: RangeOf) -> Range | None:
    """The range whose ends stand in the text, if that is a range."""
    low, high = node.low, node.high
    if not isinstance(low, Literal | None) or not isinstance(high, Literal | None):
        return None
    if (low and low.value is None) or (high and high.value is None):
        return None
    try:
        return range_between(low and low.value, high and high.value, node.low_included, node.high_included)
    except Unanswerable:
        return None


@compiles(SideOf)
def side_of(compiler: Compiler, node: SideOf, scope: Scope) -> Code:
    """`< a` as a value; what it is compared with must have an order."""
    compiler.heavier(RANGE)
    bound, site, sign = compiler.code(node.bound, scope), compiler.site(node), node.sign
    if isinstance(node.bound, Literal) and node.bound.value is not None:
        with suppress(Unanswerable):
            constant = range_beside(sign, node.bound.value)
            return lambda _, __: constant

    def run_side(run: Run, local: Local) -> object:
        try:
            return range_beside(sign, bound(run, local))
        except Unanswerable as reason:
            return run.null(site, reason.reason)

    return run_side


@compiles(FunctionOf)
def function_of(compiler: Compiler, node: FunctionOf, scope: Scope) -> Code:
    """`function(a) body`: it remembers what the names around it stood for."""
    inner, site = Scope(scope), compiler.site(node)
    inner.slots = {name: compiler.slot() for name, _ in node.parameters}
    slots = [inner.slots[name] for name, _ in node.parameters]
    parameters = tuple(Parameter(name, kind) for name, kind in node.parameters)
    code, weight, height = compiler.measured(node.body, inner)
    external, result = node.external, type_of(node.body)

    def run_function(run: Run, local: Local) -> object:
        if external:
            return run.null(site, say("a function in another language is not run"))
        known, values = local[:], run.values
        cost = FUNCTION + weight + len(known) // 16
        run.spend(cost)

        def body(run: Run, arguments: Sequence[object]) -> object:
            run.spend(cost)
            frame = known[:]
            for slot, parameter, argument in zip(slots, parameters, arguments, strict=True):
                frame[slot] = parameter.taken(run, argument)
            # Handed to another decision, it still means what was given where it was written.
            return code(run, frame) if run.values is values else run.among(values, lambda: code(run, frame))

        return Function(parameters, body, height + 3, result)

    return run_function
