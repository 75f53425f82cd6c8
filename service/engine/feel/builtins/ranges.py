"""How points and ranges lie to one another (DMN 1.5, 10.3.4.10, table 78)."""

from collections.abc import Callable

from service.domain.sentences import say
from service.engine.feel.builtins.table import Overload, define
from service.engine.feel.errors import Unanswerable
from service.engine.feel.kinds.compare import before as precedes
from service.engine.feel.kinds.compare import within
from service.engine.feel.kinds.costs import cost
from service.engine.feel.kinds.special import Range
from service.engine.feel.run import Run

Relation = Callable[[object, object], bool]


def equal(left: object, right: object) -> bool:
    """Whether two points are one."""
    return not precedes(left, right) and not precedes(right, left)


def before(left: object, right: object) -> bool:
    """Whether all of one lies before all of the other."""
    end, closed = (left.end, left.end_included) if isinstance(left, Range) else (left, True)
    start, opened = (right.start, right.start_included) if isinstance(right, Range) else (right, True)
    return precedes(end, start) or (not (closed and opened) and equal(end, start))


def meets(left: Range, right: Range) -> bool:
    """Whether one ends with the very point that the other starts with."""
    return left.end_included and right.start_included and equal(left.end, right.start)


def overlaps(left: Range, right: Range) -> bool:
    """Whether they have a point in common."""
    return not before(left, right) and not before(right, left)


def overlaps_before(left: Range, right: Range) -> bool:
    """Whether one starts first, reaches into the other, and does not reach beyond it."""
    starts_first = precedes(left.start, right.start) or (
        left.start_included and not right.start_included and equal(left.start, right.start)
    )
    return starts_first and overlaps(left, right) and _ends_no_later(left, right)


def finishes(left: object, right: Range) -> bool:
    """Whether a point is the other's last, or a range lies within it up to its end."""
    if not isinstance(left, Range):
        return right.end_included and equal(left, right.end)
    ends_alike = left.end_included == right.end_included and equal(left.end, right.end)
    return ends_alike and _starts_no_earlier(left, right)


def starts(left: object, right: Range) -> bool:
    """Whether a point is the other's first, or a range lies within it from its start."""
    if not isinstance(left, Range):
        return right.start_included and equal(left, right.start)
    starts_alike = left.start_included == right.start_included and equal(left.start, right.start)
    return starts_alike and _ends_no_later(left, right)


def during(left: object, right: Range) -> bool:
    """Whether a point or a range lies within the other."""
    if not isinstance(left, Range):
        return within(left, right)
    return _starts_no_earlier(left, right) and _ends_no_later(left, right)


def coincides(left: object, right: object) -> bool:
    """Whether the two are one."""
    if not isinstance(left, Range) or not isinstance(right, Range):
        return equal(left, right)
    included = (left.start_included, left.end_included) == (right.start_included, right.end_included)
    return included and equal(left.start, right.start) and equal(left.end, right.end)


def _ends_no_later(left: Range, right: Range) -> bool:
    if precedes(left.end, right.end):
        return True
    return (not left.end_included or right.end_included) and equal(left.end, right.end)


def _starts_no_earlier(left: Range, right: Range) -> bool:
    if precedes(right.start, left.start):
        return True
    return (not left.start_included or right.start_included) and equal(left.start, right.start)


def _turned(relation: Callable[..., bool]) -> Relation:
    return lambda left, right: relation(right, left)


_SHAPES = {"point": say("a point"), "range": say("a range")}


def _defined(name: str, relation: Callable[..., bool], shapes: str) -> list[Overload]:
    """A relation and the shapes that its sides may have: `point` or `range`, as `point range, range range`."""
    allowed = [tuple(shape.split()) for shape in shapes.split(", ")]

    def body(run: Run, left: object, right: object) -> bool:
        run.spend(8 + 3 * (cost(left) + cost(right)))
        shape = tuple("range" if isinstance(side, Range) else "point" for side in (left, right))
        if shape not in allowed:
            left_words, right_words = (_SHAPES[part] for part in shape)
            raise Unanswerable(
                say("`%(name)s` is not asked of %(left)s and %(right)s", name=name, left=left_words, right=right_words)
            )
        if any(isinstance(side, Range) and side.sign == "!=" for side in (left, right)):
            raise Unanswerable(say("`%(name)s` is not asked of a range that leaves a value out", name=name))
        return relation(left, right)

    return [define(name, _parameters(shape), body, run=True) for shape in allowed]


def _parameters(shape: tuple[str, ...]) -> str:
    """Two sides as the standard names them: `point` and `range`, or `range1` and `range2`."""
    numbers = ("1", "2") if shape[0] == shape[1] else ("", "")
    kinds = {"point": "any", "range": "range"}
    return ", ".join(f"{side}{number}: {kinds[side]}" for side, number in zip(shape, numbers, strict=True))


_POINT_FIRST = "point range, range range"
_RANGE_FIRST = "range point, range range"
_EITHER = "point point, point range, range point, range range"
_RANGES = "range range"

TABLE = (
    *_defined("before", before, _EITHER),
    *_defined("after", _turned(before), _EITHER),
    *_defined("meets", meets, _RANGES),
    *_defined("met by", _turned(meets), _RANGES),
    *_defined("overlaps", overlaps, _RANGES),
    *_defined("overlaps before", overlaps_before, _RANGES),
    *_defined("overlaps after", _turned(overlaps_before), _RANGES),
    *_defined("finishes", finishes, _POINT_FIRST),
    *_defined("finished by", _turned(finishes), _RANGE_FIRST),
    *_defined("includes", _turned(during), _RANGE_FIRST),
    *_defined("during", during, _POINT_FIRST),
    *_defined("starts", starts, _POINT_FIRST),
    *_defined("started by", _turned(starts), _RANGE_FIRST),
    *_defined("coincides", coincides, "point point, range range"),
)
