"""Which row each thread takes within its lane: few rows, short links, few crossings.

Threads are set one after the other where they cost least, the main one first, and then moved while that helps. Rows
count from 0 (where the main thread of a lane lies) downwards; those above are negative.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

_ROW, _CROSSING, _DISTANCE = 3.0, 2.5, 1.0
# Between lanes a flow runs down the page anyway: how far matters less.
_BETWEEN_LANES = 0.1
_UPWARD_DROP, _OBSTACLE, _LOWER_NOTE = 4.0, 2.0, 0.5
# Near the row of the main thread, and rather below it than above.
_ASTRAY, _UPPER = 0.4, 0.05
_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """One node: its columns (first and last), how many rows it needs above and below its own, and its lane.

    An `artifact` stays near what it belongs to rather than near the main row; a `note` does so above it.
    """

    id: str
    first: int
    last: int
    above: int = 0
    below: int = 0
    lane: str | None = None
    artifact: bool = False
    note: bool = False


@dataclass(frozen=True, slots=True)
class Pull:
    """A link that wants to be short. One that `drops` leaves downwards; `weight` 1 is an ordinary flow's."""

    source: str
    target: str
    weight: float = _DISTANCE
    drops: bool = False


@dataclass(slots=True)
class _Board:
    """The pieces set so far."""

    pieces: Mapping[str, Piece]
    pulls: Mapping[str, Sequence[Pull]]
    lanes: Sequence[str | None]
    rows: dict[str, int] = field(default_factory=dict)
    cells: dict[tuple[str | None, int, int], str] = field(default_factory=dict)

    def span(self, lane: str | None) -> tuple[int, int]:
        """The first row of a lane, and the one after its last."""
        taken = [row for (other, row, _) in self.cells if other == lane]
        return (min(taken), max(taken) + 1) if taken else (0, 0)


def arrange(
    pieces: Mapping[str, Piece],
    threads: Sequence[Sequence[str]],
    pulls: Sequence[Pull],
    lanes: Sequence[str | None],
) -> dict[str, int]:
    """The row of each piece within its lane; `lanes` stand from top to bottom."""
    touching: dict[str, list[Pull]] = {piece: [] for piece in pieces}
    for pull in pulls:
        touching[pull.source].append(pull)
        touching[pull.target].append(pull)
    board = _Board(pieces, touching, lanes)
    for thread in threads:
        _set(board, thread, _best(board, thread)[1])
    for _ in range(_ROUNDS):
        moved = False
        for thread in threads:
            row = board.rows[thread[0]]
            _lift(board, thread)
            cost, better = _best(board, thread)
            if better != row and cost < _cost(board, thread, row) - 0.01:
                row, moved = better, True
            _set(board, thread, row)
        if not moved:
            break
    return board.rows


def _cells(board: _Board, thread: Sequence[str], row: int) -> Iterable[tuple[str | None, int, int]]:
    """What a thread covers, with the stretches between its nodes."""
    pieces = [board.pieces[node] for node in thread]
    for piece, following in zip(pieces, [*pieces[1:], None], strict=True):
        for column in range(piece.first, piece.last + 1):
            for level in range(row - piece.above, row + piece.below + 1):
                yield piece.lane, level, column
        if following is not None:
            for column in range(piece.last + 1, following.first):
                yield piece.lane, row, column


def _set(board: _Board, thread: Sequence[str], row: int) -> None:
    board.cells |= dict.fromkeys(_cells(board, thread, row), thread[0])
    board.rows |= dict.fromkeys(thread, row)


def _lift(board: _Board, thread: Sequence[str]) -> None:
    for cell in list(_cells(board, thread, board.rows[thread[0]])):
        del board.cells[cell]
    for node in thread:
        del board.rows[node]


def _best(board: _Board, thread: Sequence[str]) -> tuple[float, int]:
    """The least cost of a thread, and the row that has it; rows near the middle and below come first."""
    pieces = [board.pieces[node] for node in thread]
    above, below = max(piece.above for piece in pieces), max(piece.below for piece in pieces)
    top, bottom = board.span(pieces[0].lane)
    free = [
        row
        for row in sorted(range(top - 1 - below, bottom + 1 + above), key=lambda row: (abs(row), -row))
        if not any(cell in board.cells for cell in _cells(board, thread, row))
    ]
    return min(((_cost(board, thread, row), row) for row in free), key=lambda found: found[0])


def _cost(board: _Board, thread: Sequence[str], row: int) -> float:
    """What it would cost to set a thread on `row`, the others staying."""
    pieces = [board.pieces[node] for node in thread]
    lane = pieces[0].lane
    top, bottom = board.span(lane)
    first = min(row - piece.above for piece in pieces)
    last = max(row + piece.below for piece in pieces)
    fresh = max(0, top - first) + max(0, last + 1 - bottom) if (top, bottom) != (0, 0) else 0
    astray = 0.0 if pieces[0].artifact else abs(row) * _ASTRAY
    cost = fresh * _ROW + astray + (_UPPER if row < 0 else 0)
    heights = _heights(board, lane, min(first, top), max(last + 1, bottom))
    placed = board.rows | dict.fromkeys(thread, row)
    inside = set(thread)
    seen = set()
    for node in thread:
        for pull in board.pulls[node]:
            other = pull.target if pull.source == node else pull.source
            if pull in seen or other not in placed or {pull.source, pull.target} <= inside:
                continue
            seen.add(pull)
            cost += _pull_cost(board, pull, placed, heights)
    if not any(board.pulls[node] for node in thread):
        cost += 0.1 * (bottom - row)
    return cost


def _pull_cost(board: _Board, pull: Pull, placed: Mapping[str, int], heights: Mapping[str | None, float]) -> float:
    source, target = board.pieces[pull.source], board.pieces[pull.target]
    upper, lower = (heights[piece.lane] + placed[piece.id] for piece in (source, target))
    cost = pull.weight * abs(upper - lower) * (1 if source.lane == target.lane else _BETWEEN_LANES)
    if pull.drops and lower <= upper:
        cost += _UPWARD_DROP
    if (source.note and upper > lower) or (target.note and lower > upper):
        cost += _LOWER_NOTE
    if upper == lower and any(
        (source.lane, placed[source.id], column) in board.cells for column in range(source.last + 1, target.first)
    ):
        cost += _OBSTACLE
    line = (source.last, upper, target.first, lower)
    for other in _others(board, pull, placed):
        begin, end = board.pieces[other.source], board.pieces[other.target]
        second = (
            begin.last,
            heights[begin.lane] + placed[begin.id],
            end.first,
            heights[end.lane] + placed[end.id],
        )
        cost += _CROSSING * _cross(line, second)
    return cost


def _others(board: _Board, pull: Pull, placed: Mapping[str, int]) -> Iterable[Pull]:
    """The links that are drawn already and share no end with this one, each once."""
    ends = {pull.source, pull.target}
    for node in placed:
        for other in board.pulls[node]:
            if other.source == node and other.target in placed and not ends & {other.source, other.target}:
                yield other


def _heights(board: _Board, lane: str | None, first: int, after: int) -> dict[str | None, float]:
    """Where row 0 of each lane lies, counted in rows from the top, if `lane` reached from `first` to before `after`."""
    found: dict[str | None, float] = {}
    top = 0
    for other in board.lanes:
        begin, end = (first, after) if other == lane else board.span(other)
        found[other] = top - begin
        top += max(1, end - begin)
    return found


def _cross(first: tuple[float, ...], second: tuple[float, ...]) -> bool:
    """Whether two lines, drawn straight, change sides between the columns that they share."""
    left, right = max(first[0], second[0]), min(first[2], second[2])
    if left >= right:
        return False
    at_left = _at(first, left) - _at(second, left)
    at_right = _at(first, right) - _at(second, right)
    return at_left * at_right < 0


def _at(line: tuple[float, ...], x: float) -> float:
    return line[1] + (line[3] - line[1]) * (x - line[0]) / (line[2] - line[0])
