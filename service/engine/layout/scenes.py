"""A BPMN file → the planes to draw.

Nodes, flows and lanes come from our reading; what nothing runs by (pools, message flows, data, annotations and their
associations) is read here from the tree. What has no id, or refers to nothing that is drawn, is not drawn.
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from service.engine.layout.scene import ARTIFACTS, Link, Node, Plane, Pool
from service.engine.model import Diagram, Element, Lane, Process
from service.engine.reading.vocabulary import SUBPROCESSES, TASKS, child_text, children, kind, local, tag

_HOSTS = TASKS | SUBPROCESSES | {"callActivity"}


def planes(root: etree._Element, diagram: Diagram) -> tuple[Plane, ...]:
    """The drawing of the collaboration, when there is one, and one of each process that has no pool in it."""
    pools = _pools(root, diagram)
    pooled = {pool.process for pool in pools}
    alone = [process for process in diagram.processes if process.id not in pooled]
    found = [_plane(process.id, (_bare(process),), root, diagram) for process in alone]
    shown = collaboration(root)
    if shown is not None and pools:
        found.insert(0, _plane(shown.get("id"), _stacked(pools, root, diagram), root, diagram))
    return tuple(found)


def collaboration(root: etree._Element) -> etree._Element | None:
    """The collaboration that a drawing can show: the first with an id."""
    return next((found for found in children(root, "collaboration") if found.get("id")), None)


def participants(root: etree._Element) -> tuple[tuple[str, str, str | None], ...]:
    """Id, name and process of each participant of that collaboration."""
    shown = collaboration(root)
    entries = () if shown is None else children(shown, "participant")
    return tuple(
        (entry.get("id"), entry.get("name", ""), local(entry.get("processRef")))
        for entry in entries
        if entry.get("id")
    )


def _pools(root: etree._Element, diagram: Diagram) -> tuple[Pool, ...]:
    processes = {process.id: process for process in diagram.processes}
    found = []
    for identifier, name, reference in participants(root):
        process = processes.pop(reference or "", None)
        lanes = () if process is None else _drawable(process.lanes)
        found.append(Pool(identifier, name, None if process is None else process.id, lanes))
    return tuple(found)


def _bare(process: Process) -> Pool:
    return Pool(None, process.name or "", process.id)


def _drawable(lanes: tuple[Lane, ...]) -> tuple[Lane, ...]:
    """The lanes with an id; one without cannot be referred to, and what lies in it goes with it."""
    kept: dict[str, Lane] = {}
    for lane in lanes:
        if lane.id and (lane.parent is None or lane.parent in kept):
            kept[lane.id] = lane
    return tuple(kept.values())


def _stacked(pools: tuple[Pool, ...], root: etree._Element, diagram: Diagram) -> tuple[Pool, ...]:
    """Pools from top to bottom: the file's order, with black boxes above or below all others, near whom they talk to."""
    open_pools = [pool for pool in pools if pool.process]
    if not open_pools:
        return pools
    inside = {element.id: process.id for process in diagram.processes for element in process.elements}
    inside |= {pool.id: pool.process for pool in open_pools if pool.id and pool.process}
    above, below = [], []
    for pool in pools:
        if pool.process is None:
            ends = [(link.source, link.target) for link in _message_flows(root)]
            talks = [source if target == pool.id else target for source, target in ends if pool.id in (source, target)]
            partner = next((inside[other] for other in talks if other in inside), None)
            upper = partner == open_pools[0].process and (len(open_pools) > 1 or len(above) <= len(below))
            (above if upper else below).append(pool)
    return (*reversed(above), *open_pools, *below)


def _plane(element: str, pools: tuple[Pool, ...], root: etree._Element, diagram: Diagram) -> Plane:
    shown = {pool.process for pool in pools}
    processes = [process for process in diagram.processes if process.id in shown]
    trees = [tree for tree in children(root, "process") if tree.get("id") in shown]
    links = [link for process in processes for link in _flows(process)]
    board = collaboration(root)
    if board is not None and element == board.get("id"):
        trees.append(board)
        links += _message_flows(root)
    links += [link for tree in trees for link in _associations(tree)]
    nodes = {node.id: node for process in processes for node in _nodes(process)}
    nodes |= _artifacts(trees, nodes, links, processes)
    ends = {*nodes, *(pool.id for pool in pools), *(link.id for link in links)}
    kept = tuple(link for link in links if link.source in ends and link.target in ends)
    return Plane(element, pools, _in_lanes(nodes, kept, pools), kept)


def _nodes(process: Process) -> Iterator[Node]:
    activities = {element.id: element for element in process.elements if element.kind in _HOSTS}
    for element in process.elements:
        host = activities.get(element.attached_to or "")
        attached = element.kind == "boundaryEvent" and host is not None and host.scope == element.scope
        yield Node(
            id=element.id,
            kind=element.kind,
            name=element.name or "",
            scope=element.scope,
            host=element.attached_to if attached else None,
            marked=_marked(element),
        )


def _marked(element: Element) -> bool:
    return element.loop is not None or element.kind in {"callActivity"} | SUBPROCESSES


def _flows(process: Process) -> Iterator[Link]:
    defaults = {element.default for element in process.elements if element.default}
    for flow in process.flows:
        yield Link(flow.id, "sequence", flow.source, flow.target, flow.name or "", default=flow.id in defaults)


def _message_flows(root: etree._Element) -> Iterator[Link]:
    shown = collaboration(root)
    for flow in () if shown is None else children(shown, "messageFlow"):
        source, target = local(flow.get("sourceRef")), local(flow.get("targetRef"))
        if flow.get("id") and source and target:
            yield Link(flow.get("id"), "message", source, target, flow.get("name", ""))


def _associations(tree: etree._Element) -> Iterator[Link]:
    for entry in tree.iter(*(tag(name) for name in ("association", "dataInputAssociation", "dataOutputAssociation"))):
        source = local(entry.get("sourceRef") or child_text(entry, "sourceRef"))
        target = local(entry.get("targetRef") or child_text(entry, "targetRef"))
        # The inner end of a data association is an item of the activity, which is not drawn: the activity is.
        if kind(entry) == "dataInputAssociation":
            target = entry.getparent().get("id")
        elif kind(entry) == "dataOutputAssociation":
            source = entry.getparent().get("id")
        if entry.get("id") and source and target:
            yield Link(entry.get("id"), "association", source, target)


def _artifacts(
    trees: list[etree._Element], nodes: Mapping[str, Node], links: list[Link], processes: list[Process]
) -> dict[str, Node]:
    """Data and annotations, each in the scope of what it belongs to."""
    by_link = {link.id: link for link in links}
    found = {}
    for tree in trees:
        for entry in tree.iter(*(tag(name) for name in sorted(ARTIFACTS))):
            identifier, holder = entry.get("id"), entry.getparent().get("id")
            if not identifier:
                continue
            name = child_text(entry, "text") if kind(entry) == "textAnnotation" else entry.get("name")
            if kind(entry.getparent()) == "collaboration":
                partner = _partner(identifier, nodes, links, by_link)
                holder = nodes[partner].scope if partner else processes[0].id if processes else None
            if holder:
                found[identifier] = Node(identifier, kind(entry) or "", (name or "").strip(), holder)
    return found


def _partner(
    identifier: str, nodes: Mapping[str, Node], links: list[Link], by_link: Mapping[str, Link]
) -> str | None:
    """The first flow node that an artifact is associated with, be it through a flow of that node's."""
    for link in links:
        if link.kind == "association" and identifier in (link.source, link.target):
            other = link.target if link.source == identifier else link.source
            if other in by_link and other not in nodes:
                other = by_link[other].source
            if other in nodes:
                return other
    return None


def _in_lanes(nodes: Mapping[str, Node], links: tuple[Link, ...], pools: tuple[Pool, ...]) -> dict[str, Node]:
    """The nodes with their innermost lanes; one that no lane names stands in that of its neighbour."""
    lane_of: dict[str, str] = {}
    for pool in pools:
        for lane in pool.lanes:
            inner = lane
            while (deeper := next((other for other in pool.lanes if other.parent == inner.id), None)) is not None:
                inner = deeper
            lane_of |= dict.fromkeys(lane.members, inner.id)
    for node in nodes.values():
        if node.host in lane_of:
            lane_of[node.id] = lane_of[node.host]
    by_link = {link.id: link for link in links}
    found = {}
    for pool in pools:
        for node in nodes.values():
            if pool.process == node.scope and pool.leaves:
                lane = lane_of.get(node.id) or _neighbouring(node.id, links, by_link, lane_of) or pool.leaves[0].id
                lane_of[node.id] = lane
    for node in nodes.values():
        found[node.id] = Node(
            node.id, node.kind, node.name, node.scope, lane_of.get(node.id), node.host, marked=node.marked
        )
    return found


def _neighbouring(
    node: str, links: tuple[Link, ...], by_link: Mapping[str, Link], lane_of: Mapping[str, str]
) -> str | None:
    for link in links:
        if node in (link.source, link.target) and link.kind != "message":
            other = link.target if link.source == node else link.source
            other = by_link[other].source if other in by_link else other
            if other in lane_of:
                return lane_of[other]
    return None
