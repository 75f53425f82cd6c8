"""Nodes on a grid: columns from left to right, rows from top to bottom, in bands that are lanes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.engine.layout.ranking import Arc, backward, ranked
from service.engine.layout.rows import Piece, Pull, arrange
from service.engine.layout.scene import ARTIFACTS, Link, Node, Plane, Pool
from service.engine.layout.threads import threads


@dataclass(frozen=True, slots=True)
class Spot:
    """The cells of a node: first and last column, first and last row, and the row that its flows keep to."""

    first: int
    last: int
    top: int
    bottom: int
    row: int

    def moved(self, columns: int, rows: int) -> "Spot":
        """The same cells further right and down."""
        return Spot(self.first + columns, self.last + columns, self.top + rows, self.bottom + rows, self.row + rows)


@dataclass(frozen=True, slots=True)
class Band:
    """The rows of one lane without lanes in it, of a pool without lanes, or of a black box."""

    pool: Pool
    lane: str | None
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Where everything stands. Boundary events have no spot of their own; `back` are the links that lead back."""

    spots: Mapping[str, Spot]
    bands: tuple[Band, ...]
    columns: int
    rows: int
    back: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Inside:
    """The contents of a sub-process on a grid of their own, its first column and its own row being 0."""

    spots: Mapping[str, Spot]
    width: int = 1
    above: int = 0
    below: int = 0


def place(plane: Plane) -> Grid:
    """A spot for every node of the plane that is no boundary event."""
    scopes = [pool.process for pool in plane.pools if pool.process]
    back: set[str] = set()
    insides = {node.id: _inside(plane, node, back) for scope in scopes for node in _members(plane, scope)}
    columns = _columns(plane, scopes, insides, back)
    spots: dict[str, Spot] = {}
    bands: list[Band] = []
    for pool in plane.pools:
        lanes: list[str | None] = [lane.id for lane in pool.leaves] or [None]
        members = _members(plane, pool.process) if pool.process else ()
        rows = _rows(plane, members, insides, columns, lanes, back)
        for lane in lanes:
            mine = [node for node in members if not pool.leaves or node.lane == lane]
            top = bands[-1].bottom + 1 if bands else 0
            first = min((rows[node.id] - insides[node.id].above for node in mine), default=0)
            last = max((rows[node.id] + insides[node.id].below for node in mine), default=0)
            bands.append(Band(pool, lane, top, top + last - first))
            for node in mine:
                spots |= _merged(node, insides[node.id], columns[node.id], rows[node.id] + top - first)
    width = max((spot.last + 1 for spot in spots.values()), default=1)
    return Grid(spots, tuple(bands), width, bands[-1].bottom + 1 if bands else 0, frozenset(back))


def _members(plane: Plane, scope: str) -> tuple[Node, ...]:
    return tuple(node for node in plane.inside(scope) if node.host is None)


def _inside(plane: Plane, node: Node, back: set[str]) -> _Inside:
    members = _members(plane, node.id)
    if not members:
        return _Inside({})
    insides = {member.id: _inside(plane, member, back) for member in members}
    columns = _columns(plane, [node.id], insides, back)
    rows = _rows(plane, members, insides, columns, [None], back)
    spots: dict[str, Spot] = {}
    for member in members:
        spots |= _merged(member, insides[member.id], columns[member.id], rows[member.id])
    main = rows[members[0].id]
    return _Inside(
        {key: spot.moved(0, -main) for key, spot in spots.items()},
        max(spot.last for spot in spots.values()) + 1,
        main - min(spot.top for spot in spots.values()),
        max(spot.bottom for spot in spots.values()) - main,
    )


def _merged(node: Node, inside: _Inside, column: int, row: int) -> dict[str, Spot]:
    own = Spot(column, column + inside.width - 1, row - inside.above, row + inside.below, row)
    return {node.id: own} | {key: spot.moved(column, row) for key, spot in inside.spots.items()}


def _arcs(plane: Plane, scope: str) -> list[Arc]:
    """The links between the nodes of one scope that say what comes after what."""
    found = []
    for link in plane.links:
        source, target = plane.lifted(link.source, scope), plane.lifted(link.target, scope)
        if source and target and source != target and (link.kind == "sequence" or _compensates(plane, link)):
            found.append(Arc(link.id, source, target))
    return found


def _compensates(plane: Plane, link: Link) -> bool:
    """Whether an association leads from a boundary event to its handler, as a compensation's does."""
    source, target = plane.nodes.get(link.source), plane.nodes.get(link.target)
    if link.kind != "association" or source is None or target is None:
        return False
    return source.host is not None and target.kind not in ARTIFACTS


def _columns(plane: Plane, scopes: Sequence[str], insides: Mapping[str, _Inside], back: set[str]) -> dict[str, int]:
    """The first column of each node of these scopes, which messages may link to each other."""
    arcs: list[Arc] = []
    order: list[str] = []
    for scope in scopes:
        nodes = [node.id for node in _members(plane, scope) if node.kind not in ARTIFACTS]
        found = _arcs(plane, scope)
        leading_back = backward(nodes, found)
        back |= leading_back
        order += nodes
        arcs += [arc for arc in found if arc.link not in leading_back]
    messages = []
    for link in plane.links if len(scopes) > 1 else ():
        source, target = (_in_any(plane, end, scopes) for end in (link.source, link.target))
        if link.kind == "message" and source in insides and target in insides:
            messages.append(Arc(link.id, str(source), str(target), 0))
    columns = ranked(order, arcs, {node: insides[node].width for node in order}, messages)
    for scope in scopes:
        for node in _members(plane, scope):
            if node.kind in ARTIFACTS:
                columns[node.id] = _beside(plane, node, columns, insides)
    return columns


def _in_any(plane: Plane, element: str, scopes: Sequence[str]) -> str | None:
    return next((found for scope in scopes if (found := plane.lifted(element, scope))), None)


def _beside(plane: Plane, artifact: Node, columns: Mapping[str, int], insides: Mapping[str, _Inside]) -> int:
    """The column of the first thing that an artifact belongs to: over its middle."""
    for link in plane.links:
        if artifact.id in (link.source, link.target):
            other = link.target if link.source == artifact.id else link.source
            partner = plane.lifted(other, artifact.scope)
            if partner is not None and partner in columns and partner != artifact.id:
                return columns[partner] + (insides[partner].width - 1) // 2
    return 0


def _rows(
    plane: Plane,
    members: Sequence[Node],
    insides: Mapping[str, _Inside],
    columns: Mapping[str, int],
    lanes: Sequence[str | None],
    back: set[str],
) -> dict[str, int]:
    """The row of each member within its lane."""
    laned = lanes != [None]
    pieces = {
        node.id: Piece(
            node.id,
            columns[node.id],
            columns[node.id] + insides[node.id].width - 1,
            insides[node.id].above,
            insides[node.id].below,
            node.lane if laned else None,
            artifact=node.kind in ARTIFACTS,
            note=node.kind == "textAnnotation",
        )
        for node in members
    }
    scope = members[0].scope if members else ""
    flows = [arc for arc in _arcs(plane, scope) if arc.link not in back]
    links = {link.id: link for link in plane.links}
    dropping = {arc.link for arc in flows if plane.nodes[links[arc.link].source].host}
    nodes = [node.id for node in members if node.kind not in ARTIFACTS]
    lane_of = {node: pieces[node].lane for node in nodes}
    defaults = frozenset(link.id for link in plane.links if link.default)
    ordered = threads(nodes, [arc for arc in flows if arc.link not in dropping], lane_of, defaults)
    single = tuple((node.id,) for node in members if node.kind in ARTIFACTS)
    pulls = [Pull(arc.source, arc.target, drops=arc.link in dropping) for arc in flows]
    pulls += _loose_pulls(plane, scope, pieces, back)
    return arrange(pieces, (*ordered, *single), pulls, lanes)


def _loose_pulls(plane: Plane, scope: str, pieces: Mapping[str, Piece], back: set[str]) -> list[Pull]:
    """Loops back and associations: they want to be short too."""
    found = []
    for link in plane.links:
        if link.id in back or link.kind == "association":
            source, target = plane.lifted(link.source, scope), plane.lifted(link.target, scope)
            if source in pieces and target in pieces and source != target:
                found.append(Pull(str(source), str(target), 0.3 if link.id in back else 1.5))
    return found
