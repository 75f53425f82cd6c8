"""What the text alone shows of a value's type: enough to say what a function gives back."""

from service.engine.feel.kinds.kind import kind_of
from service.engine.feel.kinds.types import ANY, ContextType, FunctionType, ListType, Simple, Type
from service.engine.feel.syntax.nodes import Comparison, ContextOf, FunctionOf, InstanceOf, ListOf, Literal, Node


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
