"""Lanes, also lanes within lanes: who owes what stands in them."""

from collections.abc import Iterator

from lxml import etree

from service.engine.model import Lane
from service.engine.reading.vocabulary import child, children


def read_lanes(process: etree._Element) -> tuple[Lane, ...]:
    """The lanes of a process, outer before inner, each with the ids that it names itself."""
    return tuple(lane for lane_set in children(process, "laneSet") for lane in _lanes(lane_set, None))


def lane_of_nodes(lanes: tuple[Lane, ...]) -> dict[str, str]:
    """Node id → name of the innermost lane that names it. Later lanes are deeper, or beside."""
    return {member: lane.name for lane in lanes for member in lane.members}


def _lanes(lane_set: etree._Element, parent: str | None) -> Iterator[Lane]:
    for lane in children(lane_set, "lane"):
        members = tuple((ref.text or "").strip() for ref in children(lane, "flowNodeRef"))
        identifier = lane.get("id", "")
        yield Lane(id=identifier, name=(lane.get("name") or "").strip(), members=members, parent=parent)
        inner = child(lane, "childLaneSet")
        if inner is not None:
            yield from _lanes(inner, identifier)
