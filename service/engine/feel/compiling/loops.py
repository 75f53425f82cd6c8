"""for, some, every (DMN 1.5, 10.3.2.14)."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from service.domain.sentences import say
from service.engine.feel.compiling.compiler import Code, Compiler, Local, Scope, compiles
from service.engine.feel.errors import Stopped, Unanswerable
from service.engine.feel.kinds.dates import Date, date_of_number
from service.engine.feel.kinds.kind import described
from service.engine.feel.kinds.numbers import whole_times
from service.engine.feel.kinds.special import Range
from service.engine.feel.limits import LIST_LENGTH
from service.engine.feel.run import Run
from service.engine.feel.syntax.nodes import For, Iterator, Node, Quantified

AGAIN = 6
"""Steps that beginning with an inner list costs, for each element of the outer."""

DATE = 12
"""Steps that finding a day in the calendar costs."""

Source = Callable[[Run, Local], Iterable[object]]


@compiles(For)
def loop(compiler: Compiler, node: For, scope: Scope) -> Code:
    """`for … return body`: a list of the body's values; `partial` is that list as far as it has come."""
    inner = Scope(scope)
    partial = compiler.slot()
    inner.slots["partial"] = partial
    iterators, innermost = _iterators(compiler, node.iterators, inner)
    body, weight = compiler.weighed(node.body, innermost)
    site, keeps = compiler.site(node), "partial" in inner.used

    def run_loop(run: Run, local: Local) -> object:
        results: list[object] = []
        try:
            for _ in _each(run, local, iterators):
                run.spend(weight)
                if keeps:
                    run.spend(len(results) // 16)
                    local[partial] = results[:]
                results.append(body(run, local))
                if len(results) > LIST_LENGTH:
                    raise Stopped(say("a list of more than %(most)s elements came out", most=LIST_LENGTH))
        except Unanswerable as reason:
            return run.null(site, reason.reason)
        except Stopped as stop:
            raise stop.at(site) from None
        return results

    return run_loop


@compiles(Quantified)
def quantified(compiler: Compiler, node: Quantified, scope: Scope) -> Code:
    """`some` is a row of `or`, `every` a row of `and`; anything but true, false and null in the row makes it null."""
    iterators, innermost = _iterators(compiler, node.iterators, Scope(scope))
    body, weight = compiler.weighed(node.body, innermost)
    site, inside, decisive = compiler.site(node), compiler.site(node.body), node.quantifier == "some"

    def run_quantified(run: Run, local: Local) -> object:
        answer: bool | None = not decisive
        try:
            for _ in _each(run, local, iterators):
                run.spend(weight)
                value = body(run, local)
                if value is decisive:
                    return decisive
                if value is None:
                    answer = None
                elif value is not (not decisive):
                    return run.null(
                        inside, say("`satisfies` wants true or false, not %(value)s", value=described(value, inside))
                    )
        except Unanswerable as reason:
            return run.null(site, reason.reason)
        except Stopped as stop:
            raise stop.at(site) from None
        return answer

    return run_quantified


def _iterators(
    compiler: Compiler, iterators: tuple[Iterator, ...], scope: Scope
) -> tuple[list[tuple[int, Source]], Scope]:
    """The slots and sources of the iterators, and the scope inside: each sees those before it."""
    made = []
    for iterator in iterators:
        source = _source(compiler, iterator.source, iterator.until, scope)
        scope = Scope(scope)
        slot = compiler.slot()
        scope.slots[iterator.name] = slot
        made.append((slot, source))
    return made, scope


def _source(compiler: Compiler, start: Node, until: Node | None, scope: Scope) -> Source:
    first = compiler.code(start, scope)
    if until is None:
        return lambda run, local: _items(run, first(run, local))
    last = compiler.code(until, scope)
    return lambda run, local: _counted(run, first(run, local), last(run, local))


def _each(run: Run, local: Local, iterators: list[tuple[int, Source]]) -> Iterable[None]:
    (slot, source), rest = iterators[0], iterators[1:]
    price = AGAIN if rest else 1
    for item in source(run, local):
        run.spend(price)
        local[slot] = item
        if rest:
            yield from _each(run, local, rest)
        else:
            yield


def _items(run: Run, value: object) -> Iterable[object]:
    if isinstance(value, list):
        return value
    if isinstance(value, Range):
        if value.sign == "!=":
            raise Unanswerable(say("one cannot count through a range that leaves a value out"))
        items = _counted(run, value.start, value.end)
        return (
            item
            for item in items
            if (value.start_included or item != value.start) and (value.end_included or item != value.end)
        )
    if value is None:
        raise Unanswerable(say("null is no list to walk through"))
    described(value)  # a sealed value stops here
    return [value]


def _counted(run: Run, start: object, end: object) -> Iterable[object]:
    """From one whole number or day to another, up or down."""
    if isinstance(start, Decimal) and isinstance(end, Decimal):
        return (Decimal(number) for number in _steps(whole_times(start, "counting"), whole_times(end, "counting")))
    if isinstance(start, Date) and isinstance(end, Date):
        return _days(run, _steps(start.number, end.number))
    raise Unanswerable(say("one cannot count from %(start)s to %(end)s", start=described(start), end=described(end)))


def _days(run: Run, numbers: range) -> Iterable[Date]:
    for number in numbers:
        run.spend(DATE)
        yield date_of_number(number)


def _steps(first: int, last: int) -> range:
    return range(first, last + 1) if first <= last else range(first, last - 1, -1)
