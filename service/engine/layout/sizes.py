"""How big a shape is, in pixels. The usual sizes of BPMN editors; an activity grows with its name."""

from service.engine.layout.scene import Node
from service.engine.layout.text import NAME_SIZE, block_size, lines_of, text_width, widest_word
from service.engine.reading.vocabulary import EVENTS, GATEWAYS

EVENT, GATEWAY = 36, 50
DATA_OBJECT, DATA_STORE = (36, 50), (50, 50)
# What a boundary event takes of its host's lower edge, and the same where more than two need room for their names.
BOUNDARY_PITCH, NAMED_PITCH = 50, 100
BESIDE_HOOK = 8
"""How far from the middle of a boundary event its second and third flow dock."""

_TASK_WIDTHS = (100, 140, 180)
_TASK_HEIGHT = 80
_PADDING = 5
# More lines would run into the marker at the bottom or, where the first is long, into the symbol in the upper corner.
_LINES, _MARKED_LINES, _FREE_LINES = 3, 2, 2
_SYMBOL = 25
_NOTE_WIDTHS = (100, 180)
_NOTE_HEIGHT, _NOTE_PADDING = 60, 7


def size_of(node: Node, boundaries: int = 0) -> tuple[int, int]:
    """Width and height of a node that holds nothing, with so many boundary events on its lower edge; both even."""
    if node.kind in EVENTS:
        return EVENT, EVENT
    if node.kind in GATEWAYS:
        return GATEWAY, GATEWAY
    if node.kind == "dataObjectReference":
        return DATA_OBJECT
    if node.kind == "dataStoreReference":
        return DATA_STORE
    if node.kind == "textAnnotation":
        return _note(node.name)
    width, height = _activity(node)
    return max(width, boundaries * NAMED_PITCH if boundaries > 2 else 0), height


def boundary_offsets(count: int, width: int) -> tuple[int, ...]:
    """Where the centres of `count` boundary events lie, in pixels right of the centre of a host that is `width` wide."""
    if count == 1:
        return (width // 2 - BOUNDARY_PITCH // 2,)
    pitch = NAMED_PITCH if count > 2 else BOUNDARY_PITCH
    return tuple(pitch * place - pitch * (count - 1) // 2 for place in range(count))


def _activity(node: Node) -> tuple[int, int]:
    for width in _TASK_WIDTHS:
        lines = lines_of(node.name, width - 2 * _PADDING, NAME_SIZE)
        clear = len(lines) <= _FREE_LINES or text_width(lines[0], NAME_SIZE) <= width - 2 * _SYMBOL
        whole = widest_word(node.name, NAME_SIZE) <= width - 2 * _PADDING
        if clear and whole and len(lines) <= (_MARKED_LINES if node.marked else _LINES):
            return width, _TASK_HEIGHT
    _, needed = block_size(node.name, _TASK_WIDTHS[-1] - 2 * _PADDING, NAME_SIZE)
    room = needed + 2 * _SYMBOL
    return _TASK_WIDTHS[-1], max(_TASK_HEIGHT, room + room % 2)


def _note(text: str) -> tuple[int, int]:
    for width in _NOTE_WIDTHS:
        _, needed = block_size(text, width - 2 * _NOTE_PADDING, NAME_SIZE)
        if needed <= _NOTE_HEIGHT or width == _NOTE_WIDTHS[-1]:
            break
    height = max(40, needed + 2 * _NOTE_PADDING)
    return width, height + height % 2
