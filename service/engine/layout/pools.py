"""Pools for lanes: a process with lanes is drawn within a participant, and gets one when it has none."""

from xml.sax.saxutils import quoteattr

from lxml import etree

from service.engine.layout.collaborations import collaboration, participants
from service.engine.layout.source import Source
from service.engine.layout.writing import fresh, ids, prefixes
from service.engine.model import Diagram
from service.engine.reading.vocabulary import BPMN, tag


def with_pools(data: bytes, root: etree._Element, diagram: Diagram) -> bytes:
    """The file with a participant for each process, named after it, if one with lanes has none; else as it is.

    They go into the collaboration that stands there, or into a new one before the first process.
    """
    pooled = {process for _, _, process in participants(root)}
    alone = [process for process in diagram.processes if process.id not in pooled]
    if not any(process.lanes for process in alone):
        return data
    source = Source.read(data)
    before, taken = prefixes(root)[BPMN], ids(root)
    entries = []
    for process in alone:
        identifier = fresh(f"Participant_{process.id}", taken)
        taken.add(identifier)
        name = quoteattr(process.name or process.id)
        entries.append(
            f"<{before}participant id={quoteattr(identifier)} name={name} processRef={quoteattr(process.id)} />"
        )
    shown = collaboration(root)
    if shown is not None:
        place = _within(source, [child for child in root.iterchildren("{*}*")].index(shown))
        text = "".join(f"{source.newline}    {entry}" for entry in entries)
    else:
        place = source.root.named(tag("process"))[0].start
        identifier = fresh("Collaboration_1", taken)
        lines = [f"<{before}collaboration id={quoteattr(identifier)}>", *(f"  {entry}" for entry in entries)]
        text = "".join(f"{line}{source.newline}  " for line in (*lines, f"</{before}collaboration>"))
    return source.spliced([(place, place, text)])


def _within(source: Source, number: int) -> int:
    """Where participants go in the root's child of that number: after those it has, or after what must come first."""
    part = source.root.children[number]
    first = [part for part in part.children if part.tag in (tag("documentation"), tag("extensionElements"))]
    last = part.named(tag("participant")) or first
    return last[-1].end if last else part.open
