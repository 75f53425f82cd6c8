"""What people write into a form is sealed: in the case stands a commitment, and of that a text may ask only whether it is
null. Any other question stops every case that comes to it."""

from collections.abc import Iterator

from service.domain.findings import Level
from service.domain.sentences import Sentence, say
from service.engine.checks.holding import Part
from service.engine.checks.trees import nodes
from service.engine.checks.veiled import Look, looked_into
from service.engine.checks.view import Found, ProcessView, label
from service.engine.feel.syntax.nodes import Name, Node


def find(view: ProcessView) -> Iterator[Found]:
    """Questions about what is sealed: in texts, each once, and those of the decisions that are asked."""
    told: set[tuple[object, str]] = set()
    for part in view.parts:
        for look in _looks(part):
            name = part.written(look.operand)[:60]
            if (part.text.at, name) not in told:
                told.add((part.text.at, name))
                yield Found(part.text.at.element, _sentence(part, name), _level(view, part, look))
    for element in view.process.elements:
        asked = view.whole.around.decisions.get(element.decision or "") if element.kind == "businessRuleTask" else None
        state = view.knowing.at(element.id, "within")
        for name in asked.inputs if asked and state else ():
            held = view.knowing.content(state, name)
            certain = asked.asks_for(name, held) if asked and held.veiled else None
            if certain is not None:
                sure = certain and element.decision in view.whole.own_tables and not view.knowing.far(state, name)
                message = say(
                    "'%(node)s' asks a decision that looks into `%(name)s`, but what `%(name)s` holds is sealed, and "
                    "the case would stop here. Ask only whether it is null, or offer a list to choose from. If what "
                    "people write there may stand in the record for ever, the form may say %(keyword)s for it.",
                    node=label(element),
                    name=name,
                    keyword=_KEYWORD,
                )
                yield Found(element.id, message, "error" if sure else "warning")


_KEYWORD = '`"x-sealed": false`'


def _looks(part: Part) -> Iterator[Look]:
    """What a part asks for, and what is asked of the whole that comes out."""
    yield from looked_into(part.node, part.known)
    if part.node is part.expression.node and part.text.at.asked:
        kinds = part.held(part.node).kinds or frozenset()
        if "sealed" in kinds:
            yield Look(part.node, kinds <= {"sealed", "null"} and part.text.at.asked == "error")


def _level(view: ProcessView, part: Part, look: Look) -> Level:
    """What another bundle sets may change with it; what is sealed at times may be asked for at others."""
    state = view.knowing.at(*part.text.at.where)
    names = {it.name for one in part.text.expressions for it in nodes(one.node) if isinstance(it, Name)}
    far = any(view.knowing.far(state, name) and view.knowing.content(state, name).veiled for name in names)
    return "error" if look.certain and not far else "warning"


def _sentence(part: Part, name: str) -> Sentence:
    return say(
        "In the %(place)s stands `%(text)s`, but what `%(name)s` holds is sealed, and the case would stop here. Ask only "
        "whether it is null, or offer a list to choose from. If what people write there may stand in the record for ever, "
        "the form may say %(keyword)s for it.",
        place=part.text.at.place,
        text=_shown(part, part.node),
        name=name,
        keyword=_KEYWORD,
    )


def _shown(part: Part, node: Node) -> str:
    return part.written(node)[:60]
