"""Comprehensions: `[f(v) for v in votes if c(v)]`, and `any` and `all` over one."""

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from service.engine.translating.feel_text import (
    ATOM,
    CONDITIONAL,
    OR,
    Feel,
    Untranslatable,
    a_list,
    boolean,
    name,
    shown,
)

if TYPE_CHECKING:
    from service.engine.translating.expressions import Translator


def comprehension(
    translator: "Translator", element: ast.expr, generators: list[ast.comprehension], node: ast.expr
) -> Feel:
    """A list made of others. Raises Untranslatable."""
    iterators, condition, value = _parts(translator, generators, node, lambda: translator.expression(element))
    truths = value.truths or value.kind == "boolean"
    if condition is None:
        return Feel(f"for {iterators} return {value.text}", CONDITIONAL, "array", True, truths)
    # A name in FEEL's filter may be an entry of the element; so what decides is made an entry itself.
    kept, made = _unused("kept", node), _unused("made", node)
    whole = value.text if isinstance(element, ast.Name) else f"if {kept} then {value.text} else null"
    text = f"{{{kept}: {condition.text}, {made}: {whole}}}"
    return Feel(f"(for {iterators} return {text})[{kept}].{made}", ATOM, "array", True, truths)


def quantified(translator: "Translator", word: str, node: ast.GeneratorExp) -> Feel:
    """`any(… for …)` is `some`, `all(… for …)` is `every`. Raises Untranslatable."""
    iterators, condition, test = _parts(translator, node.generators, node, lambda: translator.condition(node.elt))
    text = test.text
    if condition is not None:
        text = f"if {condition.text} then {text} else {'false' if word == 'some' else 'true'}"
    return boolean(f"{word} {iterators} satisfies {text}", CONDITIONAL)


def _parts(
    translator: "Translator", generators: list[ast.comprehension], node: ast.expr, body: Callable[[], Feel]
) -> tuple[str, Feel | None, Feel]:
    """The iterators, what an element must be to count, and the body; in both, variables hide others of their name."""
    known = dict(translator.types)
    conditions = [condition for generator in generators for condition in generator.ifs]
    if conditions and len(generators) > 1:
        raise Untranslatable(f"`{shown(node)}` goes through several lists and leaves some out; write it in two steps")
    iterators = []
    try:
        for generator in generators:
            items = a_list(translator.expression(generator.iter))
            variable = _variable(generator, node)
            translator.types.pop(variable, None)
            iterators.append(f"{name(variable)} in {items.within(OR)}")
        condition = translator.condition(_all_of(conditions)) if conditions else None
        return ", ".join(iterators), condition, body()
    finally:
        translator.types = known


def _variable(generator: ast.comprehension, node: ast.AST) -> str:
    if generator.is_async or not isinstance(generator.target, ast.Name):
        raise Untranslatable(f"`{shown(node)}` takes elements apart; name each as a whole")
    return generator.target.id


def _all_of(conditions: list[ast.expr]) -> ast.expr:
    return conditions[0] if len(conditions) == 1 else ast.BoolOp(ast.And(), conditions)


def _unused(wish: str, node: ast.AST) -> str:
    """A name like `wish` that the node does not use."""
    used = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    while wish in used:
        wish += "_"
    return wish
