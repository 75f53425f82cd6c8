"""Flows → paths on the lattice: the straight ones first, the loops back later, and then each once more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from service.engine.layout.board import Board, Way
from service.engine.layout.grid import Grid
from service.engine.layout.lattice import BLOCKED, Lattice
from service.engine.layout.ports import Port, Ports
from service.engine.layout.scene import Link, Plane
from service.engine.layout.search import SHARING, WALL, find

# How often each link is routed again, now that the others lie; in a large drawing that would take too long.
_ROUNDS, _FEW = 2, 200
_KINDS = {"sequence": 0, "message": 1, "association": 2}

_Docks = dict[tuple[int, int], Port | None]


@dataclass(frozen=True, slots=True)
class Route:
    """The path of one link and where it docks. An association that ends upon another link has no port there."""

    link: Link
    way: Way
    leaves: Port | None
    enters: Port | None


@dataclass(slots=True)
class Router:
    """Routes the links of one plane. With `shared`, links may run along each other rather than find no way."""

    plane: Plane
    grid: Grid
    lattice: Lattice
    ports: Ports
    board: Board
    shared: bool
    _found: dict[str, Route] = field(default_factory=dict)
    _closed: dict[int | None, bytes] = field(default_factory=dict)

    def routes(self) -> Mapping[str, Route] | None:
        """A route for every link; None when one finds no way. With `shared`, those that find one."""
        links = self._in_order()
        first = [link for link in links if self.ports.has(link.source) and self.ports.has(link.target)]
        # What ends upon another link waits until that one lies for good.
        last = [link for link in links if link not in first]
        if not self._all(first):
            return None
        for link in first * (0 if self.shared or len(links) > _FEW else _ROUNDS):
            before = self._found.pop(link.id)
            self.board.lift(before.way)
            self._lay(self._route(link) or before)
        return self._found if self._all(last) else None

    def _all(self, links: Sequence[Link]) -> bool:
        for link in links:
            route = self._route(link)
            if route is None and not self.shared:
                return False
            self._lay(route)
        return True

    def _lay(self, route: Route | None) -> None:
        if route is not None:
            self.board.lay(route.way)
            self._found[route.link.id] = route

    def _in_order(self) -> list[Link]:
        """Neighbours in one row, then by the columns between the ends; loops back after what goes forward."""
        keys = {link.id: self._key(link, place) for place, link in enumerate(self.plane.links)}
        return sorted(self.plane.links, key=lambda link: keys[link.id])

    def _key(self, link: Link, place: int) -> tuple[int, ...]:
        source, target = (self.grid.spots.get(self.plane.anchor(end) or "") for end in (link.source, link.target))
        if source is None or target is None:
            return (_KINDS[link.kind], 0, 1, 0, 0, place)
        straight = source.row == target.row and link.source in self.grid.spots
        apart = abs(target.first - source.last)
        # Of the flows to one column the furthest gets the corner of a gateway: so the others need not cross it.
        away = -abs(target.row - source.row)
        return (_KINDS[link.kind], int(self._leads_back(link)), int(not straight), apart, away, place)

    def _leads_back(self, link: Link) -> bool:
        return link.id in self.grid.back or link.source == link.target

    def _route(self, link: Link) -> Route | None:
        leaving = self._docks(link, link.source, leaving=True)
        entering = self._docks(link, link.target, leaving=False)
        if link.source == link.target and leaving:
            # Out at one place and in at another.
            dock, port = min(leaving.items(), key=lambda entry: entry[1].cost if entry[1] else 0)
            leaving, entering = (
                {dock: port},
                {other: entry for other, entry in entering.items() if not _same(port, entry)},
            )
        found = find(
            self.board,
            self._walls(link),
            {dock: port.cost if port else 0 for dock, port in leaving.items()},
            {dock: port.cost if port else 0 for dock, port in entering.items()},
            shared=self.shared,
        )
        if found is None:
            return None
        return Route(link, found, leaving[found.points[0], found.leaves], entering[found.points[-1], found.arrives])

    def _docks(self, link: Link, element: str, *, leaving: bool) -> _Docks:
        """Where that end may be: at a free port of a shape, or anywhere upon another link that is laid already."""
        if not self.ports.has(element):
            upon = self._found.get(element)
            # A path sets out from another link in the direction opposite to that in which it would arrive there.
            return {} if upon is None else dict.fromkeys(self.board.landings(upon.way))
        back = self._leads_back(link)
        taken = {
            port[:4] for route in self._found.values() for port in (route.leaves, route.enters) if port is not None
        }
        found: _Docks = {}
        for port in self.ports.of(element, link, leaving=leaving, back=back):
            free = port[:4] not in taken
            if free or self.shared:
                direction = port.direction if leaving else (port.direction + 2) % 4
                found[port.point, direction] = port if free else port._replace(cost=port.cost + SHARING)
        return found

    def _walls(self, link: Link) -> bytes:
        """Where a link may not run: a sequence flow outside its scope, anything else where a shape stands."""
        scopes = [self.plane.nodes[end].scope for end in (link.source, link.target) if end in self.plane.nodes]
        inner = link.kind != "message" and len(scopes) == 2 and scopes[0] == scopes[1]
        number = self.lattice.numbers.get(scopes[0]) if inner else None
        if number not in self._closed:
            self._closed[number] = bytes(
                0 if (area == number if number is not None else area != BLOCKED) else WALL for area in self.lattice.area
            )
        return self._closed[number]


def _same(one: Port | None, other: Port | None) -> bool:
    return one is not None and other is not None and one[:4] == other[:4]
