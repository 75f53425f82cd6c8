"""Sentences that still know how they were put together, so that a page can say them in the reader's language."""

from collections.abc import Mapping
from typing import Any

_WHOLE = "%(said)s."


class Sentence(str):
    """A sentence in English, or a part of one, with what it was made of.

    `template` has `%(name)s` for each of `values`; a value may be such a sentence itself.
    """

    template: str
    values: Mapping[str, Any]


def say(template: str, **values: Any) -> Sentence:
    """The sentence that comes of a template and what is put into it. Whole numbers are written as 12,345."""
    return _put_together(template, values)


def ended(said: Sentence) -> Sentence:
    """A part of a sentence as one of its own: a capital at its beginning, and a full stop behind it."""
    text = f"{said[:1].upper()}{said[1:]}"
    if said.endswith("."):
        return _made(text, said.template, said.values)
    return _made(f"{text}.", _WHOLE, {"said": said})


def core(said: Sentence) -> Sentence:
    """The part of a sentence that `ended` made one of its own; another sentence as it is."""
    found: Sentence = said.values["said"] if said.template == _WHOLE else said
    return found


def to_json(said: str) -> dict[str, Any] | None:
    """What a sentence is made of, to be kept; None for a text that is no sentence of ours."""
    if not isinstance(said, Sentence):
        return None
    return {"template": said.template, "values": {name: _kept(value) for name, value in said.values.items()}}


def of_json(kept: Mapping[str, Any]) -> Sentence:
    """The sentence that was kept."""
    values = {name: of_json(value) if isinstance(value, Mapping) else value for name, value in kept["values"].items()}
    if kept["template"] == _WHOLE:
        return ended(values["said"])
    return _put_together(kept["template"], values)


def _put_together(template: str, values: Mapping[str, Any]) -> Sentence:
    return _made(template % {name: _shown(value) for name, value in values.items()}, template, values)


def _made(text: str, template: str, values: Mapping[str, Any]) -> Sentence:
    made = Sentence(text)
    made.template, made.values = template, values
    return made


def _shown(value: Any) -> Any:
    return f"{value:,}" if isinstance(value, int) else value


def _kept(value: Any) -> Any:
    return to_json(value) if isinstance(value, Sentence) else value if isinstance(value, int) else str(value)
