"""What stands beside the processes: messages with their correlation, signals, errors, escalations."""

from dataclasses import dataclass, field

from lxml import etree

from service.engine.model import Message
from service.engine.reading.vocabulary import child, children, extensions, local

_KINDS = ("message", "signal", "error", "escalation")


@dataclass(frozen=True, slots=True)
class Root:
    """A message, signal, error or escalation, as the events that refer to it see it."""

    name: str | None
    code: str | None = None
    payload: str | None = None
    variable: str | None = None


@dataclass(frozen=True, slots=True)
class Roots:
    """The root elements of a file: (kind, id) → element, and the messages in the order of the file."""

    by_reference: dict[tuple[str, str], Root] = field(default_factory=dict)
    messages: tuple[Message, ...] = ()


def read_roots(definitions: etree._Element) -> Roots:
    """What events may refer to."""
    found = {}
    for element in children(definitions, *_KINDS):
        kind = str(etree.QName(element).localname)
        texts = extensions(element).texts
        found[kind, element.get("id", "")] = Root(
            name=element.get("name"),
            code=element.get(f"{kind}Code"),
            payload=texts.get("payloadExpression", texts.get("messagePayload")),
            variable=texts.get("variableName", texts.get("messageVariable")),
        )
    correlations = _correlations(definitions)
    messages = tuple(
        Message(id=identifier, name=root.name or identifier, correlations=correlations.get(identifier, {}))
        for (kind, identifier), root in found.items()
        if kind == "message"
    )
    return Roots(found, messages)


def _correlations(definitions: etree._Element) -> dict[str, dict[str, str]]:
    """Message id → correlation property → expression that reads it from the message.

    The property goes by its id, as in the engine. The expression stands in `messagePath`, or, as bpmn-js writes it,
    in `formalExpression`.
    """
    found: dict[str, dict[str, str]] = {}
    for entry in children(definitions, "correlationProperty"):
        for retrieval in children(entry, "correlationPropertyRetrievalExpression"):
            path = child(retrieval, "messagePath")
            if path is None:
                path = child(retrieval, "formalExpression")
            message = local(retrieval.get("messageRef"))
            if path is not None and message:
                found.setdefault(message, {})[entry.get("id", "")] = path.text or ""
    return found
