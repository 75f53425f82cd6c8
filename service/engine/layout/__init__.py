"""`layout` draws a BPMN file anew, to be read from left to right; `report` says how well any drawing can be read.

The way of a drawing: `scenes` (what is to be drawn) → `grid` (columns by `ranking`, rows by `threads` and `rows`) →
`lattice`, `ports`, `search`, `routing` and `untangling` (paths for the flows, while distances are still open) → `labels`
and `spacing` (how much room all that needs) → `compose` (pixels) → `writing` (BPMN DI in the bytes of the file). `report`
knows nothing of these: it measures what `drawn` finds in a file. Both ask `widening` where a name in another language comes
to stand on our pages.
"""

from service.engine.layout.compose import compose
from service.engine.layout.pools import with_pools
from service.engine.layout.report import Report, report
from service.engine.layout.scenes import Spellings, planes
from service.engine.layout.writing import with_drawings
from service.engine.reading import read_tree
from service.engine.xml import parse_xml

__all__ = ["Report", "Spellings", "layout", "report"]

_IN_ITS_OWN_WORDS: Spellings = {}


def layout(data: bytes, file: str = "diagram.bpmn", spellings: Spellings = _IN_ITS_OWN_WORDS) -> bytes:
    """The BPMN file `data` with a new drawing; everything else in it stays as it is, byte for byte.

    Flows run from left to right and loops back around; lanes and pools are bands. A process with lanes but no pool
    gets a participant named after it, because lanes are drawn within one. The same file gives the same bytes, and a
    file drawn by this function comes out as it went in. Groups are not drawn: BPMN does not say what lies in one.
    There is room for every name in the file's own words and as the `spellings` have it.
    Raises XMLRefused as `read` does; `file` is the name that it says.
    """
    root = parse_xml(data)
    pooled = with_pools(data, root, read_tree(root, file))
    root = parse_xml(pooled)
    return with_drawings(pooled, root, [compose(plane) for plane in planes(root, read_tree(root, file), spellings)])
