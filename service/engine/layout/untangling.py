"""Routed flows → fewer crossings: those that cross are taken up together and laid again in another order."""

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from service.engine.layout.board import BEND, NEW_TRACK, Board
from service.engine.layout.routing import Route, Router
from service.engine.layout.scene import Link
from service.engine.layout.search import CROSSING

_ROUNDS = 3
_ORDERED = 3
"""So many flows at most are tried in every order; more of them only by turns."""
_MOST = 6


def untangle(router: Router) -> None:
    """Lay the routes of `router` again wherever that makes the whole cheaper, as its search counts costs.

    Tried together are every two flows that cross, and all that leave or enter one node of which one crosses another.
    """
    least = _cost(router.board, router.laid())
    for _ in range(_ROUNDS if router.patient else 0):
        before = least
        for group in _groups(router):
            for order in _orders(group):
                kept = router.laid()
                if not router.lay_again(order):
                    continue
                cost = _cost(router.board, router.laid())
                if cost < least:
                    least = cost
                else:
                    router.restore([kept[link.id] for link in order])
        if least == before:
            return


def _cost(board: Board, routes: dict[str, Route]) -> float:
    width = len(board.xs)
    bends = {link: route.way.bends(width) for link, route in routes.items()}
    crossings = len(_crossed(board, bends))
    ways = sum(board.length(route.way) + BEND * len(bends[link]) + _docking(route) for link, route in routes.items())
    tracks = sum(map(bool, board.used_x)) + sum(map(bool, board.used_y))
    return CROSSING * crossings + ways + NEW_TRACK * tracks


def _docking(route: Route) -> int:
    return sum(port.cost for port in (route.leaves, route.enters) if port is not None)


def _crossed(board: Board, bends: dict[str, list[int]]) -> set[int]:
    """Where two paths cross: both directions are taken, and no path bends there."""
    return {point for point, laid in enumerate(board.laid) if laid == 3}.difference(*bends.values())


def _groups(router: Router) -> Iterator[tuple[Link, ...]]:
    routes, board = router.laid(), router.board
    crossed = _crossed(board, {link: route.way.bends(len(board.xs)) for link, route in routes.items()})
    places = {link: crossed.intersection(board.lies(route.way)) for link, route in routes.items()}
    tangled = [route.link for link, route in routes.items() if places[link] and router.alone(route.link)]
    for one, other in combinations(tangled, 2):
        if places[one.id] & places[other.id]:
            yield one, other
    others = [route.link for route in routes.values() if router.alone(route.link)]
    for node in dict.fromkeys(end for link in tangled for end in (link.source, link.target)):
        leaving = tuple(link for link in others if link.source == node)
        entering = tuple(link for link in others if link.target == node)
        yield from (group for group in (leaving, entering) if 2 <= len(group) <= _MOST)


def _orders(group: Sequence[Link]) -> Iterator[tuple[Link, ...]]:
    if len(group) <= _ORDERED:
        yield from permutations(group)
    else:
        for start in range(len(group)):
            turned = (*group[start:], *group[:start])
            yield turned
            yield turned[::-1]
