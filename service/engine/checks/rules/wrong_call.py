"""A built-in function is called with what it takes: as many arguments, by its own names for them, of its kinds."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from service.domain.sentences import Sentence, core, say
from service.engine import feel
from service.engine.checks.holding import Part, level
from service.engine.checks.moment import any_moment
from service.engine.checks.trees import nodes
from service.engine.checks.view import Found, ProcessView
from service.engine.feel.builtins import BUILTINS
from service.engine.feel.builtins.table import Argument, Overload
from service.engine.feel.kinds.dates import Date
from service.engine.feel.kinds.kind import described
from service.engine.feel.kinds.times import Moment
from service.engine.feel.syntax.nodes import Call, ContextOf, FunctionOf, Literal, Name, Node, Postfix
from service.engine.feel.syntax.nodes import Iterator as Round

_EXAMPLES: Mapping[str, object] = {"number": Decimal(1), "string": "", "boolean": True, "object": {}}
"""A value of each kind that forms tell of; a list may stand for the one item in it."""
# Of more calls than these the value is not worked out.
_EVALUATED = 200


def find(view: ProcessView) -> Iterator[Found]:
    """Calls that could never give a value, with how the function is called."""
    left = _EVALUATED
    for part in view.parts:
        node = part.node
        if not isinstance(node, Postfix) or not isinstance(node.base, Name) or not isinstance(node.steps[0], Call):
            continue
        if node.base.name not in BUILTINS or node.base.name in _bound(part.expression.node):
            continue
        call = node.steps[0]
        constant = all(isinstance(it, Literal) for it in call.arguments)
        left -= constant
        message = _shape(part, node.base, call) or _kinds(part, node.base, call)
        if message is None and constant and left >= 0:
            message = _value(part, node.base, call)
        if message is not None:
            yield Found(part.text.at.element, message, level(view, part, node))


def _bound(node: Node) -> set[str]:
    """The names that an expression gives to values of its own: one may stand for a function."""
    found: set[str] = set()
    for it in nodes(node):
        if isinstance(it, ContextOf):
            found.update(name for name, _ in it.entries)
        elif isinstance(it, FunctionOf):
            found.update(name for name, _ in it.parameters)
        elif isinstance(it, Round):
            found.add(it.name)
    return found


def _ways(name: str, call: Call) -> list[tuple[Overload, list[Argument]]]:
    """The ways to call a function with so many arguments, or with those names, each with what they are given to."""
    found = []
    for way in BUILTINS[name].overloads:
        known = {it.name: it for it in way.arguments}
        if call.names and known.keys() >= set(call.names) >= {it.name for it in way.arguments if not it.optional}:
            found.append((way, [known[it] for it in call.names]))
        elif not call.names and way.takes(len(call.arguments)):
            last = len(way.arguments) - 1
            found.append((way, [way.arguments[min(at, last)] for at in range(len(call.arguments))]))
    return found


def _shape(part: Part, base: Name, call: Call) -> Sentence | None:
    if _ways(base.name, call):
        return None
    return say(
        "In the %(place)s, `%(text)s` is not how `%(function)s` is called. It takes %(ways)s.",
        place=part.text.at.place,
        text=_written(part, base, call),
        function=base.name,
        ways=", ".join(f"`{way}`" for way in _signatures(BUILTINS[base.name].overloads)),
    )


def _signatures(ways: Iterable[Overload]) -> Iterator[str]:
    for way in ways:
        given = (f"{it.name}{'?' if it.optional else '…' if it.rest else ''}" for it in way.arguments)
        yield f"{way.function}({', '.join(given)})"


def _kinds(part: Part, base: Name, call: Call) -> Sentence | None:
    """The first argument that is of no kind that any way to call the function takes there."""
    faults = [
        next((at for at, one in enumerate(wanted) if not _fits(part, call.arguments[at], one)), None)
        for way, wanted in _ways(base.name, call)
        if not _listed(way, call)
    ]
    if not faults or None in faults:
        return None
    at = faults[0] or 0
    wanted = _ways(base.name, call)[0][1][at]
    return say(
        "In the %(place)s, `%(text)s` has no value: it wants %(wanted)s for `%(name)s`, not %(what)s.",
        place=part.text.at.place,
        text=_written(part, base, call),
        wanted=wanted.wanted,
        name=wanted.name,
        what=described(_examples(part, call.arguments[at])[0]),
    )


def _listed(way: Overload, call: Call) -> bool:
    """Whether all that follow may come as one list, by name."""
    return bool(call.names) and way.arguments[-1].rest


def _fits(part: Part, node: Node, wanted: Argument) -> bool:
    """Whether something that an argument may be is of a kind that is wanted; as FEEL converts when it calls."""
    kinds = wanted.kinds
    if kinds is None or list in kinds:
        return True
    examples = _examples(part, node)
    return not examples or any(
        type(it) in kinds or (isinstance(it, Date) and Moment in kinds) or (it is None and wanted.optional)
        for it in examples
    )


def _examples(part: Part, node: Node) -> list[object]:
    """A value of each kind that an argument may be; none where that is not known, or where it may be empty."""
    if isinstance(node, Literal):
        return [node.value]
    kinds = (part.held(node).kinds or frozenset()) - {"null"}
    return [_EXAMPLES[it] for it in sorted(kinds)] if kinds <= _EXAMPLES.keys() else []


def _value(part: Part, base: Name, call: Call) -> Sentence | None:
    """Why a call with nothing but literals has no value."""
    text = part.expression.text[base.start : call.end]
    try:
        feel.parse(text).evaluate({}, any_moment())
    except feel.FeelFault as fault:
        why = core(fault.message)
    except feel.FeelSyntaxError:
        return None
    else:
        return None
    return say(
        "In the %(place)s, `%(text)s` has no value: %(why)s.",
        place=part.text.at.place,
        text=_written(part, base, call),
        why=why,
    )


def _written(part: Part, base: Name, call: Call) -> str:
    return " ".join(part.expression.text[base.start : call.end].split())[:60]
