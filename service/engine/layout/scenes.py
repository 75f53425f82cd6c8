"""A BPMN file → the planes to draw.

Nodes, flows and lanes come from our reading; what nothing runs by (pools, message flows, data, annotations and their
associations) is read here from the tree. What has no id, or refers to nothing that is drawn, is not drawn.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from service.engine.layout.artifacts import artifacts, associations
from service.engine.layout.collaborations import collaboration, message_flows, participants
from service.engine.layout.lanes import drawable, in_lanes
from service.engine.layout.scene import LONGEST_NAME, Link, Node, Plane, Pool
from service.engine.model import Diagram, Element, Process
from service.engine.reading.vocabulary import SUBPROCESSES, TASKS, children
from service.engine.xml import XMLRefused

MOST = 800
"""So many nodes and flows at most are drawn on one plane: more nobody could read, and it would take minutes."""

_HOSTS = TASKS | SUBPROCESSES | {"callActivity"}


Spellings = Mapping[str, Mapping[str, str]]
"""Language → id of an element → what it is called in that language."""


def planes(root: etree._Element, diagram: Diagram, spellings: Spellings) -> tuple[Plane, ...]:
    """The drawing of the collaboration, when there is one, and one of each process that has no pool in it.

    Raises XMLRefused for more than one drawing can hold.
    """
    translated: dict[str, tuple[str, ...]] = {}
    for names in spellings.values():
        for element, name in names.items():
            translated[element] = (*translated.get(element, ()), name[:LONGEST_NAME])
    pools = _pools(root, diagram)
    pooled = {pool.process for pool in pools}
    alone = [process for process in diagram.processes if process.id not in pooled]
    found = [_plane(process.id, (_bare(process),), root, diagram) for process in alone]
    shown = collaboration(root)
    if shown is not None and pools:
        found.insert(0, _plane(shown.get("id"), _stacked(pools, root, diagram), root, diagram))
    return tuple(replace(plane, translated=translated) for plane in found)


def _pools(root: etree._Element, diagram: Diagram) -> tuple[Pool, ...]:
    processes = {process.id: process for process in diagram.processes}
    found = []
    for identifier, name, reference in participants(root):
        process = processes.pop(reference or "", None)
        lanes = () if process is None else drawable(process.lanes)
        found.append(Pool(identifier, name, None if process is None else process.id, lanes))
    return tuple(found)


def _bare(process: Process) -> Pool:
    return Pool(None, process.name or "", process.id)


def _stacked(pools: tuple[Pool, ...], root: etree._Element, diagram: Diagram) -> tuple[Pool, ...]:
    """Pools from top to bottom: the file's order, with black boxes above or below all others, near whom they talk to."""
    open_pools = [pool for pool in pools if pool.process]
    if not open_pools:
        return pools
    inside = {element.id: process.id for process in diagram.processes for element in process.elements}
    inside |= {pool.id: pool.process for pool in open_pools if pool.id and pool.process}
    above: list[Pool] = []
    below: list[Pool] = []
    for pool in pools:
        if pool.process is None:
            ends = [(link.source, link.target) for link in message_flows(root)]
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
        links += message_flows(root)
    links += [link for tree in trees for link in associations(tree)]
    nodes = {node.id: node for process in processes for node in _nodes(process)}
    nodes |= artifacts(trees, nodes, links, processes)
    ends = {*nodes, *(pool.id for pool in pools), *(link.id for link in links)}
    kept = tuple(link for link in links if link.source in ends and link.target in ends)
    if len(nodes) + len(kept) > MOST:
        raise XMLRefused(
            "too-large-to-draw",
            f"The drawing would hold more than {MOST} shapes and flows. Move parts of it into called processes.",
            element=element,
        )
    return Plane(element, pools, in_lanes(nodes, kept, pools), kept)


def _nodes(process: Process) -> Iterator[Node]:
    activities = {element.id: element for element in process.elements if element.kind in _HOSTS}
    for element in process.elements:
        host = activities.get(element.attached_to or "")
        attached = element.kind == "boundaryEvent" and host is not None and host.scope == element.scope
        yield Node(
            id=element.id,
            kind=element.kind,
            name=(element.name or "")[:LONGEST_NAME],
            scope=element.scope,
            host=element.attached_to if attached else None,
            marked=_marked(element),
        )


def _marked(element: Element) -> bool:
    return element.loop is not None or element.kind in {"callActivity"} | SUBPROCESSES


def _flows(process: Process) -> Iterator[Link]:
    kinds = {element.id: element.kind for element in process.elements}
    defaults = {element.default for element in process.elements if element.default}
    for flow in process.flows:
        default, conditional = flow.id in defaults, flow.condition is not None and kinds.get(flow.source) in _HOSTS
        name = (flow.name or "")[:LONGEST_NAME]
        yield Link(flow.id, "sequence", flow.source, flow.target, name, default=default, marked=default or conditional)
