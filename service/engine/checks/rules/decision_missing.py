"""A decision may come from another bundle: a note, since it must be in force when a case comes there."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView
from service.engine.xml import XMLRefused, own_elements, parse_xml


def find(view: ProcessView) -> Iterator[Found]:
    """Business rule tasks whose decision is in no decision table of the bundle."""
    wanted = [it for it in view.process.elements if it.kind == "businessRuleTask" and it.decision]
    if not wanted:
        return
    known = set(view.whole.decisions) | {
        name for data in view.whole.bundle.named(".dmn").values() for name in _decisions(data)
    }
    for element in wanted:
        if element.decision not in known:
            message = say(
                "The decision '%(name)s' is not in this bundle. Deploy it before a case comes here.",
                name=element.decision,
            )
            yield Found(element.id, message, "warning")


def _decisions(data: bytes) -> Iterator[str]:
    try:
        root = parse_xml(data)
    except XMLRefused:
        return
    yield from (it.get("id", "") for it in own_elements(root) if str(it.tag).endswith("}decision"))
