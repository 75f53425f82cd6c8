"""The log: one line for each thing that happened, on standard error, without anything of a person or a case in it.

What a line may say beside its sentence is a closed list. Of an exception the log names the class and the places that it
came through, never its text: that may hold an answer, an address or a row. Of other libraries it takes the sentence with the
numbers and the kinds of errors that were put into it, and a dash for anything else.
"""

import logging
import sys
from collections.abc import Mapping
from traceback import extract_tb
from typing import Any, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from service.domain import traces

Kind = Literal["json", "text"]
OURS = "mandat"
SAID = (
    *("method", "route", "status", "ms", "workspace", "why"),
    *("outbox", "kind", "receiver", "answer", "messages", "tries", "next_at", "dead"),
)
"""What a line may say beside its sentence: routes, numbers, keys of ours, names of error classes."""


class _ToStandardError(logging.StreamHandler[TextIO]):
    """Writes where standard error is at that moment."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, before what was put into its sentence is lost in it."""
        record.bare = _bare(record)
        super().emit(record)

    @property
    def stream(self) -> TextIO:
        return sys.stderr

    @stream.setter
    def stream(self, _stream: TextIO) -> None:
        """It is always the same."""


def begin(kind: Kind) -> None:
    """Write the log of this process as lines of JSON, or as text for people, from now on."""
    render: list[Processor] = (
        [structlog.processors.JSONRenderer(ensure_ascii=False)]
        if kind == "json"
        else [structlog.dev.ConsoleRenderer(colors=False)]
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[],
        processors=[_told, structlog.stdlib.ProcessorFormatter.remove_processors_meta, *render],
    )
    handler = _ToStandardError()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    for old in [it for it in root.handlers if isinstance(it, _ToStandardError)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(logging.INFO)


def _told(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """What a record becomes."""
    record: logging.LogRecord = event["_record"]
    ours = record.name.split(".")[0] == OURS
    line: dict[str, Any] = {
        "at": structlog.processors.TimeStamper(fmt="iso", utc=True)(None, "", {})["timestamp"],
        "level": record.levelname.lower(),
        "of": record.name,
        "event": event["event"] if ours else record.bare,  # type: ignore[attr-defined]  # `emit` has put it there
        "trace": getattr(record, "trace", None) or traces.current(),
    }
    line |= {name: getattr(record, name, None) for name in SAID} if ours else {}
    if (failure := event.get("exc_info")) and failure[1] is not None:
        line |= _failure(failure[1])
    kept = {name: value for name, value in line.items() if value is not None}
    return kept | {name: event[name] for name in ("_record", "_from_structlog")}


class _Withheld:
    """Stands for what a library put into its sentence."""

    def __repr__(self) -> str:
        return "–"


def _bare(record: logging.LogRecord) -> str:
    """The sentence of another library, with the numbers and the kinds of errors in it and nothing else: no name, no address."""
    sentence, given = str(record.msg), record.args
    try:
        if isinstance(given, Mapping):
            return sentence % {name: _harmless(it) for name, it in given.items()}
        return sentence % tuple(_harmless(it) for it in given or ()) if given else sentence
    except (TypeError, ValueError, KeyError):
        return sentence


def _harmless(value: object) -> object:
    if isinstance(value, BaseException):
        return type(value).__name__
    return value if isinstance(value, int | float) else _Withheld()


def _failure(error: BaseException) -> dict[str, Any]:
    places = [f"{it.filename}:{it.lineno} {it.name}" for it in extract_tb(error.__traceback__)]
    return {"failed": type(error).__name__, "places": list(reversed(places))}
