"""What stands beside the flow: data, annotations, and the associations that tie them to it."""

from collections.abc import Iterator, Mapping

from lxml import etree

from service.engine.layout.scene import ARTIFACTS, LONGEST_NAME, Link, Node
from service.engine.model import Process
from service.engine.reading.vocabulary import child_text, kind, local, tag

_ASSOCIATIONS = ("association", "dataInputAssociation", "dataOutputAssociation")


def associations(tree: etree._Element) -> Iterator[Link]:
    """The associations in a process or collaboration, between what is drawn."""
    for entry in tree.iter(*(tag(name) for name in _ASSOCIATIONS)):
        source = local(entry.get("sourceRef") or child_text(entry, "sourceRef"))
        target = local(entry.get("targetRef") or child_text(entry, "targetRef"))
        # The inner end of a data association is an item of the activity, which is not drawn: the activity is.
        if kind(entry) == "dataInputAssociation":
            target = entry.getparent().get("id")
        elif kind(entry) == "dataOutputAssociation":
            source = entry.getparent().get("id")
        if entry.get("id") and source and target:
            yield Link(entry.get("id"), "association", source, target)


def artifacts(
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
                found[identifier] = Node(identifier, kind(entry) or "", (name or "").strip()[:LONGEST_NAME], holder)
    return found


def _partner(identifier: str, nodes: Mapping[str, Node], links: list[Link], by_link: Mapping[str, Link]) -> str | None:
    """The first flow node that an artifact is associated with, be it through a flow of that node's."""
    for link in links:
        if link.kind == "association" and identifier in (link.source, link.target):
            other = link.target if link.source == identifier else link.source
            if other in by_link and other not in nodes:
                other = by_link[other].source
            if other in nodes:
                return other
    return None
