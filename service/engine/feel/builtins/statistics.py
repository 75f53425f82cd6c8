"""What a list of numbers amounts to, and its order (DMN 1.5, 10.3.4.4 and 10.3.4.7).

Each takes one list, or its elements as arguments. null in the list makes the answer null.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cmp_to_key

from service.domain.sentences import say
from service.engine.feel.builtins.table import Overload, define
from service.engine.feel.errors import Unanswerable
from service.engine.feel.kinds.compare import before
from service.engine.feel.kinds.costs import cost
from service.engine.feel.kinds.durations import DaysDuration, MonthsDuration, days_duration, months_duration
from service.engine.feel.kinds.kind import described
from service.engine.feel.kinds.numbers import DECIMAL128
from service.engine.feel.kinds.special import Callee
from service.engine.feel.run import Run

List = list[object]


def minimum(run: Run, items: List) -> object:
    """The element that comes first; null for an empty list."""
    return _first(run, items, before)


def maximum(run: Run, items: List) -> object:
    """The element that comes last; null for an empty list."""
    return _first(run, items, lambda left, right: before(right, left))


def _first(run: Run, items: List, comes_before: Callable[[object, object], bool]) -> object:
    run.spend(2 * len(items) + sum(map(cost, items)))
    if not items:
        return None
    best = items[0]
    comes_before(best, best)  # an element without an order is refused, even alone
    for item in items[1:]:
        if comes_before(item, best):
            best = item
    return best


def total(run: Run, items: List) -> object:
    """The sum of numbers, or of durations of one kind; null for an empty list."""
    run.spend(len(items))
    if not items:
        return None
    if all(isinstance(item, MonthsDuration) for item in items):
        return months_duration(sum(item.months for item in items if isinstance(item, MonthsDuration)))
    if all(isinstance(item, DaysDuration) for item in items):
        return days_duration(sum(item.nanoseconds for item in items if isinstance(item, DaysDuration)))
    return _sum(_numbers(items))


def mean(run: Run, items: List) -> Decimal | None:
    """The arithmetic mean; null for an empty list."""
    run.spend(len(items))
    numbers = _numbers(items)
    return DECIMAL128.divide(_sum(numbers), Decimal(len(numbers))) if numbers else None


def product(run: Run, items: List) -> Decimal | None:
    """The product; null for an empty list."""
    run.spend(len(items))
    numbers = _numbers(items)
    result = Decimal(1)
    for number in numbers:
        result = DECIMAL128.multiply(result, number)
    return result if numbers else None


def median(run: Run, items: List) -> Decimal | None:
    """The middle one, or the mean of the middle two; null for an empty list."""
    run.spend(len(items) * 6)
    numbers = sorted(_numbers(items))
    if not numbers:
        return None
    half = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[half]
    return DECIMAL128.divide(DECIMAL128.add(numbers[half - 1], numbers[half]), Decimal(2))


def deviation(run: Run, items: List) -> Decimal:
    """The standard deviation of a sample; at least two numbers."""
    run.spend(len(items) * 16)
    numbers = _numbers(items)
    if len(numbers) < 2:
        raise Unanswerable(say("`stddev` wants at least two numbers"))
    middle = DECIMAL128.divide(_sum(numbers), Decimal(len(numbers)))
    squares = [DECIMAL128.power(DECIMAL128.subtract(number, middle), Decimal(2)) for number in numbers]
    return DECIMAL128.sqrt(DECIMAL128.divide(_sum(squares), Decimal(len(numbers) - 1)))


def mode(run: Run, items: List) -> List:
    """The numbers that occur most often, the smallest first."""
    run.spend(len(items) * 8)
    counts = Counter(_numbers(items))
    most = max(counts.values(), default=0)
    return [number for number in sorted(counts) if counts[number] == most]


def sort(run: Run, items: List, precedes: Callee | None = None) -> List:
    """The list in the order of `precedes(x, y)`; in that of `<` where none is given. Equal ones keep their order."""

    def comes_before(left: object, right: object) -> bool:
        run.spend(4 + cost(left) + cost(right))
        if precedes is None:
            return before(left, right)
        answer = precedes.call(run, (left, right))
        if answer is not True and answer is not False:
            raise Unanswerable(
                say("the function of `sort` must say true or false, not %(answer)s", answer=described(answer))
            )
        return answer

    def compare(left: object, right: object) -> int:
        if comes_before(left, right):
            return -1
        return 1 if comes_before(right, left) else 0

    run.spend(2 * len(items))  # every element is made ready before the first two are compared
    return run.list(sorted(items, key=cmp_to_key(compare)))


def _numbers(items: List) -> list[Decimal]:
    for item in items:
        if not isinstance(item, Decimal):
            raise Unanswerable(say("a list of numbers is wanted, and it holds %(item)s", item=described(item)))
    return [item for item in items if isinstance(item, Decimal)]


def _sum(numbers: list[Decimal]) -> Decimal:
    result = Decimal(0)
    for number in numbers:
        result = DECIMAL128.add(result, number)
    return result


def _either_way(name: str, body: Callable[[Run, List], object]) -> tuple[Overload, Overload]:
    return (
        listed := define(name, "list: list", body, run=True),
        replace(define(name, "item...: any", lambda run, *items: body(run, list(items)), run=True), gives=listed.gives),
    )


TABLE = (
    *_either_way("min", minimum),
    *_either_way("max", maximum),
    *_either_way("sum", total),
    *_either_way("mean", mean),
    *_either_way("product", product),
    *_either_way("median", median),
    *_either_way("stddev", deviation),
    *_either_way("mode", mode),
    define("sort", "list: list, precedes?: function", sort, run=True),
)
