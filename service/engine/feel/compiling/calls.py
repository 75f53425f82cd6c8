"""Calls: of built-in functions, which are known while compiling, and of functions that are values."""

from collections.abc import Callable

from service.domain.sentences import say
from service.engine.feel.builtins import BUILTINS
from service.engine.feel.builtins.table import Builtin
from service.engine.feel.compiling.compiler import Code, Compiler, Local, Scope
from service.engine.feel.errors import Stopped, Unanswerable
from service.engine.feel.kinds.kind import described
from service.engine.feel.kinds.special import Function
from service.engine.feel.run import Run, Site
from service.engine.feel.syntax.nodes import Call, Name, Node

Step = Callable[[Run, Local, object], object]

CALL = 12
"""Steps that calling anything costs, whatever it does."""


def builtin_call(compiler: Compiler, base: Node, call: Call, scope: Scope) -> Code | None:
    """A call of a built-in function by its name; None where the name is of another.

    A value of that name does not hide the function (`date(x)` works beside an entry or variable called `date`), unless
    the value is a function itself.
    """
    if not isinstance(base, Name) or base.name not in BUILTINS:
        return None
    slot, _ = scope.find(base.name)
    compiler.heavier(CALL)
    name, builtin = base.name, BUILTINS[base.name]
    arguments = compiler.codes(call.arguments, scope)
    names, site = call.names, Site(compiler.text, base.start, call.end)

    def run_call(run: Run, local: Local) -> object:
        given = [argument(run, local) for argument in arguments]
        try:
            own = run.values.get(name) if slot is None else local[slot]
            if isinstance(own, Function | Builtin):
                return own.call(run, given, names)
            return builtin.call(run, given, names)
        except Unanswerable as reason:
            return run.null(site, reason.reason)
        except Stopped as stop:
            raise stop.at(site) from None

    return run_call


def call_step(compiler: Compiler, node: Call, scope: Scope, start: int) -> Step:
    """A call of whatever value stands before it."""
    compiler.heavier(CALL)
    arguments = compiler.codes(node.arguments, scope)
    names, site = node.names, Site(compiler.text, start, node.end)

    def run_step(run: Run, local: Local, callee: object) -> object:
        given = [argument(run, local) for argument in arguments]
        try:
            if not isinstance(callee, Function | Builtin):
                raise Unanswerable(say("%(callee)s cannot be called", callee=described(callee)))
            return callee.call(run, given, names)
        except Unanswerable as reason:
            return run.null(site, reason.reason)
        except Stopped as stop:
            raise stop.at(site) from None

    return run_step
