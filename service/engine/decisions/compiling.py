"""Teaches FEEL's compiler the nodes of a decision file, and makes its logic ready to run."""

from service.engine.decisions.nodes import Embedded, Table, Typed, Unreadable
from service.engine.decisions.tables import table
from service.engine.feel import Expression
from service.engine.feel.compiling import Code, Compiler, Local, Scope
from service.engine.feel.compiling.compiler import compiles
from service.engine.feel.errors import Unanswerable
from service.engine.feel.expression import compiled
from service.engine.feel.run import Run, Site
from service.engine.feel.syntax.nodes import Node

compiles(Table)(table)


def ready(logic: Node) -> Expression:
    """The logic of a decision or model as an expression. Its parts have texts of their own; the whole has none."""
    return compiled("", logic)


@compiles(Embedded)
def embedded(compiler: Compiler, node: Embedded, scope: Scope) -> Code:
    """An expression with a text of its own."""
    return compiler.within(node.text, lambda: compiler.code(node.node, scope))


@compiles(Unreadable)
def unreadable(_: Compiler, node: Unreadable, __: Scope) -> Code:
    """What could not be read is null, for the reason that was found."""
    site, message = Site(node.text, 0, len(node.text)), node.message.rstrip(".")
    return lambda run, _: run.null(site, message)


@compiles(Typed)
def typed(compiler: Compiler, node: Typed, scope: Scope) -> Code:
    """A value of a type: converted as FEEL does it, else null."""
    code, kind = compiler.code(node.node, scope), node.type
    text = node.node.text if isinstance(node.node, Embedded) else ""
    site = Site(text, 0, len(text))

    def run_typed(run: Run, local: Local) -> object:
        value = code(run, local)
        try:
            return run.types.converted(value, kind)
        except Unanswerable as reason:
            return run.null(site, reason)

    return run_typed
