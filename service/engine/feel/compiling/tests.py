"""Tests: the right side of `in`, and the cells of a decision table (DMN 1.5, 10.3.2.8 and 10.3.2.15, table 54)."""

from dataclasses import dataclass

from service.engine.feel.builtins import BUILTINS
from service.engine.feel.compiling.compiler import Code, Compiler, Local, Scope, compiles
from service.engine.feel.errors import Unanswerable
from service.engine.feel.kinds.compare import same, within
from service.engine.feel.kinds.costs import cost
from service.engine.feel.kinds.special import Range
from service.engine.feel.run import Run, Site
from service.engine.feel.syntax.nodes import Membership, Node, RangeOf, SideOf

INPUT = "?"


@dataclass(frozen=True, slots=True)
class _Test:
    """One test: `answers` by itself (a range, or a condition on `?`), or it `may` (a condition on other values)."""

    code: Code
    site: Site
    answers: bool
    may: bool

    def holds(self, run: Run, value: object, result: object) -> object:
        """Whether it holds of a value: true, false or null."""
        if self.answers:
            return result
        if self.may and isinstance(result, bool) and not isinstance(value, bool) and value is not None:
            return result
        return _matches(run, value, result, self.site)


@compiles(Membership)
def membership(compiler: Compiler, node: Membership, scope: Scope) -> Code:
    """`a in (tests)`: true where one of the tests holds of it."""
    value, (slot, holds) = compiler.code(node.value, scope), tests(compiler, node.tests, scope)

    def run_membership(run: Run, local: Local) -> object:
        local[slot] = value(run, local)
        return holds(run, local)

    return run_membership


def tests(compiler: Compiler, nodes: tuple[Node, ...], scope: Scope) -> tuple[int, Code]:
    """The slot that `?` stands for, and whether one of the tests holds of what is there: true, false or null."""
    inner = input_scope(compiler, scope)
    return inner.slots[INPUT], tests_within(compiler, nodes, inner)


def input_scope(compiler: Compiler, scope: Scope) -> Scope:
    """A scope in which `?` has a slot."""
    inner = Scope(scope)
    inner.slots[INPUT] = compiler.slot()
    return inner


def tests_within(compiler: Compiler, nodes: tuple[Node, ...], inner: Scope) -> Code:
    """Whether one of the tests holds of what `?` stands for in an `input_scope`: true, false or null."""
    slot = inner.slots[INPUT]
    compiled = [_test(compiler, node, inner) for node in nodes]

    def run_tests(run: Run, local: Local) -> object:
        value = local[slot]
        answer: bool | None = False
        run.spend(1)
        for test in compiled:
            holds = test.holds(run, value, test.code(run, local))
            if holds is True:
                return True
            if holds is not False:
                answer = None
        return answer

    return run_tests


def _test(compiler: Compiler, node: Node, scope: Scope) -> _Test:
    inner = Scope(scope)
    code, site = compiler.code(node, inner), compiler.site(node)
    if isinstance(node, RangeOf | SideOf):
        return _Test(_in_range(code, scope.slots[INPUT], site), site, answers=True, may=False)
    return _Test(code, site, INPUT in inner.used, not inner.used <= BUILTINS.keys())


def _in_range(limits: Code, slot: int, site: Site) -> Code:
    """Whether the input lies in a range that the text writes; null where there is no such range."""

    def run_in_range(run: Run, local: Local) -> object:
        found = limits(run, local)
        return None if found is None else _matches(run, local[slot], found, site)

    return run_in_range


def _matches(run: Run, value: object, result: object, site: Site) -> bool | None:
    """Whether a value is what a test says: in its range, in its list, or equal to it; null for null in a range."""
    if isinstance(result, Range):
        if value is None:
            return None
        run.spend(2 + 2 * cost(value) + cost(result))
        try:
            return within(value, result)
        except Unanswerable as reason:
            run.null(site, reason.reason)
            return None
    if isinstance(result, list):
        run.spend(2 * len(result))
        return any(
            _matches(run, value, item, site) is True if isinstance(item, Range) else same(value, item, run.spend)
            for item in result
        ) or same(value, result, run.spend)
    return same(value, result, run.spend)
