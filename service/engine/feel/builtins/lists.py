"""Lists (DMN 1.5, 10.3.4.4). Positions count from 1, or from the end with a minus."""

from decimal import Decimal

from service.domain.sentences import say
from service.engine.feel.builtins.table import define
from service.engine.feel.errors import Stopped, Unanswerable
from service.engine.feel.kinds.compare import same
from service.engine.feel.kinds.keys import key_of
from service.engine.feel.kinds.kind import described
from service.engine.feel.kinds.numbers import whole_part
from service.engine.feel.kinds.special import Callee
from service.engine.feel.limits import LIST_LENGTH, VALUE_DEPTH
from service.engine.feel.run import Run

List = list[object]

CALL = 8
"""Steps of calling a function once."""


def place(items: List, position: Decimal) -> int:
    """A position as Python counts. Raises Unanswerable where the list has none such."""
    at = whole_part(position, "a position")
    if at == 0 or abs(at) > len(items):
        raise Unanswerable(say("the list has %(count)s elements, and none at %(at)s", count=len(items), at=at))
    return at - 1 if at > 0 else len(items) + at


def list_contains(run: Run, items: List, element: object) -> bool:
    """Whether an element occurs; null may be looked for."""
    run.spend(2 * len(items))
    return any(same(item, element, run.spend) for item in items)


def sublist(run: Run, items: List, start: Decimal, length: Decimal | None = None) -> List:
    """The elements from a position on, as many as asked for."""
    begin = place(items, start)
    if length is None:
        return run.list(items[begin:])
    size = whole_part(length, "`sublist`")
    if size < 1 or begin + size > len(items):
        raise Unanswerable(say("the list has no %(size)s elements from position %(start)s on", size=size, start=start))
    return run.list(items[begin : begin + size])


def append(run: Run, items: List, *new: object) -> List:
    """The list with elements behind it."""
    return run.list([*items, *new])


def concatenate(run: Run, *lists: List) -> List:
    """The lists in one."""
    if sum(map(len, lists)) > LIST_LENGTH:
        raise Stopped(say("a list of more than %(most)s elements came out", most=LIST_LENGTH))
    return run.list([item for items in lists for item in items])


def insert_before(run: Run, items: List, position: Decimal, new: object) -> List:
    """The list with an element before that position."""
    at = place(items, position)
    return run.list([*items[:at], new, *items[at:]])


def remove(run: Run, items: List, position: Decimal) -> List:
    """The list without the element at that position."""
    at = place(items, position)
    return run.list([*items[:at], *items[at + 1 :]])


def list_replace(run: Run, items: List, where: object, new: object) -> List:
    """The list with a new element at a position, or wherever `where(old, new)` says so."""
    if isinstance(where, Decimal):
        at = place(items, where)
        return run.list([*items[:at], new, *items[at + 1 :]])
    matches: Callee = where  # type: ignore[assignment]  # a function: the table lets nothing else in
    run.spend(CALL * len(items))
    answers = [(matches.call(run, (item, new)), item) for item in items]
    if any(answer is not True and answer is not False for answer, _ in answers):
        raise Unanswerable(say("the function of `list replace` must say true or false of every element"))
    return run.list([new if answer else item for answer, item in answers])


def index_of(run: Run, items: List, match: object) -> List:
    """The positions where an element occurs."""
    run.spend(2 * len(items))
    return [Decimal(at) for at, item in enumerate(items, 1) if same(item, match, run.spend)]


def distinct_values(run: Run, *lists: List) -> List:
    """The elements of all lists, each once, in the order they first occur."""
    seen: dict[object, object] = {}
    for items in lists:
        for item in items:
            seen.setdefault(key_of(item, run.spend), item)
    return run.list(list(seen.values()))


def flatten(run: Run, items: List) -> List:
    """The elements of all lists within, in one list."""
    flat: List = []

    def walk(inner: List, depth: int) -> None:
        if depth > VALUE_DEPTH:
            raise Stopped(say("the list is nested too deep"))
        for item in inner:
            run.spend(2)
            if isinstance(item, list):
                walk(item, depth + 1)
            else:
                flat.append(item)

    walk(items, 0)
    return run.list(flat)


def every_one(run: Run, items: List) -> bool | None:
    """false if one is false, else null if one is null, else true."""
    return _decided(run, items, "all", decisive=False)


def any_one(run: Run, items: List) -> bool | None:
    """true if one is true, else null if one is null, else false."""
    return _decided(run, items, "any", decisive=True)


def _decided(run: Run, items: List, name: str, *, decisive: bool) -> bool | None:
    run.spend(len(items))
    if any(item is decisive for item in items):
        return decisive
    for item in items:
        if item is not None and not isinstance(item, bool):
            raise Unanswerable(say("`%(name)s` joins true and false, not %(item)s", name=name, item=described(item)))
    return None if any(item is None for item in items) else not decisive


def count(items: list[object]) -> Decimal:
    """How many elements a list has."""
    return Decimal(len(items))


TABLE = (
    define("list contains", "list: list, element: any", list_contains, run=True),
    define("count", "list: list", count),
    define("sublist", "list: list, start position: number, length?: number", sublist, run=True),
    define("append", "list: list, item...: any", append, run=True),
    define("concatenate", "list...: list", concatenate, run=True),
    define("insert before", "list: list, position: number, newItem: any", insert_before, run=True),
    define("remove", "list: list, position: number", remove, run=True),
    define("list replace", "list: list, position: number | function, newItem: any", list_replace, run=True),
    define("list replace", "list: list, match: function, newItem: any", list_replace, run=True),
    define("reverse", "list: list", lambda run, items: run.list(items[::-1]), run=True, gives="list"),
    define("index of", "list: list, match: any", index_of, run=True),
    define("distinct values", "list: list", distinct_values, run=True),
    define("union", "list...: list", distinct_values, run=True),
    define("flatten", "list: list", flatten, run=True),
    define("all", "list: list", every_one, run=True),
    define("all", "b...: any", lambda run, *items: every_one(run, list(items)), run=True, gives="boolean"),
    define("any", "list: list", any_one, run=True),
    define("any", "b...: any", lambda run, *items: any_one(run, list(items)), run=True, gives="boolean"),
)
