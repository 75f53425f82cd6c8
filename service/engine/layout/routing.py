"""Flows → paths on the lattice: the straight ones first, the loops back later, and then each once more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from service.engine.layout.board import Board, Way
from service.engine.layout.fans import Fan, fans
from service.engine.layout.grid import Grid
from service.engine.layout.lattice import BLOCKED, Lattice
from service.engine.layout.ports import Port, Ports
from service.engine.layout.scene import Link, Plane
from service.engine.layout.search import SHARING, WALL, find

# How often each link is routed again, and for how many links at most.
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
    _fans: Mapping[str, tuple[Fan, ...]] = field(init=False)
    _trunks: dict[Fan, bytearray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._fans = fans(self.plane.links)

    def lay_flows(self) -> bool:
        """Lay every link between two shapes; False when one finds no way. With `shared`, those that find one."""
        first = [link for link in self._in_order() if self._between_shapes(link)]
        if not self._all(first):
            return False
        for link in first * (_ROUNDS if self.patient else 0):
            if self.alone(link):
                before = self._take_up(link)
                self._lay(self._route(link) or before)
        return True

    def routes(self) -> Mapping[str, Route] | None:
        """All routes, once the flows lie for good: now what ends upon another link finds its way, or None."""
        last = [link for link in self._in_order() if not self._between_shapes(link)]
        return self._found if self._all(last) else None

    @property
    def patient(self) -> bool:
        """Whether links are laid again, now that the others lie: in a large drawing that would take too long."""
        return not self.shared and len(self.plane.links) <= _FEW

    def laid(self) -> dict[str, Route]:
        """The routes as they lie, by the ids of their links."""
        return dict(self._found)

    def alone(self, link: Link) -> bool:
        """Whether a link shares no trunk with others, and so can be taken up."""
        return link.id not in self._fans

    def _between_shapes(self, link: Link) -> bool:
        return self.ports.has(link.source) and self.ports.has(link.target)

    def lay_again(self, links: Sequence[Link]) -> bool:
        """Take these links up and lay them anew, in this order; False, and all as it was, where one finds no way."""
        before = [self._take_up(link) for link in links]
        for place, link in enumerate(links):
            route = self._route(link)
            if route is None:
                for other in links[:place]:
                    self._take_up(other)
                self.restore(before)
                return False
            self._lay(route)
        return True

    def restore(self, routes: Sequence[Route]) -> None:
        """Lay these routes as they were, in place of what lies for their links."""
        for route in routes:
            if route.link.id in self._found:
                self._take_up(route.link)
        for route in routes:
            self._lay(route)

    def _take_up(self, link: Link) -> Route:
        route = self._found.pop(link.id)
        self.board.lift(route.way)
        return route

    def _all(self, links: Sequence[Link]) -> bool:
        for link in links:
            route = self._route(link)
            if route is None and not self.shared:
                return False
            self._lay(route)
        return True

    def _lay(self, route: Route | None) -> None:
        if route is not None:
            self.board.lay(route.way, *self._trunks_of(route.link))
            self._found[route.link.id] = route

    def _trunks_of(self, link: Link) -> list[bytearray]:
        """Where the other flows lie that it may run along."""
        empty = len(self.board.laid)
        return [self._trunks.setdefault(fan, bytearray(empty)) for fan in self._fans.get(link.id, ())]

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
            self.board.ground(self._walls(link), *self._trunks_of(link)),
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
        taken = self._taken(link, Fan(element, leaving))
        found: _Docks = {}
        for port in self.ports.of(element, link, leaving=leaving, back=back):
            free = port[:4] not in taken
            if free or self.shared:
                direction = port.direction if leaving else (port.direction + 2) % 4
                found[port.point, direction] = port if free else port._replace(cost=port.cost + SHARING)
        return found

    def _taken(self, link: Link, end: Fan) -> set[tuple[object, ...]]:
        """The ports that other links hold, but for those of a fan that this end of the link is in too."""
        shares = end in self._fans.get(link.id, ())
        return {
            port[:4]
            for other, route in self._found.items()
            for port, leaving in ((route.leaves, True), (route.enters, False))
            if port is not None and not (shares and end == Fan(port.node, leaving) and end in self._fans.get(other, ()))
        }

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
