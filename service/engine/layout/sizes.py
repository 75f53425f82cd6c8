"""How big a shape is, in pixels. The usual sizes of BPMN editors; an activity grows with its names."""

from collections.abc import Sequence

from service.engine.layout.scene import Node
from service.engine.layout.text import LINE, NAME_SIZE, block_size, lines_of, text_width, widest_word
from service.engine.reading.vocabulary import EVENTS, GATEWAYS

EVENT, GATEWAY = 36, 50
DATA_OBJECT, DATA_STORE = (36, 50), (50, 50)
# What a boundary event takes of its host's lower edge, and the same where more than two need room for their names.
BOUNDARY_PITCH, NAMED_PITCH = 50, 100
BESIDE_HOOK = 8
"""How far from the middle of a boundary event its second and third flow dock."""
STRIP_LINES = 2
"""So many lines of a name fit into the strip at the left of a pool or lane."""

_TASK_WIDTHS = (100, 140, 180)
_TASK_HEIGHT = 80
_PADDING = 5
_LINES = 3
_SYMBOL, _MARKER = 25, 20
_NARROW = 1.1
_NOTE_WIDTHS = (100, 180)
_NOTE_HEIGHT, _NOTE_PADDING = 60, 7


def size_of(node: Node, names: Sequence[str], boundaries: int = 0) -> tuple[int, int]:
    """Width and height of a node that holds nothing, with room for any of these names and so many boundary events on
    its lower edge; both even."""
    if node.kind in EVENTS:
        return EVENT, EVENT
    if node.kind in GATEWAYS:
        return GATEWAY, GATEWAY
    if node.kind == "dataObjectReference":
        return DATA_OBJECT
    if node.kind == "dataStoreReference":
        return DATA_STORE
    if node.kind == "textAnnotation":
        return _note(names)
    width, height = _activity(names, node.marked)
    return max(width, boundaries * NAMED_PITCH if boundaries > 2 else 0), height


def boundary_offsets(count: int, width: int) -> tuple[int, ...]:
    """Where the centres of `count` boundary events lie, in pixels right of the centre of a host that is `width` wide."""
    if count == 1:
        return (width // 2 - BOUNDARY_PITCH // 2,)
    pitch = NAMED_PITCH if count > 2 else BOUNDARY_PITCH
    return tuple(pitch * place - pitch * (count - 1) // 2 for place in range(count))


def crowded(name: str, size: tuple[float, float], *, symbol: bool, marked: bool) -> bool:
    """Whether the name in an activity of that size runs into the `symbol` in its corner, into the marker at the bottom
    of one that is `marked`, or out of it."""
    return any(_met(lines_of(name, room, NAME_SIZE), size, symbol, marked) for room in _rooms(size[0]))


def _met(lines: Sequence[str], size: tuple[float, float], symbol: bool, marked: bool) -> bool:
    pitch = NAME_SIZE * LINE
    above = (size[1] - len(lines) * pitch) / 2
    beside = (line for number, line in enumerate(lines) if above + number * pitch < _SYMBOL)
    met = symbol and any(text_width(line, NAME_SIZE) > size[0] - 2 * _SYMBOL for line in beside)
    return met or above < (_MARKER if marked else 0)


def _rooms(width: float) -> tuple[float, float]:
    """How wide a line of a name may be in a shape, by our measure; in a narrow font there is room for more in it."""
    return width - 2 * _PADDING, (width - 2 * _PADDING) * _NARROW


def _activity(names: Sequence[str], marked: bool) -> tuple[int, int]:
    for width in _TASK_WIDTHS:
        if all(_fits(name, width, marked) for name in names):
            return width, _TASK_HEIGHT
    needed = max(block_size(name, _TASK_WIDTHS[-1] - 2 * _PADDING, NAME_SIZE)[1] for name in names)
    room = needed + 2 * _SYMBOL
    return _TASK_WIDTHS[-1], max(_TASK_HEIGHT, room + room % 2)


def _fits(name: str, width: int, marked: bool) -> bool:
    whole = widest_word(name, NAME_SIZE) <= width - 2 * _PADDING
    short = len(lines_of(name, width - 2 * _PADDING, NAME_SIZE)) <= _LINES
    return whole and short and not crowded(name, (width, _TASK_HEIGHT), symbol=True, marked=marked)


def _note(names: Sequence[str]) -> tuple[int, int]:
    for width in _NOTE_WIDTHS:
        needed = max(block_size(name, width - 2 * _NOTE_PADDING, NAME_SIZE)[1] for name in names)
        if needed <= _NOTE_HEIGHT or width == _NOTE_WIDTHS[-1]:
            break
    height = max(40, needed + 2 * _NOTE_PADDING)
    return width, height + height % 2
