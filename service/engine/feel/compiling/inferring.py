"""What the text alone shows of a value's type: enough to say what a function gives back, and what is no condition."""

from service.engine.feel.builtins import BUILTINS
from service.engine.feel.kinds.kind import kind_of
from service.engine.feel.kinds.types import ANY, ContextType, FunctionType, ListType, Simple, Type
from service.engine.feel.syntax.nodes import (
    Arithmetic,
    Call,
    Comparison,
    Conditional,
    ContextOf,
    For,
    FunctionOf,
    InstanceOf,
    ListOf,
    Literal,
    Name,
    Negation,
    Node,
    Postfix,
    RangeOf,
    SideOf,
)

_NEVER_BOOLEAN = (Arithmetic, Negation, RangeOf, SideOf, For)


def type_of(node: Node) -> Type | None:
    """The type of every value that an expression can have; None where that depends on values not in the text."""
    kind: Type | None = None
    if isinstance(node, Literal):
        kind = Simple(kind_of(node.value))
    elif isinstance(node, Comparison | InstanceOf):
        kind = Simple("boolean")
    elif isinstance(node, ContextOf):
        kind = ContextType(tuple((name, type_of(value) or ANY) for name, value in node.entries))
    elif isinstance(node, FunctionOf):
        kind = FunctionType(tuple(each or ANY for _, each in node.parameters), type_of(node.body) or ANY)
    elif isinstance(node, ListOf):
        found = {type_of(item) or ANY for item in node.items}
        kind = ListType(found.pop() if len(found) == 1 else ANY)
    return kind


def never_boolean(node: Node) -> bool:
    """Whether no value of an expression can be true or false, whatever its names stand for."""
    kind = type_of(node)
    if kind is not None:
        return kind != Simple("boolean")
    if isinstance(node, Conditional):
        return all(never_boolean(each) for each in (*(then for _, then in node.branches), node.otherwise))
    if isinstance(node, Postfix) and isinstance(node.base, Name):
        called = len(node.steps) == 1 and isinstance(node.steps[0], Call)
        return called and node.base.name in BUILTINS and BUILTINS[node.base.name].never_boolean
    return isinstance(node, _NEVER_BOOLEAN)
