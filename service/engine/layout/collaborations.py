"""What only a collaboration holds: participants and the messages between them."""

from collections.abc import Iterator

from lxml import etree

from service.engine.layout.scene import LONGEST_NAME, Link
from service.engine.reading.vocabulary import children, local


def collaboration(root: etree._Element) -> etree._Element | None:
    """The collaboration that a drawing can show: the first with an id."""
    return next((found for found in children(root, "collaboration") if found.get("id")), None)


def participants(root: etree._Element) -> tuple[tuple[str, str, str | None], ...]:
    """Id, name and process of each participant of that collaboration."""
    shown = collaboration(root)
    entries = () if shown is None else children(shown, "participant")
    return tuple(
        (entry.get("id"), entry.get("name", ""), local(entry.get("processRef"))) for entry in entries if entry.get("id")
    )


def message_flows(root: etree._Element) -> Iterator[Link]:
    """The message flows of that collaboration."""
    shown = collaboration(root)
    for flow in () if shown is None else children(shown, "messageFlow"):
        source, target = local(flow.get("sourceRef")), local(flow.get("targetRef"))
        if flow.get("id") and source and target:
            yield Link(flow.get("id"), "message", source, target, flow.get("name", "")[:LONGEST_NAME])
