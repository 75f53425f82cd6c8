"""Paths, filters and rows of them (DMN 1.5, 10.3.2.5 and 10.3.2.11)."""

from decimal import Decimal

from service.domain.sentences import say
from service.engine.feel.compiling.calls import Step, builtin_call, call_step
from service.engine.feel.compiling.compiler import Code, Compiler, Local, Scope, compiles
from service.engine.feel.errors import Stopped, Unanswerable
from service.engine.feel.kinds.kind import described
from service.engine.feel.kinds.numbers import whole
from service.engine.feel.kinds.properties import property_of
from service.engine.feel.run import Run, Site
from service.engine.feel.syntax.nodes import (
    Between,
    Call,
    Comparison,
    Filter,
    InstanceOf,
    Literal,
    Logic,
    Membership,
    Node,
    Path,
    Postfix,
    Quantified,
)

STEP = 4
"""Steps that a path, a filter or a call behind a value costs, whatever it does."""

PROPERTY = 12
"""Steps that asking a date, a time or a duration for one of its parts costs."""

_CONDITIONS = (Comparison, Logic, Between, Membership, InstanceOf, Quantified)


@compiles(Postfix)
def postfix(compiler: Compiler, node: Postfix, scope: Scope) -> Code:
    """A value and the steps that lead on from it."""
    steps = list(node.steps)
    first: Code | None = None
    if isinstance(steps[0], Call):
        first = builtin_call(compiler, node.base, steps[0], scope)
        steps = steps[1:] if first else steps
    base = first or compiler.code(node.base, scope)
    taken = [_step(compiler, step, scope, node.base.start) for step in steps]
    if not taken:
        return base
    if len(taken) == 1:
        only = taken[0]
        return lambda run, local: only(run, local, base(run, local))

    def run_postfix(run: Run, local: Local) -> object:
        value = base(run, local)
        for step in taken:
            value = step(run, local, value)
        return value

    return run_postfix


def _step(compiler: Compiler, node: Node, scope: Scope, start: int) -> Step:
    compiler.heavier(STEP)
    if isinstance(node, Path):
        return _path(node.name, Site(compiler.text, start, node.end))
    if isinstance(node, Filter):
        return _filter(compiler, node, scope, start)
    assert isinstance(node, Call)
    return call_step(compiler, node, scope, start)


def _path(name: str, site: Site) -> Step:
    def read(run: Run, value: object) -> object:
        if type(value) is dict:
            if name in value:
                return value[name]
            run.spend(len(value))
            if not value:
                return run.null(site, say("there is no entry `%(name)s`", name=name))
            known = ", ".join(f"`{key[:40]}`" for key in sorted(value)[:8])
            return run.null(site, say("there is no entry `%(name)s`, only %(known)s", name=name, known=known))
        run.spend(PROPERTY)
        try:
            return property_of(value, name)
        except Unanswerable as reason:
            return run.null(site, reason.reason)

    def run_path(run: Run, _: Local, value: object) -> object:
        if type(value) is list:
            run.spend(1 + len(value))
            return [read(run, item) for item in value]
        return read(run, value)

    return run_path


def _filter(compiler: Compiler, node: Filter, scope: Scope, start: int) -> Step:
    slot = compiler.slot()
    inner = Scope(scope, item=slot)
    inner.slots["item"] = slot
    condition, weight = compiler.weighed(node.condition, inner)
    site = Site(compiler.text, start, node.end)
    inside = compiler.site(node.condition)
    always_condition = isinstance(node.condition, _CONDITIONS)
    always_index = isinstance(node.condition, Literal) and isinstance(node.condition.value, Decimal)

    def run_filter(run: Run, local: Local, value: object) -> object:
        items = _items(value)
        if not always_condition:
            local[slot] = items[0] if items else None
            answer = condition(run, local) if items or always_index else True
            if type(answer) is Decimal:
                return _indexed(run, items, answer, site)
        kept = []
        try:
            run.spend(1 + weight * len(items))
        except Stopped as stop:
            raise stop.at(site) from None
        for item in items:
            local[slot] = item
            answer = condition(run, local)
            if answer is True:
                kept.append(item)
            elif answer is not False and answer is not None:
                return run.null(
                    inside,
                    say("a filter says true or false of an item, not %(answer)s", answer=described(answer, inside)),
                )
        return kept

    return run_filter


def _items(value: object) -> list[object]:
    """A list; of another value the list that it alone makes up, of null the empty one."""
    if isinstance(value, list):
        return value
    described(value)  # a sealed value stops here
    return [] if value is None else [value]


def _indexed(run: Run, items: list[object], position: Decimal, site: Site) -> object:
    try:
        at = whole(position, "a position")
    except Unanswerable as reason:
        return run.null(site, reason.reason)
    if at == 0 or abs(at) > len(items):
        return run.null(site, say("the list has %(count)s elements, and none at %(at)s", count=len(items), at=at))
    return items[at - 1 if at > 0 else at]
