"""Which of its inputs a decision looks into: one that only hands a value on may be given a sealed one."""

from collections.abc import Iterator, Mapping

from service.engine.checks.content import UNKNOWN, Content, Lookup, of_node
from service.engine.checks.holding import within
from service.engine.checks.moment import any_moment
from service.engine.checks.veiled import Turn, looked_into, sample
from service.engine.decisions.inputs import Given, given_value
from service.engine.decisions.model import Decision, Definition, InputData
from service.engine.decisions.nodes import Embedded, Table, Typed
from service.engine.decisions.requirements import in_order
from service.engine.feel import FeelFault
from service.engine.feel.syntax.nodes import Membership, Node

_SEALED, _OPEN = Turn(True, None, sealed=True), Turn(True, None, sealed=False)
_TOLD = _SEALED._replace(secret="a")


def asks_for(definition: Definition, key: str, name: str, held: Content) -> bool | None:
    """Whether a decision, or one that it requires, looks into an input of that name that may be sealed: None where it
    does not, else whether that is certain."""
    found: list[bool] = []
    direct = "sealed" in (held.kinds or ())
    made: dict[str, Content] = {}
    for needed in in_order((key,), definition.decisions, ()):
        decision = definition.decisions[needed]
        inputs = [definition.inputs[it] for it in decision.requires if it in definition.inputs]
        for wanted in (it for it in inputs if it.name == name and not _taken(it, held, _SEALED)):
            found += [not _taken(wanted, held, _OPEN)] if direct or _taken(wanted, held, _TOLD) else []
        known = _known(definition, decision, name, held, made)
        for root, around in _texts(decision.logic.node, known):
            for node, inner in within(root, around):
                found += [look.certain for look in looked_into(node, inner, decision.types)]
        made[needed] = of_node(decision.logic.node, known)
    return any(found) if found else None


def _taken(wanted: InputData, held: Content, turn: Turn) -> bool:
    """Whether an input takes such a value as one of its type."""
    try:
        given_value(Given({wanted.name: sample(held, turn)}, strict=True), wanted, any_moment())
    except FeelFault:
        return False
    return True


def _known(definition: Definition, decision: Decision, name: str, held: Content, made: Mapping[str, Content]) -> Lookup:
    """What the names of a decision's expressions hold, as far as that input is concerned."""
    found: dict[str, Content] = {}
    for key in decision.requires:
        *imported, called = decision.names[key]
        wanted = definition.inputs.get(key)
        content = made.get(key, UNKNOWN) if wanted is None else held if wanted.name == name else UNKNOWN
        if not imported:
            found[called] = content
    return lambda asked: found.get(asked, UNKNOWN)


def _texts(node: Node, known: Lookup) -> Iterator[tuple[Node, Lookup]]:
    """The expressions of a decision's logic. A cell is a test of what its column holds."""
    match node:
        case Table():
            for place, column in enumerate(node.inputs):
                shown, at = column.expression, {"start": column.expression.start, "end": column.expression.end}
                yield shown if column.type is None else Typed(node=shown, type=column.type, **at), known
                asked = shown.node if isinstance(shown, Embedded) else shown
                cells = [rule.cells[place] for rule in node.rules if place < len(rule.cells)]
                for cell in (*cells, column.allowed):
                    if cell is not None and cell.tests:
                        yield Membership(value=asked, tests=cell.tests, **at), known
            results = [rule.outputs for rule in node.rules]
            results.append(tuple(it.default for it in node.outputs if it.default is not None))
            yield from ((it, known) for outputs in results for it in outputs)
        case Typed():
            yield from _texts(node.node, known)
            yield node, known
        case _:
            yield node, known
