"""Bundle → definitions that run, and back from their JSON.

What the store keeps of a process is the canonical JSON of our own reading, so that nothing is parsed when a case moves.
Whoever doubts it reads the files again and compares. `FORMAT` is its version, raised whenever the same files are read
otherwise; a reader for every released one stays.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import orjson

from service.domain.bundles import Bundle
from service.domain.errors import BundleRefused
from service.domain.findings import Finding, errors
from service.engine.bundles import diagrams_of, files_unread
from service.engine.checks import check
from service.engine.checks.variables import form_fields
from service.engine.checks.view import HUMAN
from service.engine.model import Diagram, Element, Message, Process
from service.engine.shapes import Definition

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Compiled:
    """A bundle that may be deployed: its definitions, the process a start begins with, and warnings."""

    key: str
    digest: str
    definitions: tuple[Definition, ...]
    start_process: str | None
    findings: tuple[Finding, ...]


def compile_bundle(bundle: Bundle, **known: Any) -> Compiled:
    """Check a bundle and make its definitions; `known` is handed to `checks.check`.

    Raises `BundleRefused` with every finding where one of them is an error, or where nothing in it can be run.
    """
    found = tuple(check(bundle, **known))
    if errors(found):
        raise BundleRefused(findings=found)
    definitions = tuple(Definition(bundle.digest, key, compiled) for key, compiled in _processes(bundle).items())
    return Compiled(bundle.manifest.key, bundle.digest, definitions, bundle.manifest.process, found)


def recompiled(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What today's reading makes of a bundle that was deployed, by process; nothing is checked again.

    Raises `BundleUnreadable` and `XMLRefused` where it no longer reads it.
    """
    return _processes(files_unread(files))


def _processes(bundle: Bundle) -> dict[str, bytes]:
    return {
        process.id: compile_process(diagram, process, bundle)
        for diagram in diagrams_of(bundle)
        for process in diagram.processes
        if process.executable
    }


def compile_process(diagram: Diagram, process: Process, bundle: Bundle | None = None) -> bytes:
    """The canonical JSON of one process and the messages of its diagram, with what the forms of its bundle decide."""
    if bundle is not None:
        process = replace(process, elements=tuple(_with_form(element, bundle) for element in process.elements))
    document = {
        "format": FORMAT,
        "process": asdict(process),
        "messages": [asdict(message) for message in diagram.messages],
    }
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)


def _with_form(element: Element, bundle: Bundle) -> Element:
    """A repeated task of a person knows whether its form asks for the result of a round by name."""
    loop = element.loop
    if loop is None or loop.output is None or element.kind not in HUMAN:
        return element
    asked = {element.variable} if element.variable else form_fields(bundle, element)
    return replace(element, loop=replace(loop, whole=loop.output not in asked))


def format_of(compiled: bytes) -> int | None:
    """The version of the form that something compiled has; None for what is not of ours."""
    try:
        found = orjson.loads(compiled)["format"]
    except (ValueError, LookupError, TypeError):
        return None
    return found if isinstance(found, int) else None


@lru_cache(maxsize=512)
def process_of(compiled: bytes) -> tuple[Process, tuple[Message, ...]]:
    """The process and the messages that `compile_process` wrote."""
    document = orjson.loads(compiled)
    return _restore(Process, document["process"]), tuple(_restore(Message, it) for it in document["messages"])


def _restore(kind: Any, value: Any) -> Any:
    """A JSON value as the type that the model declares."""
    if value is None:
        return None
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _restore(next(argument for argument in arguments if argument is not NoneType), value)
    if origin is tuple:
        return tuple(_restore(arguments[0], item) for item in value)
    if origin is Mapping or (origin is not None and origin is not Literal and issubclass(origin, Mapping)):
        return {name: _restore(arguments[1], item) for name, item in value.items()}
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        known = {
            field.name: _restore(hints[field.name], value[field.name]) for field in fields(kind) if field.name in value
        }
        return kind(**known)
    return value


@lru_cache(maxsize=32)
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
