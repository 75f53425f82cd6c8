"""Teaches FEEL's compiler the nodes of a decision file, and makes its logic ready to run."""

from collections.abc import Sequence

from service.domain.sentences import say
from service.engine.decisions.item_types import result_of
from service.engine.decisions.nodes import Choice, Embedded, Table, Typed, Unreadable
from service.engine.decisions.tables import table
from service.engine.feel import Expression
from service.engine.feel.compiling import Code, Compiler, Scope
from service.engine.feel.compiling.compiler import Local, compiles
from service.engine.feel.errors import Unanswerable
from service.engine.feel.expression import compiled
from service.engine.feel.kinds.kind import described
from service.engine.feel.kinds.special import Function
from service.engine.feel.kinds.types import Type
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
    site, message = Site(node.text, 0, len(node.text)), node.message
    return lambda run, _: run.null(site, message)


@compiles(Choice)
def choice(compiler: Compiler, node: Choice, scope: Scope) -> Code:
    """One of two boxes."""
    condition, then, otherwise = (compiler.code(part, scope) for part in (node.condition, node.then, node.otherwise))
    site = compiler.site(node.condition)

    def run_choice(run: Run, local: Local) -> object:
        answer = condition(run, local)
        if answer is True:
            return then(run, local)
        if answer is False or answer is None:
            return otherwise(run, local)
        return run.null(
            site, say("the condition is %(answer)s, neither true nor false", answer=described(answer, site))
        )

    return run_choice


@compiles(Typed)
def typed(compiler: Compiler, node: Typed, scope: Scope) -> Code:
    """A value of a type: converted as FEEL does it, else null."""
    code, kind = compiler.code(node.node, scope), node.type
    text = node.node.text if isinstance(node.node, Embedded) else ""
    site = Site(text, 0, len(text))

    return lambda run, local: fitted(run, site, code(run, local), kind)


def fitted(run: Run, site: Site, value: object, kind: Type | None) -> object:
    """A value as a type demands it: converted as FEEL does it, else null with a reason.

    What comes out of a function is as its type demands it, too.
    """
    if kind is None:
        return value
    try:
        value = run.types.converted(value, kind)
        result = result_of(kind, run.context.types)
        return value if result is kind or not isinstance(value, Function) else _giving(value, site, result)
    except Unanswerable as reason:
        return run.null(site, reason.reason)


def _giving(function: Function, site: Site, result: Type | None) -> Function:
    """The function, with its values as a type demands them."""

    def body(run: Run, arguments: Sequence[object]) -> object:
        return fitted(run, site, function.body(run, arguments), result)

    return Function(function.parameters, body, function.height + 1, result)
