"""What an activity or event sets, as far as the bundle says."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from service.domain.bundles import Bundle
from service.engine import feel
from service.engine.bundles import FORM_PROPERTIES
from service.engine.checks import content
from service.engine.checks.content import UNKNOWN, Content, Lookup, but
from service.engine.checks.schema import Schema
from service.engine.feel.syntax.nodes import Node
from service.engine.model import Element

if TYPE_CHECKING:
    from service.engine.checks.signatures import Signature


class Write(NamedTuple):
    """One variable that is set. `content` tells what it may hold, given what other variables may; `sure` is one that
    is set whenever the place is passed, `far` one that another bundle decides on, which may change by itself. A name
    of None: what is set is not known."""

    name: str | None
    content: Callable[[Lookup], Content]
    sure: bool = True
    far: bool = False


ANYTHING = Write(None, lambda _: UNKNOWN)


class Form(NamedTuple):
    """The fields of a form and what each may hold; and the answers as variables: a field left empty sets null."""

    fields: Mapping[str, Content]
    writes: tuple[Write, ...] = ()


# A larger form cannot be used.
_LARGEST = 65_536


def form_of(bundle: Bundle, element: Element) -> Form | None:
    """An element's form; one without fields where it has none, None where it cannot be read."""
    name = element.properties.get(FORM_PROPERTIES[0])
    return _form(bundle.files.get(name, b"")) if name else Form({})


@lru_cache(maxsize=256)
def _form(data: bytes) -> Form | None:
    try:
        schema = Schema(json.loads(data if len(data) <= _LARGEST else b""), answers=True)
    except (ValueError, RecursionError):
        return None
    fields = schema.fields()
    writes = tuple(Write(name, always(held)) for name, held in fields.items())
    return Form(fields, writes) if schema.whole else None


def of_script(script: str | None, signs: frozenset[str] = frozenset()) -> tuple[Write, ...]:
    """What a script sets, line by line."""
    if not script or not script.strip():
        return ()
    try:
        lines = feel.parse_script(script, signs).statements
    except feel.FeelError:
        return (ANYTHING,)
    return tuple(Write(name, _behind(lines[:place], expression.node)) for place, (name, expression) in enumerate(lines))


def of_answers(bundle: Bundle, element: Element) -> tuple[Write, ...]:
    """What the answers to a task or to a start set. `Loop.whole` tells what becomes of them in one of many rounds."""
    form = form_of(bundle, element) if element.kind in ("userTask", "startEvent") else Form({})
    if form is None:
        return (ANYTHING,)
    fields, writes = form.fields, form.writes
    if element.variable and element.kind == "userTask":
        fields = {element.variable: content.entries(fields)}
        writes = (Write(element.variable, always(fields[element.variable])),)
    output = element.loop.output if element.loop else None
    if output is None or output in fields:
        return writes
    asked = element.properties.get(FORM_PROPERTIES[0])
    return (Write(output, always(content.entries(fields) if asked else UNKNOWN)),)


def of_call(element: Element, called: "Signature | None", handed: Mapping[str, Content] | None) -> tuple[Write, ...]:
    """What a called process hands back; `handed` is None where nobody knows what."""
    if called is None or handed is None:
        return (ANYTHING,)
    output = element.loop.output if element.loop else None
    if called.outputs is not None and output is not None and output not in called.outputs:
        return (Write(output, always(content.entries(handed))),)
    return tuple(Write(name, always(held), called.outputs is not None) for name, held in handed.items())


def always(held: Content) -> Callable[[Lookup], Content]:
    """What is set holds this, whatever else there is."""
    return lambda _: held


def _behind(lines: Sequence[tuple[str, feel.Expression]], node: Node) -> Callable[[Lookup], Content]:
    """What an expression gives behind these lines of its script."""

    def found(known: Lookup) -> Content:
        made: dict[str, Content] = {}
        for name, expression in lines:
            made[name] = content.of_node(expression.node, but(known, made))
        return content.of_node(node, but(known, made))

    return found
