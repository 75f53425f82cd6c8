"""Literals and names."""

from service.engine.feel.adopt import EXACT, integer
from service.engine.feel.builtins import BUILTINS
from service.engine.feel.compiling.compiler import Code, Compiler, Local, Scope, compiles
from service.engine.feel.run import Run
from service.engine.feel.syntax.nodes import Literal, Name

_PLAIN = frozenset({str, bool})


@compiles(Literal)
def literal(_: Compiler, node: Literal, __: Scope) -> Code:
    """A value that stands in the text."""
    value = node.value
    return lambda _, __: value


@compiles(Name)
def name(compiler: Compiler, node: Name, scope: Scope) -> Code:
    """A name: of the text itself, else an entry of a filter's item, else a value given, else a built-in function."""
    slot, items = scope.find(node.name)
    if slot is not None:
        found = _in_slot(slot)
    elif node.name in BUILTINS:
        found = _builtin(compiler, node)
    else:
        (compiler.possible if items else compiler.names).add(node.name)
        found = _given(compiler, node)
    compiler.heavier(len(items))
    return _entry_of(node.name, items, found) if items else found


def _in_slot(slot: int) -> Code:
    return lambda _, local: local[slot]


def _given(compiler: Compiler, node: Name) -> Code:
    called, site = node.name, compiler.site(node)

    def read(run: Run, _: Local) -> object:
        value = run.values.get(called)
        kind = type(value)
        # What is cheap to read is not looked up twice.
        if kind is int and -EXACT < value < EXACT:  # type: ignore[operator]  # an int, by its type
            return integer(value)  # type: ignore[arg-type]  # likewise
        return value if kind in _PLAIN else run.read(called, site)

    return read


def _builtin(compiler: Compiler, node: Name) -> Code:
    called, site, function = node.name, compiler.site(node), BUILTINS[node.name]
    return lambda run, _: run.read(called, site) if called in run.values else function


def _entry_of(called: str, items: list[int], otherwise: Code) -> Code:
    if len(items) == 1:
        (only,) = items

        def read_of_one(run: Run, local: Local) -> object:
            item = local[only]
            return item[called] if type(item) is dict and called in item else otherwise(run, local)

        return read_of_one

    def read(run: Run, local: Local) -> object:
        for slot in items:
            item = local[slot]
            if type(item) is dict and called in item:
                return item[called]
        return otherwise(run, local)

    return read
