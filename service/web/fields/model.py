"""What a form is when it is drawn: fields with everything that a template needs to know, and nothing to work out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from service.web.comparing import Difference

Kind = Literal[
    "text",
    "textarea",
    "number",
    "boolean",
    "radio",
    "select",
    "checkboxes",
    "date",
    "datetime",
    "file",
    "fixed",
    "list",
    "group",
]


@dataclass(frozen=True, slots=True)
class Words:
    """A text of a bundle. `lang` is set where it is not in the language of the page, and then goes into the HTML."""

    text: str
    lang: str | None = None

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)

    def __html__(self) -> str:
        shown = escape(self.text)
        return str(shown) if self.lang is None else Markup('<span lang="{}">{}</span>').format(self.lang, shown)


@dataclass(frozen=True, slots=True)
class Changes:
    """Which rows of a list differ from what they were, by their letters, and in which words."""

    letters: tuple[str, ...]
    told: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form as a deployment holds it: JSON Schema, RJSF's `ui:` keys, and the bundle's texts in the reader's language.

    `texts` are those of `texts.<lang>.json`, keyed `<file>#<pointer>`; what they lack is said in the language `source`,
    which is None where the reader's is the bundle's own. `begin` are the answers that stand in it before anybody has
    answered. `lists` are the lists of the workspace that it offers (`x-choices`): answers and what they are called.
    `changes` are what fields say that name the rows of a list that differ (`x-differs`); one that has nothing to compare
    with is not drawn.
    """

    schema: Mapping[str, Any]
    ui: Mapping[str, Any] = field(default_factory=dict)
    schema_file: str = ""
    ui_file: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    source: str | None = None
    begin: Mapping[str, Any] = field(default_factory=dict)
    lists: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    changes: Mapping[str, Changes] = field(default_factory=dict)

    def in_schema(self, pointer: str, text: Any) -> Words:
        """A text of the schema at that pointer, in the reader's language where there is one."""
        return self._said(f"{self.schema_file}#{pointer}", text)

    def in_ui(self, pointer: str, text: Any) -> Words:
        """A text of the `ui:` file at that pointer."""
        return self._said(f"{self.ui_file}#{pointer}", text)

    def _said(self, key: str, text: Any) -> Words:
        if key in self.texts:
            return Words(self.texts[key])
        return Words(str(text), self.source)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose: `value` is what the browser sends for it."""

    value: str
    label: Words
    help: Words | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a list. `remove` is what the button sends that takes it away, None where it has to stay."""

    number: int
    fields: tuple[Field, ...]
    remove: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field, ready to draw.

    `name` is the answer's JSON pointer, which is also the name that the browser sends. `required` is None where it
    depends on another answer. `notes` are sentences of ours that follow the help: limits, and when it is needed. `only`
    says what must be answered elsewhere for the field to be asked at all, `when` says so to the page's script (JSON), and
    `met` whether it is so now. `changes`: the field says how a list of the form differs from what it was. `add` is what the button sends that adds a row to a list, `autofocus` whether the cursor belongs here.
    """

    kind: Kind
    name: str
    id: str
    label: Words
    help: Words | None = None
    notes: tuple[str, ...] = ()
    required: bool | None = False
    value: str = ""
    error: str | None = None
    sealed: bool = False
    autofocus: bool = False
    outline: bool = False
    input_type: str = "text"
    attributes: Mapping[str, str] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    fields: tuple[Field, ...] = ()
    rows: tuple[Row, ...] = ()
    add: str | None = None
    add_focus: bool = False
    only: str | None = None
    when: str | None = None
    met: bool = True
    changes: Changes | None = None

    @property
    def described_by(self) -> str:
        """The ids of what explains the field, for `aria-describedby`."""
        parts = [f"{self.id}-h"] if self.help or self.notes or self.only or self.sealed else []
        return " ".join([*parts, f"{self.id}-e"] if self.error else parts)

    @property
    def target(self) -> str:
        """The id to which an error summary leads: the first control."""
        return f"{self.id}-0" if self.kind in ("radio", "checkboxes") and self.options else self.id


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of an error summary: what is wrong, and the id of the field; None for the form as a whole."""

    sentence: str
    target: str | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A form with its values and what is wrong with them."""

    fields: tuple[Field, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def has_file(self) -> bool:
        """Whether a file may be sent with it, so that the form goes in parts."""
        return any(_has_file(field) for field in self.fields)


def _has_file(field: Field) -> bool:
    inner = [*field.fields, *(it for row in field.rows for it in row.fields)]
    return field.kind == "file" or any(map(_has_file, inner))
